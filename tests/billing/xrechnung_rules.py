"""Rules of XRechnung 3.0 (BR-DE) and of Peppol that the schematron of EN 16931 does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from cfp.billing.einvoice.elements import NAMESPACES

SETTLED = "//ram:ApplicableHeaderTradeSettlement/"
AGREED = "//ram:ApplicableHeaderTradeAgreement/ram:"
MEANS = f"{SETTLED}ram:SpecifiedTradeSettlementPaymentMeans/ram:"
CONTACT = f"{AGREED}SellerTradeParty/ram:DefinedTradeContact"
SKONTO = re.compile(
    r"#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=[0-9]+\.[0-9]{2})?#"
)
ACCOUNTS = {
    **dict.fromkeys(("30", "58"), (True, False, False)),
    "48": (False, True, False),
    "59": (False, False, True),
}


def broken(xml: bytes) -> list[str]:
    """The rules that an XRechnung breaks."""
    return [rule for rule, holds in _rules(etree.fromstring(xml)) if not holds]


def _rules(root: etree._Element) -> Iterator[tuple[str, bool]]:
    def has(path: str) -> bool:
        return bool(root.xpath(path, namespaces=NAMESPACES))

    def text(path: str) -> str:
        found = root.xpath(path, namespaces=NAMESPACES)
        return (found[0].text or "") if found else ""

    kind, code = text("//rsm:ExchangedDocument/ram:TypeCode"), text(f"{MEANS}TypeCode")
    yield "BR-DE-1", bool(code)
    yield "BR-DE-5", bool(text(f"{CONTACT}/ram:PersonName"))
    yield "BR-DE-27", len(re.findall(r"\d", text(f"{CONTACT}//ram:CompleteNumber"))) >= 3
    yield "BR-DE-28", bool(re.fullmatch(r"[^@\s]+@[^@\s]+", text(f"{CONTACT}//ram:URIID")))
    for who in ("Seller", "Buyer"):
        party = f"{AGREED}{who}TradeParty/ram:"
        yield f"BR-DE-3/8 {who}", bool(text(f"{party}PostalTradeAddress/ram:CityName"))
        yield f"BR-DE-4/9 {who}", bool(text(f"{party}PostalTradeAddress/ram:PostcodeCode"))
        yield f"R010/20 {who}", bool(text(f"{party}URIUniversalCommunication/ram:URIID"))
    if has("//ram:ShipToTradeParty"):
        yield "BR-DE-10/11", has("//ram:ShipToTradeParty//ram:PostcodeCode")
    taxes = root.xpath(f"{SETTLED}ram:ApplicableTradeTax", namespaces=NAMESPACES)
    rates = [tax.find("ram:RateApplicablePercent", NAMESPACES) for tax in taxes]
    yield "BR-DE-14", None not in rates
    yield "BR-DE-15", bool(text(f"{AGREED}BuyerReference"))
    yield "BR-DE-17", kind in {"326", "380", "381", "384", "389"}
    terms = text(f"{SETTLED}ram:SpecifiedTradePaymentTerms/ram:Description")
    coded = [line for line in terms.split("\n") if line.startswith("#")]
    yield "BR-DE-18", all(map(SKONTO.fullmatch, coded)) and (not coded or terms.endswith("\n"))
    names = ("PayeePartyCreditorFinancialAccount", "ApplicableTradeSettlementFinancialCard")
    there = tuple(has(MEANS + name) for name in (*names, "PayerPartyDebtorFinancialAccount"))
    yield "BR-DE-23/24/25", ACCOUNTS.get(code, there) == there
    yield "BR-DE-26", kind != "384" or has(f"{SETTLED}ram:InvoiceReferencedDocument")
    if code == "59":
        yield "BR-DE-30", bool(text(f"{SETTLED}ram:CreditorReferenceID"))
    empty = [one.tag for one in root.iter() if not len(one) and not (one.text or "").strip()]
    yield f"R008 {empty}", not empty
    shares = "//ram:SpecifiedTradeAllowanceCharge[ram:CalculationPercent]"
    for share in root.xpath(shares, namespaces=NAMESPACES):
        percent, base, amount = (
            Decimal(share.findtext(f"ram:{name}", "", NAMESPACES))
            for name in ("CalculationPercent", "BasisAmount", "ActualAmount")
        )
        yield "R040", abs(base * percent / 100 - amount) <= Decimal("0.02")
