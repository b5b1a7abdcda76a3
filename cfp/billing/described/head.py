"""What a description says about the whole document: when, on which terms, referring to what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from babel.core import get_global

from cfp.billing.described import lines, parties, values
from cfp.billing.described.fields import Fields
from cfp.billing.document import Kind, Payment, Period, References
from cfp.billing.einvoice import Profile
from cfp.billing.reference import reference_of
from cfp.billing.words import LANGUAGES

KIND = ("kind", "type", "type_code", "document_type")
ISSUED = ("date", "issue_date", "issued", "invoice_date", "issued_on")
KINDS = {
    **dict.fromkeys(("invoice", "380", "rechnung"), Kind.INVOICE),
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
LONGEST_TERM = 3650  # days


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


def terms(given: Fields, issued: date) -> tuple[date | None, str]:
    """Due date and terms of payment in words; days count from the date of the document."""
    names = ("terms", "payment_terms")
    for name in names:
        if isinstance(given.given.get(name), dict):
            given.merge(_terms(given.object(name)))
            given.names += names
    words = given.text(*names)
    due = given.day("due", "due_date", "payment_due", "due_on")
    days = given.number("due_days", "payment_days", "net_days", least=Decimal(0))
    if days is not None and due is None:
        if days != int(days) or days > LONGEST_TERM:
            given.fault(f"must be whole days, at most {LONGEST_TERM}", "due_days")
        elif issued != date.min:
            due = issued + timedelta(days=int(days))
    return due, words


def _terms(inner: Fields | None) -> Fields | None:
    if inner is not None:
        ours = {"text": "terms", "description": "terms", "note": "terms", "days": "due_days"}
        inner.given = {ours.get(name, name): value for name, value in inner.given.items()}
    return inner


def prepaid(given: Fields) -> tuple[Decimal, str]:
    """What has been paid already, and a sentence about it."""
    names = ("prepaid", "paid", "prepaid_amount", "paid_amount", "advance")
    for name in names:
        if isinstance(given.given.get(name), dict):
            given.names += names
            inner = given.object(name)
            if inner is None:
                break
            amount = inner.number("amount", "value", least=Decimal(0))
            words = inner.text("reason", "note", "text", "description")
            inner.day("date", "on")
            inner.close()
            return amount or Decimal(0), words
    return given.number(*names, least=Decimal(0)) or Decimal(0), given.text("prepaid_note")


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
    )


def language(given: Fields) -> str:
    return given.chosen(LANGUAGE, "language", "lang", "locale") or "de"


def payment(given: Fields, account: tuple[str, str, str], number: str) -> Payment:
    """How it is paid, under the reference of ISO 11649 that follows from the number."""
    names = ("payment", "payment_means", "payment_method")
    for name in names:
        if isinstance(given.given.get(name), str | int):
            given.given[name] = {"means": str(given.given[name])}
    letters = re.sub("[^A-Z0-9]", "", number.upper())[-21:]
    own = reference_of(letters) if letters else ""
    return parties.payment(given.object(*names), account, own)


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
    found = {category: inner.text(category.lower()) for category in ("E", "AE", "O")}
    inner.close()
    return {category: text for category, text in found.items() if text}
