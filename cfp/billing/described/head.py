"""What a description says about the whole document: when, on which terms, referring to what."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel.core import get_global

from cfp.billing.described import lines, parties, values
from cfp.billing.described.fields import Fields
from cfp.billing.document import Kind, Party, Period, References
from cfp.billing.einvoice import Profile
from cfp.billing.vocabulary import LANGUAGES

KIND = ("kind", "type", "type_code", "document_type")
ISSUED = ("date", "issue_date", "issued", "invoice_date", "issued_on")
KINDS = {
    **dict.fromkeys(("invoice", "380", "rechnung", "final", "final_invoice"), Kind.INVOICE),
    **dict.fromkeys(("partial", "326", "partial_invoice", "instalment"), Kind.PARTIAL),
    **dict.fromkeys(("cancellation", "381", "storno", "stornorechnung"), Kind.CANCELLATION),
    **dict.fromkeys(("credit_note", "creditnote"), Kind.CANCELLATION),
    **dict.fromkeys(("correction", "384", "corrected", "corrected_invoice"), Kind.CORRECTION),
    **dict.fromkeys(("self_billed", "389", "self_billing"), Kind.SELF_BILLED),
    **dict.fromkeys(
        ("self_billed_cancellation", "261", "self_billed_credit_note"),
        Kind.SELF_BILLED_CANCELLATION,
    ),
}
PROFILES = {
    **dict.fromkeys(("zugferd", "factur_x", "facturx", "en16931", "en_16931"), Profile.EN16931),
    **dict.fromkeys(("xrechnung", "x_rechnung"), Profile.XRECHNUNG),
}
LANGUAGE = {
    **{code: code for code in LANGUAGES},
    **dict.fromkeys(("german", "deutsch", "de_de", "de_at", "de_ch"), "de"),
    **dict.fromkeys(("english", "englisch", "en_gb", "en_us"), "en"),
}


def supplied(given: Fields, issued: date, warnings: list[str]) -> tuple[date | None, Period | None]:
    """Date or period of the supply; the law wants one of them."""
    inner = given.given.get("supply")
    if isinstance(inner, dict):
        given.merge(_renamed(given.object("supply"), "date", "supply_date"))
    names = ("supply_date", "delivery_date", "service_date", "date_of_supply", "supplied")
    on = given.day(*names)
    period = lines.period(given, "supply_period")
    if on is None and period is None and not given.faults:
        warnings.append("No date or period of supply is given; the date of the invoice is taken.")
        on = issued
    return on, period


def _renamed(inner: Fields | None, old: str, new: str) -> Fields | None:
    """``supply: {date}`` or ``supply: {from, to}``, in the names of the document."""
    if inner is None:
        return None
    if old in inner.given:
        inner.given[new] = inner.given.pop(old)
    elif inner.given:
        inner.given = {"supply_period": inner.given}
    return inner


def deliver_to(given: Fields, warnings: list[str]) -> Party | None:
    """Where goods go, if not to the buyer."""
    inner = given.object("deliver_to", "ship_to", "delivery_address", "recipient")
    if inner is None:
        return None
    found = parties.party(inner, warnings)
    inner.close()
    return found


def currency(given: Fields) -> str:
    code = given.text("currency", "currency_code").upper() or "EUR"
    if code not in _in_use():
        given.fault(f"“{code}” is no currency; write its code, such as EUR", "currency")
    return code


@cache
def _in_use() -> frozenset[str]:
    """Currencies that are legal tender somewhere today."""
    known = get_global("territory_currencies").values()
    return frozenset(
        code for some in known for code, _since, until, tender in some if tender and until is None
    ) - {"BGN"}  # Bulgaria pays in euros since 2026


def language(given: Fields) -> str:
    return given.chosen(LANGUAGE, "language", "lang", "locale") or "de"


def references(given: Fields, of_buyer: str) -> References:
    """What the document refers to: in an object of its own or beside the rest."""
    given.merge(given.object("references", "refs"))
    buyer = given.text("buyer_reference", "leitweg_id", "your_reference") or of_buyer
    return References(
        buyer=buyer,
        order=given.text("order", "purchase_order", "order_reference", "order_number", "po"),
        contract=given.text("contract", "contract_reference", "contract_number", "agreement"),
        project=given.text("project", "project_reference"),
        sales_order=given.text("sales_order", "sales_order_reference"),
        invoices=_preceding(given),
    )


def _preceding(given: Fields) -> tuple[tuple[str, date | None], ...]:
    names = (
        *("invoice", "invoices", "preceding_invoice", "preceding_invoices", "original_invoice"),
        *("cancels", "corrects", "original", "preceding"),
    )
    for name in names:
        if isinstance(given.given.get(name), str):
            given.given[name] = {"number": given.given[name]}
    return given.each(_one_preceding, *names)


def _one_preceding(given: Fields) -> tuple[str, date | None]:
    number = given.text("number", "id", "invoice_number", "reference")
    if not number:
        given.fault("is missing", "number")
    on = given.day("date", "issue_date", "issued", "invoice_date")
    given.close()
    return number, on


def notes(given: Fields) -> tuple[str, ...]:
    found = given.take("notes", "note", "remarks")
    texts = found if isinstance(found, list) else [found] if isinstance(found, str) else []
    if any(not isinstance(text, str) or len(text) > 5000 for text in texts):
        given.fault("must be texts of at most 5000 characters", "notes")
        return ()
    return tuple(text for text in map(values.cleaned, texts) if text)


def reasons(given: Fields) -> dict[str, str]:
    """Why a category is not taxed, in words of one's own; a single text is that of E."""
    names = ("exemption_reasons", "exemption_reason", "tax_reasons", "tax_exemption_reason")
    for name in names:
        if isinstance(given.given.get(name), str):
            given.names += names
            return {"E": given.text(name)}
    inner = given.object(*names)
    if inner is None:
        return {}
    found = {category: inner.text(category.lower()) for category in ("E", "AE", "K", "G", "O")}
    inner.close()
    return {category: text for category, text in found.items() if text}
