"""What an issued XML says, read back: to be compared with what else is kept of the document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from cfp.billing.document import Document
from cfp.billing.einvoice.elements import NAMESPACES
from cfp.billing.totals import Totals

SETTLED = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
AGREED = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
SUMS = f"{SETTLED}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
LINE = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
DELIVERED = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"


@dataclass(frozen=True)
class Facts:
    """What nobody may change: who, when, what for, how much."""

    number: str
    issued: str
    seller: str
    buyer: str
    currency: str
    gross: Decimal
    prepaid: Decimal
    lines: tuple[tuple[str, Decimal, Decimal], ...]  # name, quantity, net
    taxes: tuple[tuple[str, Decimal, Decimal], ...]  # category, basis, tax


def of_xml(data: bytes) -> Facts:
    """Raises :class:`ValueError` where the bytes are no invoice of ours."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        raise ValueError(str(wrong)) from None

    def text(path: str, node: etree._Element = root) -> str:
        return node.findtext(path, "", NAMESPACES) or ""

    def number(path: str, node: etree._Element = root) -> Decimal:
        return Decimal(text(path, node) or "0")

    return Facts(
        number=text("rsm:ExchangedDocument/ram:ID"),
        issued=text("rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString"),
        seller=text(f"{AGREED}/ram:SellerTradeParty/ram:Name"),
        buyer=text(f"{AGREED}/ram:BuyerTradeParty/ram:Name"),
        currency=text(f"{SETTLED}/ram:InvoiceCurrencyCode"),
        gross=number(f"{SUMS}/ram:GrandTotalAmount"),
        prepaid=number(f"{SUMS}/ram:TotalPrepaidAmount"),
        lines=tuple(
            (
                text("ram:SpecifiedTradeProduct/ram:Name", line),
                number(DELIVERED, line),
                number(".//ram:LineTotalAmount", line),
            )
            for line in root.iterfind(LINE, NAMESPACES)
        ),
        taxes=tuple(
            (
                text("ram:CategoryCode", tax),
                number("ram:BasisAmount", tax),
                number("ram:CalculatedAmount", tax),
            )
            for tax in root.iterfind(f"{SETTLED}/ram:ApplicableTradeTax", NAMESPACES)
        ),
    )


def of_document(document: Document, totals: Totals) -> Facts:
    return Facts(
        number=document.number,
        issued=f"{document.issued:%Y%m%d}",
        seller=document.seller.name,
        buyer=document.buyer.name,
        currency=document.currency,
        gross=totals.gross,
        prepaid=totals.prepaid,
        lines=tuple((one.line.name, one.line.quantity, one.net) for one in totals.lines),
        taxes=tuple((rate.category, rate.basis, rate.tax) for rate in totals.rates),
    )
