"""What a price step does to heads, money and surprise on the caterer's day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.catering.demand import Demand, Ladder, answer, warnings

DEMAND = Demand(days=40.0, sold=180, quantiles=(266.0, 305.0, 354.0))
FLAT = Ladder(20_000, 20_000, None)
STEP = Ladder(20_000, 25_000, 20.0)
DUE = 8.0


def asked(wanted, planned=FLAT, demand=DEMAND):
    return answer(demand, planned, wanted, DUE)


def test_the_planned_ladder_gives_the_forecast_itself():
    found = asked(FLAT)
    assert found.heads == (266, 305, 354)
    assert found.cents == (86 * 20_000, 125 * 20_000, 174 * 20_000)


def test_a_late_step_leaves_less_unsold_on_the_caterers_day():
    assert asked(STEP).unsold < 0.5 * asked(FLAT).unsold
    assert asked(STEP).width < 0.5 * asked(FLAT).width


def test_a_higher_price_sells_fewer_tickets_and_a_lower_one_more():
    dearer, cheaper = asked(replace(FLAT, before=25_000)), asked(replace(FLAT, before=15_000))
    assert dearer.heads[1] < 305 < cheaper.heads[1]


def test_the_range_holds_every_elasticity():
    """A tenth more money asked of each: at most a tenth fewer of those who are still to come."""
    found = asked(replace(FLAT, before=22_000))
    assert found.heads[0] == pytest.approx(180 + 86 / 1.1, abs=1)
    assert found.heads[2] == pytest.approx(180 + 174 / 1.1**0.2, abs=1)


def test_never_more_than_the_house_holds():
    full = replace(DEMAND, capacity=310)
    found = asked(replace(FLAT, before=5_000), demand=full)
    assert found.heads[2] == 310
    assert found.is_full


def test_a_step_that_is_too_late_warns():
    late = replace(STEP, step=DUE + 6)
    assert "late" in warnings(asked(late), late, DUE, waiting_list=True)
    assert "late" not in warnings(asked(STEP), STEP, DUE, waiting_list=True)


def test_more_than_half_below_the_later_price_warns():
    assert "cheap" in warnings(asked(STEP), STEP, DUE, waiting_list=True)
    assert "cheap" not in warnings(asked(FLAT), FLAT, DUE, waiting_list=True)


def test_a_full_house_without_a_waiting_list_warns():
    found = asked(FLAT, demand=replace(DEMAND, capacity=300))
    assert "full" in warnings(found, FLAT, DUE, waiting_list=False)
    assert "full" not in warnings(found, FLAT, DUE, waiting_list=True)


@given(
    days=st.integers(1, 120),
    sold=st.integers(0, 400),
    more=st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)).map(sorted),
    before=st.integers(0, 90_000),
    after=st.integers(0, 90_000),
    step=st.none() | st.integers(1, 119).map(float),
    due=st.integers(0, 40).map(float),
)
def test_every_ladder_has_an_answer(days, sold, more, before, after, step, due):
    demand = Demand(float(days), sold, tuple(float(sold + n) for n in more))
    found = answer(demand, FLAT, Ladder(before, after, step), due)
    assert sold <= found.heads[0] <= found.heads[1] <= found.heads[2]
    assert 0 <= found.cents[0] <= found.cents[1] <= found.cents[2]
    assert 0 <= found.unsold <= 1
    assert -1e-9 <= found.below <= 1 + 1e-9
