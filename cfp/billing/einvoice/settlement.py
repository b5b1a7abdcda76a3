"""How an invoice is taxed, summed up and paid, in the XML."""

from __future__ import annotations

from datetime import date

from lxml import etree

from cfp.billing import words
from cfp.billing.document import Document, Means
from cfp.billing.einvoice.elements import amount, day, element, number
from cfp.billing.einvoice.lines import change, period
from cfp.billing.einvoice.profile import Profile
from cfp.billing.totals import RateTotal, Totals
from cfp.billing.vat import EXEMPTION_CODES


def settlement(document: Document, totals: Totals, profile: Profile) -> etree._Element | None:
    """A transfer without an account, where nothing is left to pay, is no way to pay (BR-61)."""
    payment = document.payment
    has_means = bool(payment.iban) or not payment.means.is_transfer
    return element(
        "ApplicableHeaderTradeSettlement",
        element("CreditorReferenceID", payment.creditor),
        element("PaymentReference", payment.reference if has_means else ""),
        element("TaxCurrencyCode", "EUR" if document.tax_in_euros is not None else ""),
        element("InvoiceCurrencyCode", document.currency),
        _means(document) if has_means else None,
        (_tax(document, rate, profile) for rate in totals.rates),
        period(document.period),
        (change(part, document.language, of_document=True) for part in totals.changes),
        element(
            "SpecifiedTradePaymentTerms",
            element("Description", _terms(document, profile)),
            day("DueDateDateTime", document.due),
            element("DirectDebitMandateID", payment.mandate),
        ),
        _sums(document, totals),
        (_preceding(number_, on) for number_, on in document.references.invoices),
    )


def _terms(document: Document, profile: Profile) -> str:
    """Terms in words; XRechnung reads a Skonto out of lines of its own (BR-DE-18)."""
    said = words.terms(document)
    if profile is not Profile.XRECHNUNG or not document.early:
        return said
    codes = [f"#SKONTO#TAGE={one.days}#PROZENT={one.percent:.2f}#" for one in document.early]
    return "\n".join([said, *codes, ""])


def _means(document: Document) -> etree._Element | None:
    payment = document.payment
    to_iban = payment.iban if payment.means.is_transfer else ""
    return element(
        "SpecifiedTradeSettlementPaymentMeans",
        element("TypeCode", payment.means.value),
        element("Information", words.means(document)),
        element("ApplicableTradeSettlementFinancialCard", element("ID", payment.card))
        if payment.means in {Means.CARD, Means.ONLINE}
        else None,
        element("PayerPartyDebtorFinancialAccount", element("IBANID", payment.payer_iban)),
        element(
            "PayeePartyCreditorFinancialAccount",
            element("IBANID", to_iban),
            element("AccountName", payment.holder or document.seller.name),
        )
        if to_iban
        else None,
        element("PayeeSpecifiedCreditorFinancialInstitution", element("BICID", payment.bic))
        if to_iban
        else None,
    )


def _tax(document: Document, rate: RateTotal, profile: Profile) -> etree._Element | None:
    has_rate = rate.category != "O" or profile is Profile.XRECHNUNG  # BR-DE-14 wants one for O, too
    return element(
        "ApplicableTradeTax",
        amount("CalculatedAmount", rate.tax),
        element("TypeCode", "VAT"),
        element("ExemptionReason", words.reason(document, rate.category)),
        amount("BasisAmount", rate.basis),
        element("CategoryCode", rate.category),
        element("ExemptionReasonCode", EXEMPTION_CODES.get(rate.category, "")),
        element("RateApplicablePercent", number(rate.rate)) if has_rate else None,
    )


def _sums(document: Document, totals: Totals) -> etree._Element | None:
    return element(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        amount("LineTotalAmount", totals.line_sum),
        amount("ChargeTotalAmount", totals.charges),
        amount("AllowanceTotalAmount", totals.allowances),
        amount("TaxBasisTotalAmount", totals.net),
        amount("TaxTotalAmount", totals.tax, currencyID=document.currency),
        amount("TaxTotalAmount", document.tax_in_euros, currencyID="EUR")
        if document.tax_in_euros is not None
        else None,
        amount("RoundingAmount", totals.rounding) if totals.rounding else None,
        amount("GrandTotalAmount", totals.gross),
        amount("TotalPrepaidAmount", totals.prepaid) if totals.prepaid else None,
        amount("DuePayableAmount", totals.due),
    )


def _preceding(number_: str, on: date | None) -> etree._Element | None:
    return element(
        "InvoiceReferencedDocument",
        element("IssuerAssignedID", number_),
        day("FormattedIssueDateTime", on, "qdt:DateTimeString"),
    )
