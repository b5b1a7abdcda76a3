"""Prices against a brute-force oracle, and one by one where a number says more."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp import clock
from cfp.tickets.pricing import (
    Discount,
    DiscountKind,
    Offer,
    Rule,
    Short,
    StepKind,
    Tier,
    Voucher,
    Wish,
    active,
    allot,
    quote,
    reduced,
    refund_of,
    rule_for,
    rungs,
)
from tests.tickets.price_oracle import NOON, Basket, prices

SECOND = timedelta(seconds=1)
CASES = 12_000
EARLY = Tier(1, "Early bird", 9900, ends_at=NOON, at_most=100)
REGULAR = Tier(2, "Regular", 19_900)


def offer(*tiers, **values):
    return Offer(1, "Ticket", tiers or (EARLY, REGULAR), **values)


def test_twelve_thousand_random_baskets_cost_what_the_oracle_says():
    lot, short = random.Random(5), 0  # noqa: S311  (baskets, no secrets)
    for _ in range(CASES):
        basket = Basket(lot)
        found = quote(basket.wishes, basket.at, basket.voucher)
        expected = prices(basket.wishes, basket.at, basket.voucher)
        if isinstance(found, Short):
            short += 1
            assert expected is None
            continue
        assert [(one.tier.id, one.cents) for one in found] == expected
        for one in found:
            assert one.cents >= 0
            assert one.cents == sum(step.change for step in one.steps)
            order = [list(StepKind).index(step.kind) for step in one.steps]
            assert order == sorted(order)
    assert 0.1 < short / CASES < 0.9  # both outcomes were really tried


def test_no_discount_disappears_silently():
    voucher = Voucher("TWO", Discount(DiscountKind.PERCENT, 5000), left=2)
    found = quote([Wish(offer(), 3)], NOON, voucher)
    assert [one.steps[-1].kind for one in found] == [
        StepKind.VOUCHER,
        StepKind.VOUCHER,
        StepKind.VOUCHER_SPENT,
    ]


def test_of_the_last_early_tickets_and_one_more_each_has_its_own_price():
    nearly = Tier(1, "Early bird", 9900, at_most=100, taken=98)
    found = quote([Wish(offer(nearly, REGULAR), 3)], NOON)
    assert [one.cents for one in found] == [9900, 9900, 19_900]


def test_too_few_units_name_the_product_and_what_is_left():
    last = Tier(1, "Only", 100, at_most=5, taken=3)
    assert quote([Wish(offer(last), 3)], NOON) == Short(offer(last), 2)


def test_the_group_counts_all_tickets_of_a_product_also_those_for_students():
    group = offer(REGULAR, group_least=5, group_percent=1000)
    students = Wish(group, 2, 7, "Students", 5000)
    found = quote([Wish(group, 3), students], NOON)
    assert [one.cents for one in found] == [17_910] * 3 + [8955] * 2


def test_a_tier_for_an_audience_is_its_price_already():
    students = Tier(3, "Students", 4900, audience=7)
    found = quote([Wish(offer(students, REGULAR), 1, 7, "Students", 5000)], NOON)
    assert [step.kind for step in found[0].steps] == [StepKind.TIER]
    assert found[0].cents == 4900


@given(st.integers(0, 10**7), st.sampled_from(DiscountKind), st.integers(0, 20_000))
def test_a_discount_neither_raises_a_price_nor_goes_below_zero(cents, kind, value):
    value = min(value, 10_000) if kind is DiscountKind.PERCENT else value
    assert 0 <= reduced(cents, Discount(kind, value)) <= cents


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 30))
def test_units_spread_over_the_tiers_in_order_and_none_is_made_up(rooms, number):
    tiers = [Tier(n, f"T{n}", n, at_most=most) for n, most in enumerate(rooms)]
    found = allot(tiers, None, NOON, number)
    assert sum(n for _tier, n in found) == min(number, sum(rooms))
    assert all(0 < n <= tier.at_most for tier, n in found)
    assert [tier.id for tier, _ in found] == sorted(tier.id for tier, _ in found)


# Time


def test_a_tier_holds_to_its_last_second_and_not_a_moment_longer():
    assert active([EARLY, REGULAR], None, NOON) == EARLY
    assert active([EARLY, REGULAR], None, NOON + SECOND - timedelta(microseconds=1)) == EARLY
    assert active([EARLY, REGULAR], None, NOON + SECOND) == REGULAR


def test_a_tier_that_is_over_stays_over_whatever_comes_back():
    over = Tier(1, "Early bird", 9900, at_most=100, taken=12, is_over=True)
    assert active([over, REGULAR], None, NOON) == REGULAR


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        # The clock goes from 3 back to 2: the hour that is shown twice means the earlier one.
        ("2027-10-31 02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31 23:59:59", datetime(2027, 10, 31, 22, 59, 59, tzinfo=UTC)),
        ("2027-10-30 23:59:59", datetime(2027, 10, 30, 21, 59, 59, tzinfo=UTC)),
        # The clock goes from 2 to 3: half past two never is, an hour later is meant.
        ("2027-03-28 02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2027-03-28 01:59:59", datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_tier_ends_to_the_second_on_the_nights_when_the_clock_changes(wall, utc):
    ends_at = clock.from_wall(datetime.fromisoformat(wall), "Europe/Berlin")
    assert ends_at == utc
    tier = Tier(1, "Early bird", 9900, ends_at=ends_at)
    assert tier.is_open(utc)
    assert not tier.is_open(utc + SECOND)


# The ladder


def test_the_ladder_shows_what_was_what_is_and_what_comes():
    opens, closes = NOON - timedelta(days=30), NOON + timedelta(days=60)
    steps = rungs([EARLY, REGULAR], opens, closes, NOON - timedelta(days=2))
    assert [(rung.tier.name, rung.holds_now, rung.left) for rung in steps] == [
        ("Early bird", True, 100),
        ("Regular", False, None),
    ]
    assert steps[0].starts_at == opens
    assert steps[0].ends_at == steps[1].starts_at == NOON + SECOND
    assert steps[1].ends_at == closes


def test_a_tier_that_was_sold_out_before_its_day_ends_now_in_the_picture():
    over = Tier(1, "Early bird", 9900, ends_at=NOON + timedelta(days=9), is_over=True)
    steps = rungs([over, REGULAR], NOON - timedelta(days=9), NOON + timedelta(days=30), NOON)
    assert [(rung.tier.name, rung.ends_at) for rung in steps] == [
        ("Early bird", NOON),
        ("Regular", NOON + timedelta(days=30)),
    ]


@given(st.data())
def test_rungs_follow_each_other_and_the_one_of_now_is_the_active_tier(data):
    moments = st.integers(-50, 50).map(lambda hours: NOON + timedelta(hours=hours))
    tiers = [
        Tier(
            n,
            f"T{n}",
            n,
            data.draw(st.none() | moments),
            data.draw(st.none() | moments),
            is_over=data.draw(st.booleans()),
        )
        for n in range(3)
    ]
    steps = rungs(tiers, NOON - timedelta(days=2), NOON + timedelta(days=2), NOON)
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(steps))
    now = [rung.tier for rung in steps if rung.starts_at <= NOON < rung.ends_at]
    assert now == [tier for tier in [active(tiers, None, NOON)] if tier]
    assert Counter(rung.holds_now for rung in steps)[True] == len(now)


# Refunds


def test_refunds_shrink_with_the_days_and_the_products_own_rules_come_first():
    early, late = NOON + timedelta(days=1), NOON + timedelta(days=9)
    rules = [Rule(late, 5000), Rule(early, 10_000, fee=500), Rule(early, 2500, product=2)]
    assert refund_of(19_900, rule_for(rules, 1, NOON)) == 19_400
    assert refund_of(19_900, rule_for(rules, 1, early + SECOND)) == 9950
    assert refund_of(19_900, rule_for(rules, 1, late + SECOND)) == 0
    assert refund_of(19_900, rule_for(rules, 2, NOON)) == 4975
    assert refund_of(300, Rule(early, 10_000, fee=500)) == 0
