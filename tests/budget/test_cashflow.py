"""The cash of an edition: the fan, its lowest day, break-even, and what has to be sold by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.budget.cashflow import SCENARIOS, Cost, Income, Plan, Sales, break_even, outlook

START, DOORS = date(2027, 1, 1), date(2027, 5, 10)
END = DOORS + timedelta(30)
VENUE = Cost("Venue", 2_000_000, date(2027, 2, 1))
FAN = ((0.025, 200.0), (0.1, 240.0), (0.5, 300.0), (0.9, 350.0), (0.975, 380.0))
ARRIVAL = ((date(2027, 3, 1), 0.3), (DOORS, 1.0))
SALES = Sales(((date(2027, 1, 20), 1_000_000),), 50, 20_000, FAN, ARRIVAL)
PLAN = Plan(START, END, 500_000, (VENUE,), (), SALES)


def on(found, day):
    return next(point for point in found.fan if point[0] == day)


def test_the_cash_goes_up_with_tickets_and_down_with_bills():
    found = outlook(PLAN)
    assert on(found, START)[1:] == (500_000,) * 3
    assert on(found, date(2027, 2, 1))[1:] == (-500_000,) * 3
    low, middle, high = on(found, END)[1:]
    assert middle == pytest.approx(-500_000 + 250 * 20_000, abs=20_000 * 3)
    assert low < middle < high


def test_the_worst_day_is_the_lowest_of_the_middle_line():
    found = outlook(PLAN)
    assert (found.worst_on, found.worst, found.worst_low) == (date(2027, 2, 1), -500_000, -500_000)


def test_paying_the_venue_in_parts_lifts_the_worst_day():
    parts = (replace(VENUE, cents=1_000_000), Cost("Rest", 1_000_000, DOORS))
    assert outlook(replace(PLAN, costs=parts)).worst > outlook(PLAN).worst


def test_break_even_is_the_number_at_which_income_meets_costs():
    """20,000 EUR, of which 10,000 have come: 50 more tickets at 200."""
    assert break_even(PLAN) == 100
    with_bags = replace(PLAN, costs=(VENUE, Cost("Bags", 0, DOORS, each=1_000)))
    number = break_even(with_bags)
    assert number is not None
    profit = [1_000_000 + (n - 50) * 20_000 - 2_000_000 - n * 1_000 for n in (number - 1, number)]
    assert profit[0] < 0 <= profit[1]


@pytest.mark.parametrize("price", [0, 1_000])
def test_a_ticket_that_brings_no_more_than_it_costs_never_breaks_even(price):
    sales = replace(SALES, price=price)
    bags = Cost("Bags", 0, DOORS, each=1_000)
    assert break_even(replace(PLAN, costs=(VENUE, bags), sales=sales)) is None


@pytest.mark.parametrize(("cents", "chance"), [(100, 0.0), (900_000_000, 1.0)])
def test_a_sure_win_and_a_sure_loss(cents, chance):
    assert outlook(replace(PLAN, costs=(replace(VENUE, cents=cents),))).chance_of_loss == chance


def test_the_chance_of_a_loss_is_the_share_of_forecasts_below_break_even():
    """At the median of the forecast the chance is one half."""
    even = 1_000_000 + 250 * 20_000
    found = outlook(replace(PLAN, costs=(replace(VENUE, cents=even),)))
    assert found.chance_of_loss == pytest.approx(0.5, abs=0.02)


def test_a_sponsor_who_only_has_an_offer_makes_the_fan_wider():
    signed = Income("Snowflake Ltd", 1_000_000, date(2027, 3, 1), chance=1.0)
    sure = outlook(replace(PLAN, incomes=(signed,), sales=Sales()))
    offered = outlook(replace(PLAN, incomes=(replace(signed, chance=0.4),), sales=Sales()))
    assert on(sure, END)[1] == on(sure, END)[3]
    assert on(offered, END)[1] < on(offered, END)[3]


def test_who_pays_late_pays_a_month_late():
    due = date(2027, 3, 1)
    late = Income("Snowflake Ltd", 1_000_000, due, chance=1.0, late=1.0)
    found = outlook(replace(PLAN, incomes=(late,), costs=(), sales=Sales()))
    assert on(found, due)[2] == 500_000
    assert on(found, due + timedelta(30))[2] == 1_500_000


def test_what_has_to_be_sold_so_that_a_bill_can_be_paid():
    [need] = outlook(PLAN).needs
    assert (need.cost, need.tickets, need.likely) == (VENUE, 25, 0)
    [later] = outlook(replace(PLAN, costs=(replace(VENUE, due=DOORS),))).needs
    assert (later.tickets, later.likely) == (25, 250)


def test_the_same_question_has_the_same_answer():
    incomes = (Income("A", 700_000, DOORS, 0.5, 0.3),)
    assert outlook(replace(PLAN, incomes=incomes)) == outlook(replace(PLAN, incomes=incomes))


@given(
    opening=st.integers(-(10**7), 10**7),
    costs=st.lists(
        st.tuples(st.integers(1, 10**7), st.integers(0, 150), st.booleans()), max_size=5
    ),
    incomes=st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 150)), max_size=5),
    sold=st.integers(0, 240),
    price=st.integers(0, 50_000),
)
@settings(max_examples=40)
def test_the_fan_holds_together_and_no_cent_is_lost(opening, costs, incomes, sold, price):
    plan = Plan(
        START,
        START + timedelta(300),
        opening,
        tuple(
            Cost("c", 0 if h else c, START + timedelta(d), each=c % 99 if h else 0)
            for c, d, h in costs
        ),
        tuple(Income("i", c, START + timedelta(d)) for c, d in incomes),
        Sales(((START, sold * 100),), sold, price, FAN, ARRIVAL),
    )
    found = outlook(plan)
    assert all(low <= middle <= high for _, low, middle, high in found.fan)
    assert found.worst == min(middle for _, _, middle, _ in found.fan)
    low, middle, high = found.result
    assert on(found, plan.end)[1:] == (opening + low, opening + middle, opening + high)
    assert 0 <= found.chance_of_loss <= 1
    assert found.chance_of_loss * SCENARIOS == pytest.approx(
        round(found.chance_of_loss * SCENARIOS)
    )


def test_an_edition_in_which_nothing_moves():
    found = outlook(Plan(START, START, 5, (), (), Sales()))
    assert found.fan == ((START, 5, 5, 5),)
    assert (found.break_even, found.chance_of_loss) == (0, 0.0)
