"""The electronic invoice: valid by schema and schematron, and equal to what was added up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facturx import xml_check_xsd
from lxml import etree

from cfp.billing.bundle import checked
from cfp.billing.einvoice import Profile, missing
from cfp.billing.einvoice.elements import NAMESPACES
from cfp.billing.einvoice.writer import write
from tests.billing.scenarios import (
    AMERICAN,
    AUSTRIAN,
    BUYER,
    SCENARIOS,
    SELLER,
    Scenario,
    document,
)
from tests.billing.schematron import failures

SUMS = (
    "//rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
    "/ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
)
every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)


def xml_of(given, profile=Profile.EN16931) -> bytes:
    return write(given, checked(given), profile)


def texts(xml: bytes, path: str) -> list[str]:
    return [found.text for found in etree.fromstring(xml).xpath(path, namespaces=NAMESPACES)]


def with_more() -> dict[str, bytes]:
    """Documents beyond the scenarios, each with something that has rules of its own."""
    line = {"name": "Banner", "unit_price": "10.00", "rate": 19}
    given = {
        "direct debit": {
            "payment": {
                "means": "direct debit",
                "mandate": "M-1",
                "creditor_id": "DE98ZZZ09999999999",
                "payer_iban": "DE02120300000000202051",
            }
        },
        "card at the desk": {"payment": {"means": 48, "last4": "4242"}, "prepaid": "119.00"},
        "a rounding amount": {"rounding": "0.01"},
        "an exemption with its reason": {
            "lines": [line | {"rate": 0, "category": "exempt"}],
            "exemption_reason": "Steuerfrei nach § 4 Nr. 22 UStG",
        },
        "zero rated": {"lines": [line | {"rate": 0, "category": "Z"}]},
        "correction": {"kind": 384, "corrects": "2027-0000"},
        "partial invoice": {"kind": "326"},
        "self-billed": {"kind": "389"},
        "self-billed, taken back": {"kind": "261", "cancels": "2027-G0001"},
        "gross prices with a discount": {
            "lines": [
                {"name": "Ticket", "quantity": 3, "unit_price_gross": "99.99", "rate": "19 %"},
                {"name": "Buch", "quantity": 1, "unit_price_gross": "24.90", "rate": "7"},
            ],
            "allowances": [{"percent": 15}],
        },
        "a price for a hundred": {"lines": [line | {"quantity": 250, "base_quantity": 100}]},
        "a charge on a line": {"lines": [line | {"charges": [{"amount": 2, "reason": "Express"}]}]},
        "everything referred to": {
            "references": {
                "order": "PO-1",
                "contract": "C-1",
                "project": "P-1",
                "sales_order": "S-1",
                "buyer_reference": "B-1",
            },
            "notes": ["Vielen Dank!", "Zweite Notiz"],
        },
        "not taxable, with an allowance": {
            "buyer": AMERICAN,
            "lines": [line | {"rate": 0, "category": "O"}],
            "allowances": [{"amount": 1}],
        },
        "reverse charge, with a charge": {
            "buyer": AUSTRIAN,
            "lines": [line | {"rate": 0, "category": "AE"}],
            "charges": [{"amount": "5"}],
        },
    }
    return {name: xml_of(document(**more)) for name, more in given.items()}


@every_scenario
@pytest.mark.parametrize("profile", Profile)
def test_the_xml_follows_the_schema(scenario: Scenario, profile: Profile):
    assert xml_check_xsd(xml_of(scenario.document, profile), flavor="factur-x", level="en16931")


def test_the_schematron_has_nothing_to_say(tmp_path):
    xmls = {scenario.name: xml_of(scenario.document) for scenario in SCENARIOS} | with_more()
    for xml in xmls.values():
        assert xml_check_xsd(xml, flavor="factur-x", level="en16931")
    found = failures(xmls, tmp_path)
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_the_schematron_would_have_found_a_fault(tmp_path):
    broken = xml_of(document()).replace(b">119.00<", b">120.00<")
    assert failures({"broken": broken}, tmp_path)["broken"]


@every_scenario
def test_the_xml_says_what_was_added_up(scenario: Scenario):
    xml = xml_of(scenario.document)
    assert texts(xml, SUMS + "TaxBasisTotalAmount") == [scenario.net]
    assert texts(xml, SUMS + "TaxTotalAmount") == [f"{scenario.tax:.2f}"]
    assert texts(xml, SUMS + "GrandTotalAmount") == [scenario.gross]
    assert texts(xml, SUMS + "DuePayableAmount") == [scenario.due]
    header = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CalculatedAmount"
    assert texts(xml, header) == list(scenario.taxes)


def test_what_is_not_taxable_shows_no_vat_ids_and_no_rate_on_lines():
    given = document(
        buyer={**AMERICAN, "vat_id": "US123456"},
        lines=[{"name": "Logo", "unit_price": 10, "category": "O"}],
    )
    for profile in Profile:
        xml = xml_of(given, profile)
        assert texts(xml, "//ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']") == []
        assert texts(xml, "//ram:SpecifiedLineTradeSettlement//ram:RateApplicablePercent") == []


def test_xrechnung_wants_a_rate_for_what_is_not_taxable_too():
    given = document(buyer=AMERICAN, lines=[{"name": "Logo", "unit_price": 10, "category": "O"}])
    rate = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent"
    assert texts(xml_of(given, Profile.XRECHNUNG), rate) == ["0"]
    assert texts(xml_of(given), rate) == []


def test_xrechnung_names_itself_its_process_the_reference_and_both_electronic_addresses():
    xml = xml_of(document(), Profile.XRECHNUNG)
    assert texts(xml, "//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID") == [
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    ]
    assert texts(xml, "//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID")
    assert texts(xml, "//ram:BuyerReference") == ["04011000-12345-03"]
    assert texts(xml, "//ram:URIUniversalCommunication/ram:URIID[@schemeID='EM']") == [
        "kasse@example.org",
        "rechnung@example.com",
    ]
    assert texts(xml, "//ram:SellerTradeParty/ram:DefinedTradeContact//*[not(*)]") == [
        "Ada Kasse",
        "+49 30 123456",
        "kasse@example.org",
    ]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"buyer": {**BUYER, "reference": ""}}, "BT-10"),
        ({"buyer": {**BUYER, "email": ""}}, "BT-49"),
        ({"buyer": {**BUYER, "postcode": ""}}, "post code of the buyer"),
        ({"seller": {**SELLER, "postcode": ""}}, "post code of the seller"),
        ({"seller": {**SELLER, "contact": {"phone": "1", "email": "a@b.example"}}}, "BT-41"),
        ({"seller": {**SELLER, "contact": {"name": "A", "email": "a@b.example"}}}, "BT-42"),
        ({"seller": {**SELLER, "contact": {"name": "A", "phone": "1"}}}, "BT-43"),
        ({"payment": {"means": "48"}}, "last digits"),
        ({"payment": {"means": "59"}}, "mandate"),
    ],
)
def test_what_xrechnung_lacks_is_said(more, what):
    assert any(what in sentence for sentence in missing(document(**more)))


def test_a_complete_document_lacks_nothing():
    assert [missing(scenario.document) for scenario in SCENARIOS] == [[] for _ in SCENARIOS]


def test_cards_through_a_payment_service_are_means_68():
    xml = xml_of(next(s for s in SCENARIOS if s.name == "paid by card").document)
    assert texts(xml, "//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == ["68"]


def test_a_cancellation_is_positive_and_names_the_original():
    xml = xml_of(next(s for s in SCENARIOS if s.name == "cancellation").document)
    assert texts(xml, "//rsm:ExchangedDocument/ram:TypeCode") == ["381"]
    assert texts(xml, "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == ["2027-0001"]
    day = "//ram:InvoiceReferencedDocument/ram:FormattedIssueDateTime/qdt:DateTimeString"
    assert texts(xml, day) == ["20270215"]
    amounts = [text for text in texts(xml, "//*[contains(local-name(), 'Amount')]") if text]
    assert all(Decimal(amount) >= 0 for amount in amounts)


def test_the_same_document_gives_the_same_bytes():
    assert xml_of(document()) == xml_of(document())
