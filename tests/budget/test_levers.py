"""What would help: each lever moves the plan as it says, and loses no cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.budget.cashflow import Cost, Income, Plan, Returns, Sales, outlook
from cfp.budget.cashflow.levers import (
    in_parts,
    largest_bill,
    opened_earlier,
    paid_sooner,
    saved,
    worth,
)

TODAY, OPENS, DOORS = date(2027, 1, 4), date(2027, 3, 1), date(2027, 5, 10)
LATER = DOORS + timedelta(16)
VENUE = Cost("Venue", 2_000_000, date(2027, 3, 15))
FAN = ((0.1, 240.0), (0.5, 300.0), (0.9, 350.0))
RISING = tuple((OPENS + timedelta(n), n / 70) for n in range(0, 71, 2))
SPONSOR = Income("Snowflake Ltd", 500_000, date(2027, 4, 1))
PLAN = Plan(TODAY, DOORS, 0, (VENUE,), (SPONSOR,), Sales((), 0, 20_000, FAN, RISING))


def test_selling_that_opens_earlier_eases_the_trough_and_sells_no_more():
    earlier = opened_earlier(PLAN, 40, OPENS, DOORS)
    assert worth(earlier).worst > worth(PLAN).worst
    assert outlook(earlier).result == outlook(PLAN).result
    assert worth(earlier).loss == worth(PLAN).loss


bills = st.builds(
    Cost,
    st.just("Bill"),
    st.integers(0, 4_000_000),
    st.dates(date(2026, 12, 1), LATER),
    st.integers(0, 3_000),
    st.just(1_900),
)
comes = st.builds(
    Income,
    st.just("Sponsor"),
    st.integers(0, 900_000),
    st.dates(date(2026, 12, 1), LATER),
    st.sampled_from([0.4, 1.0]),
    st.sampled_from([0.0, 0.3]),
)


@given(st.lists(bills, max_size=4), st.lists(comes, max_size=3), st.sampled_from([None, 1, 3]))
@settings(max_examples=25)
def test_what_a_lever_is_worth_is_what_the_whole_outlook_says(costs, incomes, months):
    returns = Returns(months, extended=False, holidays=()) if months else None
    plan = replace(PLAN, costs=tuple(costs), incomes=tuple(incomes), returns=returns)
    quick, found = worth(plan), outlook(plan)
    assert (quick.worst, quick.loss) == (pytest.approx(found.worst, abs=1), found.chance_of_loss)
    on = {day: middle for day, _low, middle, _high in found.fan}
    assert on[quick.worst_on] == pytest.approx(found.worst, abs=1)
    assert quick.break_even == found.break_even


@given(days=st.integers(0, 56))
def test_a_stretched_curve_rises_from_its_opening_to_all_at_the_doors(days):
    sales = opened_earlier(PLAN, days, OPENS, DOORS).sales
    shares = [share for _, share in sales.arrival]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    first = OPENS - timedelta(days)
    assert all(share == 0 for day, share in sales.arrival if day < first)
    assert all(sales.arrived(day) >= PLAN.sales.arrived(day) for day, _ in RISING)


def test_sponsors_who_pay_sooner_ease_the_trough():
    sooner = paid_sooner(PLAN, 30, TODAY)
    assert sooner.incomes[0].due == date(2027, 3, 2)
    assert worth(sooner).worst == worth(PLAN).worst + 500_000


def test_nobody_pays_before_today_and_what_has_come_stays():
    came = replace(SPONSOR, due=TODAY - timedelta(9))
    plan = replace(PLAN, incomes=(came, SPONSOR))
    assert [one.due for one in paid_sooner(plan, 300, TODAY).incomes] == [came.due, TODAY]


def test_a_bill_in_parts_is_the_same_bill():
    parts = in_parts(PLAN, VENUE, 25, LATER)
    assert [(one.cents, one.due) for one in parts.costs] == [
        (1_500_000, VENUE.due),
        (500_000, LATER),
    ]
    assert worth(parts).worst == worth(PLAN).worst + 500_000
    assert outlook(parts).result == outlook(PLAN).result
    assert [one.due for one in in_parts(PLAN, VENUE, 100, LATER).costs] == [LATER]
    assert in_parts(PLAN, VENUE, 0, LATER).costs == (VENUE,)


def test_the_largest_bill_is_one_that_is_still_due_before_the_doors():
    small, past, late = (
        Cost("Prints", 5_000, DOORS - timedelta(9)),
        Cost("Deposit", 9_000_000, TODAY - timedelta(1)),
        Cost("Meals", 9_000_000, LATER),
    )
    plan = replace(PLAN, costs=(small, past, late, VENUE))
    assert largest_bill(plan, TODAY, DOORS) == VENUE
    assert largest_bill(replace(plan, costs=(past, late)), TODAY, DOORS) is None


def test_what_is_saved_lowers_break_even_and_the_chance_of_a_loss():
    meals = Cost("meals", 4_000_000, LATER)
    plan = replace(PLAN, costs=(VENUE, meals))
    cheaper = saved(plan, "meals", 100_000)
    before, after = worth(plan), worth(cheaper)
    assert before.break_even is not None
    assert after.break_even == before.break_even - 5
    assert after.loss < before.loss
    assert saved(plan, "meals", 9_999_999).costs[1].cents == 0


@pytest.mark.parametrize("share", [0, 30, 100])
def test_all_levers_together_keep_the_result(share):
    plan = in_parts(
        paid_sooner(opened_earlier(PLAN, 30, OPENS, DOORS), 20, TODAY), VENUE, share, LATER
    )
    assert outlook(plan).result == outlook(PLAN).result
