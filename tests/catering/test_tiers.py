"""Income by tier: which prices those pay who are still to come."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.catering.demand import Demand
from cfp.catering.demand.tiers import Rung, by_tier

SURE = ((0.1, 300.0), (0.9, 300.0))
FAN = ((0.025, 240.0), (0.1, 266.0), (0.5, 305.0), (0.9, 354.0), (0.975, 390.0))
DEMAND = Demand(40.0, 180, SURE)
EARLY = Rung("Regular", "early", 14_900, sold=100, cents=1_490_000, ends=70.0)
REGULAR = Rung("Regular", "regular", 19_900, sold=80, cents=1_592_000, ends=20.0)
LATE = Rung("Regular", "late", 24_900)


def ahead(*ladders, demand=DEMAND):
    *found, [whole] = by_tier(demand, ladders)
    return [one for ladder in found for one in ladder], whole


def test_who_is_still_to_come_pays_the_price_of_the_day():
    (early, regular, late), whole = ahead([EARLY, REGULAR, LATE])
    assert early.tickets.high == 0
    assert regular.tickets.likely + late.tickets.likely == pytest.approx(120)
    assert regular.cents.likely == pytest.approx(regular.tickets.likely * 19_900)
    assert whole.tickets.ends() == pytest.approx((120,) * 3)
    assert whole.rung.cents == 3_082_000


def test_a_step_brings_buyers_before_itself():
    flat = Demand(40.0, 180, SURE)
    stepped = Demand(40.0, 180, SURE, steps=(20.0,))
    (_, before, _), _ = ahead([EARLY, REGULAR, LATE], demand=flat)
    (_, after, _), _ = ahead([EARLY, REGULAR, LATE], demand=stepped)
    assert after.tickets.likely > before.tickets.likely + 20


def test_a_price_for_so_many_ends_when_they_are_sold():
    few = Rung("Regular", "the first", 14_900, sold=10, cents=149_000, left=30)
    (first, rest), _ = ahead([few, LATE])
    assert first.tickets.ends() == (30,) * 3
    assert rest.tickets.likely == pytest.approx(90)


def test_who_finds_no_price_open_waits_for_the_next_one():
    later = Rung("Regular", "later", 19_900, starts=10.0)
    [only], _ = ahead([later])
    assert only.tickets.likely == pytest.approx(120)


def test_products_go_on_selling_as_until_today():
    student = Rung("Student", "all year", 9_900, sold=90, cents=891_000)
    (regular, students), _ = ahead(
        [Rung("Regular", "all year", 19_900, sold=270, cents=5_373_000)], [student]
    )
    assert (regular.tickets.likely, students.tickets.likely) == pytest.approx((90, 30))


def test_discounts_go_on_as_until_today():
    half = Rung("Regular", "all year", 20_000, sold=100, cents=1_000_000)
    [one], whole = ahead([half])
    assert one.cents.likely == whole.cents.likely == pytest.approx(120 * 10_000)


@given(
    days=st.integers(1, 120),
    sold=st.integers(0, 260),
    rungs=st.lists(
        st.builds(
            Rung,
            st.just("p"),
            st.just("t"),
            st.integers(0, 90_000),
            sold=st.integers(0, 100),
            starts=st.none() | st.integers(0, 150).map(float),
            ends=st.none() | st.integers(0, 150).map(float),
            left=st.none() | st.integers(0, 80),
        ),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=50)
def test_nobody_buys_twice_and_no_rung_is_oversold(days, sold, rungs):
    demand = Demand(float(days), sold, FAN)
    found, whole = ahead(rungs, demand=demand)
    assert whole.tickets.high <= max(0, 390 - sold) + 1e-6
    for one in found:
        assert 0 <= one.tickets.low <= one.tickets.likely <= one.tickets.high
        if one.rung.left is not None:
            assert one.tickets.high <= one.rung.left + 1e-9
