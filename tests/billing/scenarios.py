"""The documents that billing must get right to the cent, as descriptions, with what comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cfp.billing import described
from cfp.billing.document import Document

SELLER = {
    "name": "Beispiel Veranstaltungs GmbH",
    "street": "Musterweg 1",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "vat_id": "DE123456788",
    "tax_number": "30/123/45678",
    "register": "HRB 12345",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
    "contact": {"name": "Ada Kasse", "phone": "+49 30 123456", "email": "kasse@example.org"},
}
BUYER = {
    "name": "Müller & Söhne AG",
    "street": "Ring 2",
    "postcode": "80331",
    "city": "München",
    "country": "DE",
    "email": "rechnung@example.com",
    "reference": "04011000-12345-03",
}
AUSTRIAN = {
    **BUYER,
    "name": "Donau Software GmbH",
    "city": "Wien",
    "postcode": "1010",
    "country": "AT",
    "vat_id": "ATU13585627",
}
AMERICAN = {
    **BUYER,
    "name": "Big Data Inc.",
    "street": "1 Market Street",
    "city": "San Francisco",
    "postcode": "94105",
    "country": "US",
    "vat_id": "",
}


def describe(**more: Any) -> dict[str, Any]:
    """A whole description of one line of 100.00 at 19 %; ``more`` replaces parts of it."""
    return {
        "number": "2027-0001",
        "date": "2027-03-01",
        "due": "2027-03-31",
        "supply": {"from": "2027-06-07", "to": "2027-06-08"},
        "language": "de",
        "seller": SELLER,
        "buyer": BUYER,
        "lines": [{"name": "Anzeige", "unit_price": "100.00", "rate": 19}],
    } | more


def document(**more: Any) -> Document:
    return described.read(json.dumps(describe(**more)).encode()).document


@dataclass(frozen=True)
class Scenario:
    name: str
    given: dict[str, Any]
    net: str
    taxes: tuple[str, ...]  # by rate, the highest first
    gross: str
    due: str

    @property
    def document(self) -> Document:
        return described.read(json.dumps(self.given).encode()).document

    @property
    def tax(self) -> Decimal:
        return sum(map(Decimal, self.taxes), Decimal(0))


SCENARIOS = [
    Scenario(
        "gold and power, with the contract's reference",
        describe(
            lines=[
                {"name": "Sponsoring Gold", "quantity": 1, "unit_price": "5000.00", "rate": 19},
                {"name": "Stromanschluss", "quantity": 1, "unit_price": "149.50", "rate": 19},
            ],
            references={"contract": "SP-2027-007"},
        ),
        "5149.50",
        ("978.41",),
        "6127.91",
        "6127.91",
    ),
    Scenario(
        "Austrian sponsor, reverse charge",
        describe(
            buyer=AUSTRIAN,
            lines=[{"name": "Sponsoring Silber", "unit_price": 3000, "supply": "sponsorship"}],
        ),
        "3000.00",
        ("0.00",),
        "3000.00",
        "3000.00",
    ),
    Scenario(
        "American sponsor, not taxable",
        describe(
            language="en",
            buyer={**AMERICAN, "business": True},
            lines=[{"name": "Platinum", "unit_price": "12000", "supply": "sponsorship"}],
        ),
        "12000.00",
        ("0.00",),
        "12000.00",
        "12000.00",
    ),
    Scenario(
        "two rates, prices of four decimals",
        describe(
            lines=[
                {"name": "Taschen", "quantity": 250, "unit_price": "5.1260", "rate": 19},
                {"name": "Programmhefte", "quantity": 120, "unit_price": "0.7012", "rate": 7},
            ]
        ),
        "1365.64",
        ("243.49", "5.89"),
        "1615.02",
        "1615.02",
    ),
    Scenario(
        "a line's 10 %, the document's 5 % over both rates, shipping",
        describe(
            lines=[
                {
                    "name": "Messestand",
                    "unit_price": "2500.00",
                    "rate": 19,
                    "allowances": [{"percent": 10, "reason": "Frühbucher"}],
                },
                {"name": "Möbel", "quantity": 3, "unit_price": "295.00", "rate": 19},
                {"name": "Tagungsbände", "quantity": 10, "unit_price": "19.90", "rate": 7},
            ],
            allowances=[{"percent": "5 %", "reason": "Treue"}],
            charges=[{"amount": "9.90", "reason": "Versand", "rate": 19}],
        ),
        "3177.20",
        ("567.75", "13.23"),
        "3758.18",
        "3758.18",
    ),
    Scenario(
        "paid by card",
        describe(
            lines=[{"name": "Ticket", "unit_price_gross": "399.00", "rate": 19}],
            prepaid="399.00",
            payment="card",
            due=None,
        ),
        "335.29",
        ("63.71",),
        "399.00",
        "0.00",
    ),
    Scenario(
        "seven tickets whose price includes the tax",
        describe(lines=[{"name": "Ticket", "quantity": 7, "gross_price": "49.00", "rate": 19}]),
        "288.24",
        ("54.76",),
        "343.00",
        "343.00",
    ),
    Scenario(
        "cancellation",
        describe(
            number="2027-0002",
            kind="storno",
            due=None,
            cancels={"number": "2027-0001", "date": "2027-02-15"},
            lines=[{"name": "Sponsoring Gold", "unit_price": "5000.00", "rate": 19}],
        ),
        "5000.00",
        ("950.00",),
        "5950.00",
        "5950.00",
    ),
    Scenario(
        "small business",
        describe(
            seller={**SELLER, "vat_id": "", "small_business": True},
            lines=[{"name": "Workshop", "quantity": 2, "unit_price": "250.00"}],
        ),
        "500.00",
        ("0.00",),
        "500.00",
        "500.00",
    ),
    Scenario(
        "in kind",
        describe(
            lines=[{"name": "Sponsoring in Sachleistung", "unit_price": "2000", "rate": 19}],
            payment={"means": "97"},
            prepaid={"amount": "2380.00", "note": "Verrechnet mit Ihrer Rechnung 4711."},
            due=None,
        ),
        "2000.00",
        ("380.00",),
        "2380.00",
        "0.00",
    ),
    Scenario(
        "instalment",
        describe(
            lines=[{"name": "Sponsoring Gold", "unit_price": "5000.00", "rate": 19}],
            prepaid="2000.00",
        ),
        "5000.00",
        ("950.00",),
        "5950.00",
        "3950.00",
    ),
]
