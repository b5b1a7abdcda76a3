"""What the law wants on an invoice (UStG sec. 14 (4), UStDV sec. 33), and what is nonsense."""

from __future__ import annotations

from decimal import Decimal

from cfp.billing import vat, words
from cfp.billing.document import Document, Kind, Party
from cfp.billing.totals import Totals
from cfp.errors import Refused
from cfp.sentences import say

SMALL = Decimal(250)  # up to here the buyer's name and address may be missing


def check(document: Document, totals: Totals) -> None:
    """Raise :class:`Refused` with the first thing that is missing or wrong."""
    _check_parties(document, totals)
    categories = [line.category for line in document.lines] + [r.category for r in totals.rates]
    vat.check_together(categories)
    for rate in totals.rates:
        vat.check_rate(rate.category, rate.rate)
        words.reason(document, rate.category)
    if document.small_business and "S" in categories:
        raise Refused(say("A small business (sec. 19 UStG) shows no tax; leave the rate out."))
    seller, buyer = document.seller, document.buyer
    vat.check_ids(categories, seller.vat_id, seller.tax_number, buyer.vat_id)
    goes_to = document.deliver_to or buyer
    vat.check_goods(categories, seller.country, goes_to.country)
    _check_kind(document)
    _check_sums(document, totals)


def _check_parties(document: Document, totals: Totals) -> None:
    _check_address(say("the seller"), document.seller)
    is_small = totals.gross <= SMALL and document.currency == "EUR"
    if not is_small or {"AE", "K"} & {rate.category for rate in totals.rates}:
        _check_address(say("the buyer"), document.buyer)
    elif not document.buyer.name:
        raise Refused(say("The buyer has no name."))


def _check_address(who: str, party: Party) -> None:
    wanted = {say("name"): party.name, say("street"): party.street, say("city"): party.city}
    missing = [what for what, given in wanted.items() if not given]
    if missing:
        raise Refused(
            say(
                "The address of %(name)s is not complete: %(missing)s.",
                name=who,
                missing=tuple(missing),
            )
        )


def _check_kind(document: Document) -> None:
    refers = document.kind.takes_back or document.kind is Kind.CORRECTION
    if refers and not document.references.invoices:
        raise Refused(say("A cancellation or correction names the invoice that it refers to."))
    if not document.lines:
        raise Refused(say("An invoice has at least one line."))
    periods = [document.period, *(line.period for line in document.lines)]
    if any(period.first > period.last for period in periods if period):
        raise Refused(say("The period of supply ends before it begins."))
    if document.due and document.due < document.issued:
        raise Refused(say("The due date is before the date of the invoice."))


def _check_sums(document: Document, totals: Totals) -> None:
    if totals.gross < 0:
        raise Refused(
            say("The total is below zero. What is given back is a cancellation, above zero.")
        )
    if totals.due <= 0 or document.kind.takes_back:
        return
    if not (document.terms or document.due):
        raise Refused(
            say("Something is still to be paid: a due date or payment terms are missing.")
        )
    if words.is_paid_by_transfer(document) and not document.payment.iban:
        raise Refused(say("Something is still to be transferred: the seller's IBAN is missing."))
