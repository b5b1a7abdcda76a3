"""What a price step does to heads, money and surprise on the caterer's day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.catering.demand import HIGH, LOW, MIDDLE, Demand, Ladder, answer, warnings
from cfp.catering.demand.answers import tenths
from cfp.catering.demand.ladder import stretches

FINALS = ((0.025, 240.0), (0.1, 266.0), (0.5, 305.0), (0.9, 354.0), (0.975, 390.0))
DEMAND = Demand(days=40.0, sold=180, quantiles=FINALS, paid=(14_900,) * 60 + (20_000,) * 120)
FLAT = Ladder(20_000, 20_000, None)
STEP = Ladder(20_000, 25_000, 20.0)
DUE = 8.0


def asked(wanted, planned=FLAT, demand=DEMAND, elasticity=MIDDLE):
    return answer(demand, planned, wanted, DUE, elasticity)


def test_the_planned_ladder_gives_the_forecast_itself():
    found = asked(FLAT)
    assert found.heads.ends() == pytest.approx((266, 305, 354))
    assert found.cents.ends() == pytest.approx([n * 20_000 for n in (86, 125, 174)], rel=0.02)
    assert found.price.ends() == (20_000,) * 3


def test_a_late_step_leaves_less_unsold_on_the_caterers_day():
    flat, step = asked(FLAT), asked(STEP)
    assert step.unsold.likely < 0.5 * flat.unsold.likely
    assert step.width.likely < 0.6 * flat.width.likely
    assert step.unsold.high < flat.unsold.low


def test_how_many_a_step_pulls_is_in_the_band_of_the_money():
    """With one final number the money differs only by who buys before the step."""
    sure = replace(DEMAND, quantiles=((0.1, 305.0), (0.9, 305.0)))
    assert asked(FLAT, demand=sure).cents.low == asked(FLAT, demand=sure).cents.high
    found = asked(STEP, demand=sure)
    assert 125 * 20_000 * 0.9 < found.cents.low < found.cents.high < 125 * 25_000


def test_a_higher_price_sells_fewer_tickets_and_a_lower_one_more():
    dearer, cheaper = asked(replace(FLAT, before=25_000)), asked(replace(FLAT, before=15_000))
    assert dearer.heads.likely < 305 < cheaper.heads.likely


@pytest.mark.parametrize("elasticity", [LOW, MIDDLE, HIGH])
def test_those_still_to_come_answer_to_the_price_by_the_elasticity(elasticity):
    """A tenth more money asked of each: at -1 a tenth fewer of those who are still to come."""
    found = asked(replace(FLAT, before=22_000), elasticity=elasticity)
    assert found.heads.likely == pytest.approx(180 + 125 * 1.1**elasticity)


def test_never_more_than_the_house_holds():
    full = replace(DEMAND, capacity=310)
    found = asked(replace(FLAT, before=5_000), demand=full)
    assert found.heads.high == 310
    assert found.is_full


def test_days_are_cut_at_the_step_and_on_the_caterers_day():
    parts = stretches(DEMAND, STEP, DUE)
    assert [(one.ends, one.price) for one in parts] == [(20, 20_000), (8, 25_000), (0, 25_000)]
    assert sum(one.share for one in parts) == pytest.approx(1)


def test_a_step_that_is_too_late_warns():
    late = replace(STEP, step=DUE + 6)
    assert "late" in warnings(asked(late), late, DUE, waiting_list=True)
    assert "late" not in warnings(asked(STEP), STEP, DUE, waiting_list=True)


def test_more_than_half_of_all_tickets_below_the_last_price_warn():
    assert "cheap" in warnings(asked(STEP), STEP, DUE, waiting_list=True)
    dear = replace(DEMAND, sold=280, paid=(25_000,) * 280)
    assert "cheap" not in warnings(asked(STEP, demand=dear), STEP, DUE, waiting_list=True)
    assert "cheap" not in warnings(asked(FLAT), FLAT, DUE, waiting_list=True)


def test_a_full_house_without_a_waiting_list_warns():
    found = asked(FLAT, demand=replace(DEMAND, capacity=300))
    assert "full" in warnings(found, FLAT, DUE, waiting_list=False)
    assert "full" not in warnings(found, FLAT, DUE, waiting_list=True)


def test_tenths_lie_between_values_in_proportion():
    assert tenths([5.0]).ends() == (5, 5, 5)
    assert tenths([float(n) for n in range(100)]).ends() == pytest.approx((9.5, 49.5, 89.5))


@given(
    days=st.integers(1, 120),
    sold=st.integers(0, 400),
    more=st.lists(st.integers(0, 300), min_size=3, max_size=3).map(sorted),
    ladder=st.builds(
        Ladder,
        st.integers(0, 90_000),
        st.integers(0, 90_000),
        st.none() | st.integers(1, 119).map(float),
    ),
    due=st.integers(0, 40).map(float),
    elasticity=st.sampled_from((LOW, MIDDLE, HIGH)),
)
@settings(max_examples=50)
def test_every_ladder_has_an_answer(days, sold, more, ladder, due, elasticity):
    shares = zip((0.1, 0.5, 0.9), (float(sold + n) for n in more), strict=True)
    demand = Demand(float(days), sold, tuple(shares))
    found = answer(demand, FLAT, ladder, due, elasticity)
    assert sold <= found.heads.low
    for band in (found.heads, found.cents, found.unsold, found.width, found.price):
        assert 0 <= band.low <= band.likely <= band.high
    assert found.unsold.high <= 1
    assert -1e-9 <= found.below <= 1 + 1e-9
