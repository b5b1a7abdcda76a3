"""Money: whole cents, commercial rounding, and shares that add up to the last cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.money import Money, round_half_up, split

cents = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any)


@given(cents, weights)
def test_shares_add_up_and_none_is_a_cent_off(total, parts):
    shares = split(Money(total), parts)
    assert sum(share.cents for share in shares) == total
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share.cents - Fraction(total * weight, sum(parts))) < 1


def test_equal_remainders_go_to_the_earlier_share():
    assert [share.cents for share in split(Money(100), [1, 1, 1])] == [34, 33, 33]


@pytest.mark.parametrize("parts", [[0, 0], [-1, 2]])
def test_weights_that_make_no_sense_are_refused(parts):
    with pytest.raises(ValueError, match="weights"):
        split(Money(100), parts)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("1.5", 2), ("2.4999", 2), ("-0.5", -1), ("-1.4", -1)]
)
def test_a_half_goes_away_from_zero(value, rounded):
    assert round_half_up(Decimal(value)) == rounded


def test_two_currencies_do_not_mix():
    with pytest.raises(ValueError, match="mix"):
        Money(1) + Money(1, "USD")


@given(cents, cents)
def test_adding_and_taking_away_undo_each_other(a, b):
    assert Money(a) + Money(b) - Money(b) == Money(a)


def test_a_price_times_a_rate_is_rounded_once():
    assert Money(4900) * Decimal("0.19") == Money(931)
    assert Money(1234).amount == Decimal("12.34")
