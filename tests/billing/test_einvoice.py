"""The electronic invoice: valid by schema and schematron, and equal to what was added up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facturx import xml_check_xsd
from lxml import etree

from cfp.billing.bundle import checked
from cfp.billing.document import Document
from cfp.billing.einvoice import Profile, missing, reading
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
from tests.billing.xrechnung_rules import broken

SUMS = (
    "//rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
    "/ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
)
LATE = {
    "name": "A",
    "unit_price": 1,
    "rate": 19,
    "period": {"from": "2027-06-08", "to": "2027-06-09"},
}
every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)


def xml_of(given, profile=Profile.EN16931) -> bytes:
    return write(given, checked(given), profile)


def texts(xml: bytes, path: str) -> list[str]:
    return [found.text for found in etree.fromstring(xml).xpath(path, namespaces=NAMESPACES)]


def with_more() -> dict[str, Document]:
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
        "goods for another country of the EU": {
            "buyer": AUSTRIAN,
            "lines": [line | {"rate": 0, "category": "K"}],
        },
        "goods for Switzerland": {
            "lines": [line | {"rate": 0, "category": "export"}],
            "deliver_to": {"name": "Alp AG", "city": "Chur", "postcode": "7000", "country": "CH"},
        },
        "less for who pays early": {"skonto": [{"days": 7, "percent": 3}]},
        "francs, and the tax in euros": {"currency": "CHF", "tax_in_euros": "2.01"},
        "paid, and no account is named": {
            "seller": {**SELLER, "iban": "", "bic": ""},
            "prepaid": "11.90",
            "lines": [line],
        },
        "taken back, and no account is named": {
            "seller": {**SELLER, "iban": "", "bic": ""},
            "kind": 381,
            "cancels": "1",
        },
        "not taxable, and the seller has but a VAT id": {
            "seller": {**SELLER, "tax_number": "", "register": ""},
            "buyer": AMERICAN,
            "lines": [line | {"rate": 0, "category": "O"}],
        },
        "card, with its last digits": {"payment": {"means": "card", "last4": "4242"}},
        "Kosovo": {"buyer": {**BUYER, "country": "Kosovo"}},
    }
    return {name: document(**more) for name, more in given.items()}


@every_scenario
@pytest.mark.parametrize("profile", Profile)
def test_the_xml_follows_the_schema(scenario: Scenario, profile: Profile):
    assert xml_check_xsd(xml_of(scenario.document, profile), flavor="factur-x", level="en16931")


def test_the_schematron_has_nothing_to_say(tmp_path):
    given = {scenario.name: scenario.document for scenario in SCENARIOS} | with_more()
    xmls = {name: xml_of(each) for name, each in given.items()}
    for xml in xmls.values():
        assert xml_check_xsd(xml, flavor="factur-x", level="en16931")
    found = failures(xmls, tmp_path)
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_no_rule_of_xrechnung_is_broken():
    given = {scenario.name: scenario.document for scenario in SCENARIOS} | with_more()
    lacking = {name: missing(each) for name, each in given.items()}
    assert {name for name, lacks in lacking.items() if lacks} == {
        "self-billed, taken back",
        "paid, and no account is named",
    }
    for name, each in given.items():
        if not lacking[name]:
            xml = xml_of(each, Profile.XRECHNUNG)
            assert xml_check_xsd(xml, flavor="factur-x", level="en16931")
            assert (name, broken(xml)) == (name, [])


def test_xrechnung_reads_a_discount_out_of_a_line_of_its_own():
    given = document(skonto=[{"days": 7, "percent": 3}, {"days": 14, "percent": "2.5"}])
    [said] = texts(
        xml_of(given, Profile.XRECHNUNG), "//ram:SpecifiedTradePaymentTerms/ram:Description"
    )
    assert said.split("\n")[1:] == [
        "#SKONTO#TAGE=7#PROZENT=3.00#",
        "#SKONTO#TAGE=14#PROZENT=2.50#",
        "",
    ]
    assert "#" not in xml_of(given).decode().partition("SpecifiedTradePaymentTerms")[2]


def test_what_was_issued_can_be_read_back():
    for scenario in SCENARIOS:
        given, totals = scenario.document, checked(scenario.document)
        assert reading.of_xml(xml_of(given)) == reading.of_document(given, totals)


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
        ({"buyer": {**BUYER, "email": "", "reference": "B-1"}}, "BT-49"),
        ({"buyer": {**BUYER, "postcode": ""}}, "post code of the buyer"),
        ({"seller": {**SELLER, "postcode": ""}}, "post code of the seller"),
        ({"seller": {**SELLER, "contact": {"phone": "1", "email": "a@b.example"}}}, "BT-41"),
        ({"seller": {**SELLER, "contact": {"name": "A", "email": "a@b.example"}}}, "BT-42"),
        ({"seller": {**SELLER, "contact": {"name": "A", "phone": "1"}}}, "BT-43"),
        ({"payment": {"means": "48"}}, "last digits"),
        ({"payment": {"means": "59"}}, "mandate"),
        ({"seller": {**SELLER, "contact": {"name": "A", "phone": "12", "email": "a@b"}}}, "BT-42"),
        ({"seller": {**SELLER, "contact": {"name": "A", "phone": "1", "email": "a.b"}}}, "BT-43"),
        ({"lines": [LATE]}, "BG-26"),
        ({"terms": "# netto"}, "BT-20"),
        ({"kind": "261", "cancels": "1"}, "BT-3"),
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
