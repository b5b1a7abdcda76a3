"""The forecast of tickets: what it says, what it must never say, and what it must not look at."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.catering.forecast import Count, Edition, Situation
from cfp.catering.forecast.editions import sold_at
from cfp.catering.forecast.posterior import certain
from cfp.catering.forecast.tickets import Strength, forecast
from tests.catering.sales import curve, edition, situation

PAST = (edition(250, 2), edition(280, 1))


def quantiles(found):
    return (found.q025, found.q10, found.q50, found.q90, found.q975)


def width(found):
    return found.q90 - found.q10


@pytest.mark.parametrize(("days", "off"), [(60, 0.15), (30, 0.08), (14, 0.05), (7, 0.03)])
@pytest.mark.parametrize("steps", [(), (20.0,)])
def test_an_edition_like_the_others_is_foreseen(days, off, steps):
    past = (edition(250, 2, steps), edition(280, 1, steps))
    found = forecast(situation(days, 300, steps), past)
    assert found.q50 == pytest.approx(300, rel=off)
    assert found.q10 < 300 < found.q90


def test_quantiles_rise():
    found = quantiles(forecast(situation(30), PAST))
    assert list(found) == sorted(found)


@given(
    days=st.integers(0, 200),
    final=st.integers(0, 3000),
    capacity=st.none() | st.integers(1, 3000),
    target=st.none() | st.integers(1, 3000),
    refunds=st.integers(0, 40),
    finals=st.lists(st.integers(0, 4000), max_size=4),
    steps=st.lists(st.integers(1, 100).map(float), max_size=3).map(tuple),
)
@settings(max_examples=60)
def test_never_below_what_is_sold_less_refunds_nor_above_capacity(
    days, final, capacity, target, refunds, finals, steps
):
    asked = situation(
        min(days, 120), final, steps, capacity=capacity, target=target, refunds=refunds
    )
    past = [edition(n, age, steps) for age, n in enumerate(finals, 1)]
    found = forecast(asked, past)
    assert list(quantiles(found)) == sorted(quantiles(found))
    assert found.q025 >= max(0, asked.sold - refunds) - 1e-9
    if capacity is not None:
        assert found.q975 <= max(capacity, asked.sold - refunds) + 1e-9
    assert found.distribution.weights.sum() == pytest.approx(1)
    assert (found.distribution.weights >= 0).all()


def test_what_happens_after_that_day_changes_no_byte():
    asked = replace(situation(14), points=curve(300))
    other = tuple(Count(p.days, p.sold if p.days >= 14 else 9999) for p in asked.points)
    first, second = forecast(asked, PAST), forecast(replace(asked, points=other), PAST)
    assert quantiles(first) == quantiles(second)
    assert first.distribution.weights.tobytes() == second.distribution.weights.tobytes()


def test_the_same_question_has_the_same_answer():
    assert quantiles(forecast(situation(21), PAST)) == quantiles(forecast(situation(21), PAST))


def test_sold_out_early_is_the_capacity_and_certain():
    points = (*curve(300, until=60), Count(59.0, 400))
    found = forecast(Situation(59.0, points, capacity=400), PAST)
    assert quantiles(found) == (400,) * 5


def test_a_raised_capacity_lets_it_grow_again():
    points = (*curve(300, until=31), Count(30.0, 300))
    full = forecast(Situation(30.0, points, capacity=300), PAST)
    raised = forecast(Situation(30.0, points, capacity=450), PAST)
    assert full.q975 == 300
    assert 300 < raised.q50 < raised.q975 <= 450


def test_paused_sales_are_no_slow_sales():
    until = curve(300, until=30)
    still = tuple(Count(float(d), until[-1].sold) for d in range(29, 15, -1))
    slow, paused = (Situation(16.0, until + still, paused=paused) for paused in (False, True))
    assert forecast(paused, PAST).q50 >= forecast(slow, PAST).q50


def test_fifty_free_tickets_in_one_minute_are_not_a_new_pace():
    before = situation(30)
    *_, last = before.points
    rush = replace(before, points=(*before.points[:-1], Count(last.days, last.sold + 50)))
    ordinary, after = forecast(before, PAST), forecast(rush, PAST)
    assert ordinary.q50 < after.q50 < ordinary.q50 + 100


def test_a_mass_refund_lowers_the_forecast():
    before = situation(30)
    *rest, last = before.points
    given_back = replace(before, points=(*rest, Count(last.days, last.sold - 60)))
    found = forecast(given_back, PAST)
    assert last.sold - 60 <= found.q025
    assert found.q50 < forecast(before, PAST).q50


def test_refunds_that_are_expected_may_end_below_what_is_sold():
    asked = situation(1, refunds=30)
    found = forecast(asked, PAST)
    assert asked.sold - 30 <= found.q025 <= asked.sold


def test_a_step_that_is_planned_moves_buying_before_it():
    """The same count after a late step means that fewer are still to come."""
    sold = curve(300, until=7)
    without, with_step = (forecast(Situation(7.0, sold, steps), ()) for steps in ((), (20.0,)))
    assert with_step.q50 < without.q50
    assert width(with_step) < width(without)


def test_a_moved_step_moves_the_forecast():
    asked = situation(18, 300, (20.0,))
    moved = replace(asked, steps=(10.0,))
    assert forecast(moved, PAST).q50 > forecast(asked, PAST).q50


def test_zero_sales_are_a_weak_forecast_and_no_error():
    asked = Situation(60.0, (Count(90.0, 0), Count(60.0, 0)))
    found = forecast(asked)
    assert found.strength is Strength.WEAK
    assert 0 <= found.q025 < found.q975


def test_zero_editions_at_sixty_days_read_weak():
    assert forecast(situation(60)).strength is Strength.WEAK


def test_a_target_makes_a_first_edition_surer():
    assert width(forecast(situation(60, target=310))) < width(forecast(situation(60)))


def test_tomorrow_little_is_left_to_come():
    asked = situation(1)
    found = forecast(asked, PAST)
    assert asked.sold <= found.q10 <= found.q90 <= asked.sold + 25


def test_after_the_doors_it_is_what_was_sold():
    asked = Situation(-1.0, (*curve(300), Count(-1.0, 301)))
    assert quantiles(forecast(asked, PAST)) == (301,) * 5


def test_once_selling_has_ended_nothing_comes():
    asked = situation(3, sale_ends=3.0)
    assert quantiles(forecast(asked, PAST)) == (asked.sold,) * 5


def test_where_selling_ends_early_less_is_to_come():
    asked = situation(14)
    early = replace(asked, sale_ends=7.0)
    assert asked.sold < forecast(early, PAST).q50 < forecast(asked, PAST).q50


@pytest.mark.parametrize("steps", [(), (20.0,)])
@pytest.mark.parametrize("past", [(), PAST], ids=["first", "third"])
def test_the_interval_does_not_widen_merely_because_time_passes(steps, past):
    """Day after day without a sale: what may still come can only become less, give or take two."""
    points = curve(300, steps, until=45)
    points += tuple(Count(float(d), points[-1].sold) for d in range(44, -1, -1))
    widths = [width(forecast(Situation(float(d), points, steps), past)) for d in range(40, -1, -2)]
    assert all(after <= before + 2 for before, after in pairwise(widths))


@pytest.mark.parametrize("steps", [(), (20.0,)])
def test_the_interval_narrows_as_the_doors_come_nearer(steps):
    past = (edition(250, 2, steps), edition(280, 1, steps))
    widths = [width(forecast(situation(d, 300, steps), past)) for d in (60, 30, 14, 7, 3, 1)]
    assert all(after <= before + 1 for before, after in pairwise(widths))


def test_a_sister_event_tells_little_of_the_size_and_all_of_the_curve():
    """Hardly anything is sold of a small one, a few weeks after a large one."""
    asked = situation(90, 60)
    year_ago, weeks_ago = (forecast(asked, (edition(300, age),)) for age in (1.0, 0.1))
    assert weeks_ago.q50 < 0.75 * year_ago.q50
    assert weeks_ago.q10 < 60 < weeks_ago.q90


def test_missed_intervals_widen_the_next_ones():
    asked = situation(30)
    assert width(forecast(asked, PAST, widen=1.5)) > width(forecast(asked, PAST))


def test_an_own_edition_of_last_year_counts_more_than_an_old_one():
    late = Edition("sells late", tuple(Count(p.days, p.sold // 2) for p in curve(300)), 300, 1.0)
    asked = situation(14)
    young, old = forecast(asked, (late,)), forecast(asked, (replace(late, age=6.0),))
    assert young.q50 > old.q50


def test_the_curve_of_a_sold_out_edition_teaches_nothing_about_shares():
    full = replace(edition(300), points=tuple(Count(float(d), 300) for d in range(120, -1, -1)))
    asked = situation(30)
    free = forecast(asked, (replace(full, censored=True),))
    taken_at_its_word = forecast(asked, (full,))
    assert free.q50 > taken_at_its_word.q50


def test_nobody_looked_yet_is_not_nothing_sold():
    unseen, nothing = Situation(60.0), Situation(60.0, (Count(90.0, 0), Count(60.0, 0)))
    assert forecast(unseen, PAST).q50 > forecast(nothing, PAST).q50


def test_an_old_count_tells_about_its_own_day():
    points = curve(300, until=20)
    stale, fresh = Situation(3.0, points), Situation(20.0, points)
    assert forecast(stale, PAST).q50 == pytest.approx(forecast(fresh, PAST).q50, rel=0.03)


def test_between_two_counts_it_is_in_proportion():
    points = (Count(10.0, 100), Count(0.0, 200))
    assert sold_at(points, 5.0) == 150
    assert sold_at(points, 11.0) is None
    assert sold_at(points, -3.0) == 200


def test_what_is_certain_has_one_value_for_every_quantile():
    assert {certain(7).quantile(share) for share in (0.1, 0.5, 0.9)} == {7}


def test_five_hundred_tickets_and_five_editions_take_less_than_a_tenth_of_a_second():
    asked = situation(21, 560)
    past = [edition(300 + 40 * n, 6 - n) for n in range(1, 6)]
    forecast(asked, past)
    began = time.process_time()
    for _ in range(5):
        forecast(asked, past)
    assert (time.process_time() - began) / 5 < 0.1
