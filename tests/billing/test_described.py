"""A description in JSON is read in any usual spelling, and refused with sentences that help."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.described import NotUnderstood, read
from cfp.billing.document import Kind, Means, Period
from tests.billing.scenarios import AUSTRIAN, BUYER, SELLER, describe, document

SOLD = {"name": "A", "unit_price": 1, "supply": "admission"}


def sentences(given) -> list[str]:
    with pytest.raises(NotUnderstood) as refused:
        read(json.dumps(given).encode() if not isinstance(given, bytes) else given)
    return refused.value.sentences


@pytest.mark.parametrize("text", ["149.50", "149,50", 149.5, "149.5", " 149.50 ", "1.495e2"])
def test_money_is_exact_as_a_string_or_a_number(text):
    line = {"name": "A", "unit_price": text, "rate": 19}
    assert document(lines=[line]).lines[0].price == Decimal("149.50")


def test_a_number_in_json_loses_no_digit():
    raw = json.dumps(describe()).replace('"100.00"', "0.1000000000000000055")
    assert read(raw.encode()).document.lines[0].price == Decimal("0.1000000000000000055")


@pytest.mark.parametrize("text", ["1,234.56", "1.234,56", "1234.56", "1 234,56", "1'234.56"])
def test_thousands_may_be_set_apart(text):
    line = {"name": "A", "unit_price": text, "rate": 19}
    assert document(lines=[line]).lines[0].price == Decimal("1234.56")


@pytest.mark.parametrize("text", ["1,234", "abc", "", "12.34.56", "NaN", "Infinity", True, [], {}])
def test_what_could_be_two_numbers_or_none_is_refused(text):
    found = sentences(describe(lines=[{"name": "A", "unit_price": text, "rate": 19}]))
    assert any("unit_price" in sentence for sentence in found)


@pytest.mark.parametrize(
    "line",
    [
        {"description": "A", "qty": 2, "price": "10", "vatRate": "19 %"},
        {"Name": "A", "Quantity": "2", "Unit Price": 10, "VAT rate": 19},
        {"title": "A", "quantity": 2, "net_price": "10.00", "tax_rate": "19%"},
        {"name": "A", "quantity": 2, "unit_price": {"net": "10"}, "vat": {"rate": 19}},
        {"name": "A", "quantity": 2, "unit-price": 10, "category": "standard", "rate": "19.0"},
    ],
)
def test_usual_spellings_mean_the_same(line):
    [found] = document(lines=[line]).lines
    assert (found.name, found.quantity, found.price, found.rate, found.gross) == (
        "A",
        2,
        10,
        19,
        False,
    )


@pytest.mark.parametrize(
    "more",
    [
        {"lines": [{"name": "A", "unit_price_gross": 49, "rate": 19}]},
        {"lines": [{"name": "A", "gross_price": "49.00", "rate": 19}]},
        {"lines": [{"name": "A", "unit_price": {"gross": 49}, "rate": 19}]},
        {"lines": [{"name": "A", "unit_price": 49, "price_includes_tax": True, "rate": 19}]},
        {"lines": [{"name": "A", "unit_price": 49, "rate": 19}], "prices": "gross"},
    ],
)
def test_a_price_with_tax_can_be_said_in_several_ways(more):
    assert document(**more).lines[0].gross


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("invoice", Kind.INVOICE),
        (380, Kind.INVOICE),
        ("381", Kind.CANCELLATION),
        ("Stornorechnung", Kind.CANCELLATION),
        ("credit note", Kind.CANCELLATION),
        (384, Kind.CORRECTION),
        ("self-billed", Kind.SELF_BILLED),
        ("Partial invoice", Kind.PARTIAL),
    ],
)
def test_kinds_have_codes_and_names(kind, meant):
    assert document(kind=kind, cancels="1").kind is meant


def test_days_parties_and_terms_may_stand_apart_or_flat():
    given = describe(
        payment_terms={"days": 14, "text": "14 Tage netto"},
        due=None,
        payment={"type": 30, "bank_account": {"iban": SELLER["iban"]}},
        seller={
            "name": "A",
            "address": {"line1": "B 1", "zip": "10115", "city": "C", "country": "Germany"},
            "bank": {"iban": SELLER["iban"]},
            "tax_number": "1",
        },
        date="01.03.2027",
    )
    del given["due"]
    found = read(json.dumps(given).encode()).document
    assert (found.issued, found.due, found.terms) == (
        date(2027, 3, 1),
        date(2027, 3, 15),
        "14 Tage netto",
    )
    assert (found.seller.street, found.seller.postcode, found.seller.country) == (
        "B 1",
        "10115",
        "DE",
    )
    assert found.payment.means is Means.CREDIT_TRANSFER
    assert found.payment.iban == "DE89370400440532013000"
    assert found.period == Period(date(2027, 6, 7), date(2027, 6, 8))


def test_every_transfer_has_a_reference_made_of_the_number():
    assert document(number="RE-2027/0001").payment.reference.endswith("RE20270001")
    assert document(number="RE-2027/0001").payment.reference.startswith("RF")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"number": ""}, "number: is missing."),
        ({"date": "31.02.2027"}, "date: “31.02.2027” is no day; write 2027-03-01."),
        ({"lines": []}, "lines: an invoice has 1 to 2000 of them."),
        ({"kind": "letter"}, "kind: “letter” is not known"),
        ({"curency": "EUR"}, "“curency” is not known here; did you mean “currency”."),
        ({"currency": "Euro"}, "currency: “EURO” is no currency"),
        ({"currency": "DEM"}, "currency: “DEM” is no currency"),
        ({"seller": {**SELLER, "iban": "DE89370400440532013001"}}, "is no valid IBAN."),
        ({"seller": {**SELLER, "vat_id": "123"}}, "seller.vat_id: “123” is no VAT id"),
        ({"buyer": {**BUYER, "country": "Atlantis"}}, "buyer.country: “Atlantis” is no country"),
        ({"buyer": {**BUYER, "name": ""}}, "buyer.name: is missing."),
        ({"buyer": "Somebody"}, "buyer: must be an object"),
        ({"seller": None}, "seller: is missing."),
        ({"lines": [{"unit_price": 1, "rate": 19}]}, "lines 1.description: is missing."),
        ({"lines": [{"name": "A", "rate": 19}]}, "lines 1.unit_price: is missing."),
        ({"lines": [{"name": "A", "unit_price": 1}]}, "lines 1.rate: say the rate"),
        ({"lines": [{"name": "A", "unit_price": -1, "rate": 19}]}, "has a negative quantity."),
        ({"lines": [{"name": "A", "unit_price": 1, "rate": 0.19}]}, "less than one. Write 19."),
        ({"lines": [{"name": "A", "unit_price": 1, "rate": 19, "unit": "QQQ"}]}, "is no unit"),
        ({"buyer": {**BUYER, "endpoint": {"scheme": "mail", "id": "x"}}}, "is no code of EAS"),
        ({"buyer": {**BUYER, "vat_id": "QQ123456"}}, "is no VAT id"),
        ({"payment": {"means": 58, "mandate": "M-1"}}, "belong to a direct debit."),
        ({"payment": {"means": 58, "last4": "4242"}}, "belong to a payment by card."),
        ({"seller": {**SELLER, "country": "AT"}, "lines": [SOLD]}, "of sellers in Germany only"),
        ({"terms": {"discounts": [{"days": 7}]}}, "needs its days and its percent."),
        ({"skonto": {"days": 7, "percent": "2.005"}}, "two decimals at most."),
        ({"terms": "#SKONTO#TAGE=7#PROZENT=2#"}, "a Skonto is written #SKONTO#TAGE=14"),
        ({"tax_in_euros": 19}, "is for documents in other currencies."),
        ({"due": None, "due_date": 1, "payment_due": 2}, "give one of them."),
        ({"date": "0027-03-01"}, "is not of our time."),
        ({"currency": "BGN"}, "is no currency"),
        ({"lines": [{"name": "A", "unit_price": 1, "rate": 190}]}, "more than 100 percent."),
        ({"lines": [{"name": "A", "unit_price": 1, "rate": 19, "unit": "smoot"}]}, "is no unit"),
        ({"allowances": [{"amount": 1, "percent": 1}]}, "allowances 1: needs an amount or a"),
        ({"supply": {"from": "2027-01-01"}}, "needs its first and its last day."),
        ({"prepaid": "-1"}, "prepaid: must be at least 0."),
        ({"language": "tlh"}, "language: “tlh” is not known"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(more, sentence):
    found = sentences(describe(**more))
    assert any(sentence in each for each in found), found


def test_all_faults_are_told_at_once():
    assert len(sentences(describe(number="", date="x", kind="y", curency="z"))) == 4


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'"text"',
        b"null",
        b"[" * 100_000,
        b'{"a": NaN}',
        b"1" * 5000,
        b'{"a": 1, "a": 2}',
    ],
)
def test_what_is_no_description_is_refused(data):
    assert sentences(data)


def test_check_digits_that_do_not_fit_are_only_a_warning():
    given = describe(buyer={**AUSTRIAN, "vat_id": "ATU12345678"})
    found = read(json.dumps(given).encode())
    assert any("ATU12345678" in warning for warning in found.warnings)


def test_a_missing_day_of_supply_is_taken_from_the_date_and_said():
    given = describe()
    del given["supply"]
    found = read(json.dumps(given).encode())
    assert found.document.supplied == date(2027, 3, 1)
    assert any("period of supply" in warning for warning in found.warnings)


def test_characters_that_nobody_sees_are_left_out():
    nasty = "A\u202eB\x07C\ufeff D\u00ad\ufe0f  e\u0301"
    assert document(buyer={**BUYER, "name": nasty}).buyer.name == "ABC D é"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(describe())), json_values)
def test_whatever_stands_in_a_field_is_read_or_refused(name, value):
    with suppress(NotUnderstood):
        read(json.dumps(describe(**{name: value})).encode())


@given(
    st.sampled_from(["name", "quantity", "unit_price", "rate", "category", "discount"]), json_values
)
def test_whatever_stands_in_a_line_is_read_or_refused(name, value):
    line = {"name": "A", "unit_price": "1.00", "rate": 19, name: value}
    with suppress(NotUnderstood):
        read(json.dumps(describe(lines=[line])).encode())
