"""What a description says about paying: by when, how, what was paid before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cfp.billing.described import parties
from cfp.billing.described.fields import Fields
from cfp.billing.document import Early, Kind, Means, Payment
from cfp.billing.reference import reference_of
from cfp.billing.words import paid

LONGEST_TERM = 3650  # days
EARLY = ("skonto", "early_payment", "cash_discount", "cash_discounts", "early_payment_discount")
SKONTO = re.compile(r"#SKONTO#TAGE=(\d{1,4})#PROZENT=(\d{1,2}\.\d\d)#(?!BASIS)")


def terms(given: Fields, issued: date) -> tuple[date | None, str, tuple[Early, ...]]:
    """Due date, terms of payment in words, Skonto; days count from the date of the document."""
    names = ("terms", "payment_terms")
    for name in names:
        if isinstance(given.given.get(name), dict):
            given.merge(_terms(given.object(name)))
            given.names += names
    words, codes = _coded(given, given.text(*names))
    due = given.day("due", "due_date", "payment_due", "due_on")
    days = given.number("due_days", "payment_days", "net_days", least=Decimal(0))
    if days is not None and due is None:
        if days != int(days) or days > LONGEST_TERM:
            given.fault(f"must be whole days, at most {LONGEST_TERM}", "due_days")
        elif issued != date.min:
            due = issued + timedelta(days=int(days))
    named = given.each(lambda one: _early(one, issued), *EARLY)
    return due, words, (*filter(None, named), *codes)


def _terms(inner: Fields | None) -> Fields | None:
    if inner is not None:
        ours = {
            "text": "terms",
            "description": "terms",
            "note": "terms",
            "days": "due_days",
            **dict.fromkeys(("discount", "discounts", "early_discount"), EARLY[0]),
        }
        inner.given = {ours.get(name, name): value for name, value in inner.given.items()}
    return inner


def _early(given: Fields, issued: date) -> Early | None:
    """Less for whoever pays within some days, or until a day."""
    days = given.number("days", "within_days", "within", least=Decimal(0))
    until = given.day("until", "date", "by")
    percent = given.percent("percent", "percentage", "share", "rate")
    given.close()
    if until is not None and days is None and issued != date.min:
        days = Decimal((until - issued).days)
    if days is None or percent is None:
        given.fault("needs its days and its percent")
    elif days != int(days) or not 0 <= days <= LONGEST_TERM:
        given.fault(f"must be whole days, at most {LONGEST_TERM}", "days")
    elif not percent or percent != percent.quantize(Decimal("0.01")):
        given.fault("must be more than 0, with two decimals at most", "percent")
    else:
        return Early(int(days), percent)
    return None


def _coded(given: Fields, text: str) -> tuple[str, list[Early]]:
    """Terms without the lines in which XRechnung codes a Skonto, and what those say."""
    found = [Early(int(days), Decimal(percent)) for days, percent in SKONTO.findall(text)]
    rest = " ".join(SKONTO.sub(" ", text).split())
    if "#SKONTO#" in rest.upper():
        given.fault("a Skonto is written #SKONTO#TAGE=14#PROZENT=2.00#", "terms")
    return rest, found


def prepaid(
    given: Fields, language: str, currency_: str, warnings: list[str]
) -> tuple[Decimal, str]:
    """What has been paid already, in one amount or several, and sentences about it."""
    names = ("prepaid", "paid", "prepaid_amount", "paid_amount", "advance", "prepayments")
    of_all = given.text("prepaid_note")
    if not any(isinstance(given.given.get(name), dict | list) for name in names):
        return given.number(*names, least=Decimal(0)) or Decimal(0), of_all

    def part(one: Fields) -> tuple[Decimal, str]:
        amount = one.number("amount", "value", "gross", least=Decimal(0)) or Decimal(0)
        on = one.day("date", "on", "paid_on")
        number = one.text("invoice", "number", "invoice_number")
        tax = one.number("tax", "vat", "tax_amount", least=Decimal(0))
        reason = one.text("reason", "note", "text", "description")
        one.close()
        if number and tax is None:
            warnings.append(
                f"{one.where}: name the tax in it, too; a final invoice has to (UStG sec. 14 (5))."
            )
        is_said = on or number or tax is not None
        said = paid(language, currency_, amount, on=on, number=number, tax=tax) if is_said else ""
        return amount, " ".join(filter(None, (reason, said)))

    parts = given.each(part, *names)
    notes_ = [of_all, *(said for _, said in parts)]
    return sum((amount for amount, _ in parts), Decimal(0)), " ".join(filter(None, notes_))


def payment(given: Fields, account: tuple[str, str, str], number: str, kind: Kind) -> Payment:
    """How it is paid, under the reference of ISO 11649 that follows from the number.

    What takes back is set off or paid back, and nothing of it goes to the seller's account.
    """
    names = ("payment", "payment_means", "payment_method")
    for name in names:
        if isinstance(given.given.get(name), str | int):
            given.given[name] = {"means": str(given.given[name])}
    if kind.takes_back and not given.has(*names):
        return Payment(means=Means.BARTER)
    letters = re.sub("[^A-Z0-9]", "", number.upper())[-21:]
    own = reference_of(letters) if letters else ""
    return parties.payment(given.object(*names), account, own)


def tax_in_euros(given: Fields, code: str) -> Decimal | None:
    """The tax of a document in another currency, as the state wants to read it."""
    found = given.number("tax_in_euros", "tax_eur", "vat_in_euros", least=Decimal(0))
    if found is not None and code == "EUR":
        given.fault("is for documents in other currencies", "tax_in_euros")
    return None if found is None else found.quantize(Decimal("0.01"), ROUND_HALF_UP)
