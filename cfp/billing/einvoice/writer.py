"""Writes a document as Cross Industry Invoice (UN/CEFACT), the XML inside and beside the PDF."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from cfp.billing import words
from cfp.billing.document import Document
from cfp.billing.einvoice import parties
from cfp.billing.einvoice.elements import day, element
from cfp.billing.einvoice.lines import line
from cfp.billing.einvoice.profile import Profile
from cfp.billing.einvoice.settlement import settlement
from cfp.billing.einvoice.xrechnung import buyer_reference
from cfp.billing.totals import Totals

PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def write(document: Document, totals: Totals, profile: Profile = Profile.EN16931) -> bytes:
    """The XML of ``document`` in UTF-8; the same document gives the same bytes."""
    root = element(
        "rsm:CrossIndustryInvoice",
        _context(profile),
        _head(document),
        element(
            "rsm:SupplyChainTradeTransaction",
            (
                line(position, total, document.language)
                for position, total in enumerate(totals.lines, 1)
            ),
            _agreement(document, profile),
            _delivery(document),
            settlement(document, totals, profile),
        ),
    )
    if root is None:
        message = "an invoice is never empty"
        raise ValueError(message)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _context(profile: Profile) -> etree._Element | None:
    process = element("BusinessProcessSpecifiedDocumentContextParameter", element("ID", PROCESS))
    return element(
        "rsm:ExchangedDocumentContext",
        process if profile is Profile.XRECHNUNG else None,
        element("GuidelineSpecifiedDocumentContextParameter", element("ID", profile.value)),
    )


def _head(document: Document) -> etree._Element | None:
    return element(
        "rsm:ExchangedDocument",
        element("ID", document.number),
        element("TypeCode", document.kind.value),
        day("IssueDateTime", document.issued),
        _notes(document),
    )


def _notes(document: Document) -> Iterator[etree._Element | None]:
    for text in words.notes(document):
        yield element("IncludedNote", element("Content", text))


def _agreement(document: Document, profile: Profile) -> etree._Element | None:
    given = document.references
    reference = buyer_reference(document) if profile is Profile.XRECHNUNG else given.buyer
    project = (element("ID", given.project), element("Name", given.project))
    return element(
        "ApplicableHeaderTradeAgreement",
        element("BuyerReference", reference),
        parties.seller(document),
        parties.buyer(document),
        _document("SellerOrderReferencedDocument", given.sales_order),
        _document("BuyerOrderReferencedDocument", given.order),
        _document("ContractReferencedDocument", given.contract),
        element("SpecifiedProcuringProject", *project) if given.project else None,
    )


def _document(name: str, number: str) -> etree._Element | None:
    return element(name, element("IssuerAssignedID", number))


def _delivery(document: Document) -> etree._Element | None:
    """When it was supplied; of a period its last day, for the element may not be empty."""
    on = document.supplied or (document.period and document.period.last) or document.issued
    return element(
        "ApplicableHeaderTradeDelivery",
        parties.recipient(document),
        element("ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", on)),
    )
