"""The lines of an invoice in the XML (BG-25)."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from cfp.billing import words
from cfp.billing.document import Period
from cfp.billing.einvoice.elements import amount, day, element, number
from cfp.billing.totals import ChangeTotal, LineTotal


def line(position: int, total: LineTotal, language: str) -> etree._Element | None:
    own = total.line
    basis = element("BasisQuantity", number(own.base), unitCode=own.unit)
    return element(
        "IncludedSupplyChainTradeLineItem",
        element("AssociatedDocumentLineDocument", element("LineID", str(position))),
        element(
            "SpecifiedTradeProduct",
            element("SellerAssignedID", own.article),
            element("Name", own.name),
            element("Description", own.details),
        ),
        element(
            "SpecifiedLineTradeAgreement",
            element(
                "NetPriceProductTradePrice",
                element("ChargeAmount", number(total.price)),
                basis if own.base != 1 else None,
            ),
        ),
        element(
            "SpecifiedLineTradeDelivery",
            element("BilledQuantity", number(own.quantity), unitCode=own.unit),
        ),
        element(
            "SpecifiedLineTradeSettlement",
            tax("ApplicableTradeTax", own.category, own.rate),
            period(own.period),
            (change(part, language) for part in total.changes),
            element(
                "SpecifiedTradeSettlementLineMonetarySummation",
                amount("LineTotalAmount", total.net),
            ),
        ),
    )


def tax(name: str, category: str, rate: Decimal) -> etree._Element | None:
    """A category with its rate; what is not taxable has none (BR-O-05 to BR-O-07)."""
    return element(
        name,
        element("TypeCode", "VAT"),
        element("CategoryCode", category),
        element("RateApplicablePercent", number(rate)) if category != "O" else None,
    )


def change(part: ChangeTotal, language: str, *, of_document: bool = False) -> etree._Element | None:
    """An allowance or charge; one of the document says how it is taxed."""
    own = part.change
    is_share = own.percent is not None
    reason = own.reason or words.word(language, "charge" if own.is_charge else "discount")
    return element(
        "SpecifiedTradeAllowanceCharge",
        element("ChargeIndicator", element("udt:Indicator", str(own.is_charge).lower())),
        element("CalculationPercent", number(own.percent)) if own.percent is not None else None,
        amount("BasisAmount", part.base) if is_share else None,
        amount("ActualAmount", part.amount),
        element("Reason", reason),
        tax("CategoryTradeTax", *part.taxed) if of_document else None,
    )


def period(given: Period | None) -> etree._Element | None:
    if given is None:
        return None
    return element(
        "BillingSpecifiedPeriod",
        day("StartDateTime", given.first),
        day("EndDateTime", given.last),
    )
