"""What a description says about paying, what is doubtful in it, and the codes that it may use."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from string import ascii_uppercase

import pytest
from lxml import etree

from cfp.billing import words
from cfp.billing.described import NotUnderstood, codes, read, values
from cfp.billing.document import Early
from tests.billing.scenarios import AUSTRIAN, BUYER, describe, document
from tests.billing.schematron import schematron_codes


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"lines": [{"name": "A", "unit_price": 1, "rate": 20}]}, "German rates are 19 % and 7 %"),
        ({"currency": "CHF"}, "tax_in_euros"),
        ({"prepaid": [{"amount": 5, "invoice": "2027-0001"}]}, "name the tax in it"),
        ({"buyer_reference": "04011000-1234512345-07", "buyer": AUSTRIAN}, "Leitweg-ID"),
    ],
)
def test_what_may_be_right_and_mostly_is_not_is_a_note(more, doubt):
    given = describe(**more)
    given["buyer"] = {name: each for name, each in given["buyer"].items() if name != "reference"}
    assert any(doubt in warning for warning in read(json.dumps(given).encode()).warnings)


def test_a_public_buyer_without_another_address_is_reached_under_its_leitweg_id():
    public = {**BUYER, "email": "", "reference": "04011000-1234512345-06"}
    assert document(buyer=public).buyer.electronic == ("0204", "04011000-1234512345-06")
    assert document(buyer={**BUYER, "reference": "04011000-1234512345-06"}).buyer.electronic is None


def test_a_discount_for_who_pays_early_may_stand_in_terms_or_beside_or_in_the_code_of_xrechnung():
    terms = {"days": 30, "text": "30 Tage netto", "discounts": [{"days": 7, "percent": 3}]}
    said = "30 Tage netto. Bei Zahlung bis 08.03.2027 3 % Skonto."
    for more in (
        {"terms": terms},
        {"terms": "30 Tage netto", "skonto": {"until": "2027-03-08", "percent": "3 %"}},
        {"terms": "#SKONTO#TAGE=7#PROZENT=3.00#\n30 Tage netto"},
    ):
        given = document(**{"due": None, **more})
        assert (given.early, words.terms(given)) == ((Early(7, Decimal(3)),), said)


def test_what_was_paid_in_parts_is_added_up_and_each_part_is_named():
    first = {"amount": "357.00", "date": "2027-01-15", "invoice": "2027-0001", "tax": "57.00"}
    given = document(prepaid=[first, {"amount": 19, "reason": "Anzahlung"}])
    assert given.prepaid == Decimal("376.00")
    said = given.prepaid_note.replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "Bezahlt am 15.01.2027 auf 2027-0001 357,00 €, darin 57,00 € Umsatzsteuer. Anzahlung"
    )


def test_every_code_that_is_read_is_one_of_the_standard():
    lists = etree.parse(schematron_codes()).getroot()
    known = {each.get("id"): {one.get("value") for one in each} for each in lists.iter("cl")}
    assert known["8"] >= codes.UNITS
    assert set(values.UNITS.values()) <= codes.UNITS
    assert known["17"] >= codes.ADDRESSES
    assert {values.country(code) for code in ("DE", "Kosovo", "Schweiz", "uk")} <= known["7"]
    assert all(values.country(code) in {None, *known["7"]} for code in two_letters())
    given = {code for code in known["31"] | {"DEM", "BGN", "HRK"} if is_currency(code)}
    assert given <= known["31"]
    assert {"EUR", "CHF", "USD", "GBP", "JPY"} <= given


def two_letters() -> list[str]:
    return [a + b for a in ascii_uppercase for b in ascii_uppercase]


def is_currency(code: str) -> bool:
    with suppress(NotUnderstood):
        return document(currency=code).currency == code
    return False
