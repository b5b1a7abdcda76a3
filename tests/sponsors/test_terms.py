"""When a sponsor pays, and with which tax."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.terms import due_date
from cfp.sponsors import terms, vat_id

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        (date(2027, 1, 15), date(2027, 2, 14)),  # net 30
        (date(2027, 4, 5), date(2027, 5, 5)),  # both on one day
        (date(2027, 4, 6), date(2027, 5, 5)),  # five days before doors come first
        (date(2027, 5, 7), date(2027, 5, 7)),  # too near: at once
        (date(2027, 5, 10), date(2027, 5, 10)),
        (date(2027, 5, 11), date(2027, 6, 10)),  # after doors: net 30
    ],
)
def test_due_is_the_earlier_of_net_30_and_five_days_before_doors(signed, expected):
    assert due_date(signed, date(2027, 5, 10), 30) == expected


@given(DAYS, DAYS, st.integers(0, 365))
def test_nothing_is_due_before_it_was_signed_or_later_than_its_term(signed, doors, net):
    due = due_date(signed, doors, net)
    assert signed <= due <= signed + timedelta(days=net)
    if due < signed + timedelta(days=net):
        assert due == max(signed, terms.latest(doors))


def test_a_seller_who_is_a_small_business_shows_no_tax():
    found = terms.price(500_000, 1900, "DE", "DE136695976", small=True)
    assert (found.category, found.tax_cents, found.gross_cents) == ("E", 0, 500_000)


@pytest.mark.parametrize(
    ("country", "vat", "category", "tax"),
    [
        ("DE", "DE136695976", "S", 95_000),
        ("DE", "", "S", 95_000),
        ("AT", "ATU13585627", "AE", 0),
        ("AT", "", "S", 95_000),  # no proof of a business
        ("CH", "", "O", 0),
        ("US", "", "O", 0),
    ],
)
def test_the_tax_follows_from_where_the_sponsor_sits(country, vat, category, tax):
    price = terms.price(500_000, 1900, country, vat)
    assert (price.category, price.tax_cents) == (category, tax)
    assert price.gross_cents == 500_000 + tax


@given(st.integers(0, 10**9), st.sampled_from([700, 1600, 1900, 2550]))
def test_the_tax_is_rounded_half_up_from_the_exact_fraction(net, rate):
    exact = Fraction(net * rate, 10_000)
    assert terms.price(net, rate, "DE", "").tax_cents == int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("text", "country", "compact"),
    [
        ("DE 136 695 976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("ATU13585627", "AT", "ATU13585627"),
        ("094259216", "GR", "EL094259216"),
        ("EL 094 259 216", "GR", "EL094259216"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("no form known 1", "US", "NOFORMKNOWN1"),
        ("", "DE", ""),
        (" - ", "AT", ""),
        ("DE136695977", "DE", None),  # a wrong check digit
        ("ATU13585627", "DE", None),  # of another country
        ("DE136695976", "AT", None),
        ("hello", "FR", None),
    ],
)
def test_a_vat_id_has_the_form_of_its_country(text, country, compact):
    assert vat_id.compact(text, country) == compact
