"""VAT in the cash: when it is paid, how much of it, and that in the end only the net is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.budget.cashflow import (
    Cost,
    Income,
    Plan,
    Returns,
    Sales,
    break_even,
    chance_of_loss,
    outlook,
)
from cfp.budget.cashflow.vat import inside, periods
from cfp.catering.portions.deadline import holidays_of

START, DOORS = date(2027, 1, 4), date(2027, 5, 10)
SURE = ((0.1, 100.0), (0.9, 100.0))
SALES = Sales(((date(2027, 1, 20), 1_190_000),), 50, 23_800, SURE, ((DOORS, 1.0),), rate=1900)
VENUE = Cost("Venue", 595_000, date(2027, 2, 1), rate=1900)
PLAN = Plan(START, DOORS, 0, (VENUE,), (), SALES, Returns(1))


def dues(returns, first=date(2027, 1, 1), last=date(2027, 6, 30)):
    return [period.due.isoformat() for period in periods(returns, first, last)]


def on(found, day):
    return [point for point in found.fan if point[0] <= day][-1][2]


def test_a_month_is_due_on_the_tenth_or_the_next_working_day():
    months = ["2027-02-10", "2027-03-10", "2027-04-12", "2027-05-10", "2027-06-10", "2027-07-12"]
    assert dues(Returns(1)) == months


def test_a_quarter_and_a_permanent_extension():
    assert dues(Returns(3)) == ["2027-04-12", "2027-07-12"]
    assert dues(Returns(3, extended=True)) == ["2027-05-10", "2027-08-10"]


def test_easter_monday_is_no_working_day():
    """10 April 2023."""
    returns = Returns(3, holidays=holidays_of("DE", range(2023, 2024)))
    assert dues(returns, date(2023, 1, 1), date(2023, 3, 31)) == ["2023-04-11"]


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 800),
    months=st.sampled_from((1, 3)),
    extended=st.booleans(),
)
def test_returns_follow_each_other_and_hold_every_day(first, length, months, extended):
    last = first + timedelta(length)
    found = periods(Returns(months, extended), first, last)
    assert found[0].first <= first
    assert last <= found[-1].last
    for before, after in pairwise(found):
        assert after.first == before.last + timedelta(1)
    for period in found:
        assert period.due.day in {10, 11, 12}
        assert period.due.weekday() < 5


def test_the_vat_of_tickets_is_paid_in_the_month_after_they_were_sold():
    found = outlook(PLAN)
    assert on(found, date(2027, 2, 9)) == 1_190_000 - 595_000
    assert on(found, date(2027, 2, 10)) == 1_190_000 - 595_000 - 190_000


def test_the_vat_of_a_bill_is_taken_off_when_it_is_paid():
    found = outlook(PLAN)
    assert [(period.due.isoformat(), cents) for period, cents in found.taxes] == [
        ("2027-02-10", 190_000),
        ("2027-03-10", -95_000),
        ("2027-06-10", 190_000),
    ]


def test_in_the_end_the_net_is_left():
    """50 tickets at 200 have come, 50 more come at 200; the venue costs 5,000."""
    assert outlook(PLAN).result == (1_500_000,) * 3
    assert on(outlook(PLAN), date(2030, 1, 1)) == 1_500_000
    small = outlook(replace(PLAN, returns=None))
    assert small.result == (1_190_000 - 595_000 + 50 * 23_800,) * 3
    assert small.taxes == ()


def test_break_even_counts_without_vat():
    """Of 15,000 net, 10,000 have come: 25 more tickets of 200."""
    venue = replace(VENUE, cents=1_785_000)
    assert break_even(replace(PLAN, costs=(venue,))) == 75
    bags = Cost("Bags", 0, DOORS, each=1_190, rate=1900)
    assert break_even(replace(PLAN, costs=(venue, bags))) == 50 + 29  # 5,500 at 190


def test_a_bill_after_the_return_has_to_be_paid_from_what_is_left():
    late = replace(VENUE, due=date(2027, 3, 1), cents=1_190_000)
    [need] = outlook(replace(PLAN, costs=(late,))).needs
    assert need.tickets == 8  # the 1,900 that went to the tax office, at 238 each


def test_the_chance_alone_is_the_chance_of_the_whole_outlook():
    fan = ((0.025, 55.0), (0.1, 60.0), (0.5, 100.0), (0.9, 150.0), (0.975, 170.0))
    gifts = tuple(Income(str(n), 400_000, DOORS, 0.5, 0.3, 1900) for n in range(3))
    for cents in range(1_000_000, 4_000_000, 250_000):
        costs = (replace(VENUE, cents=cents), Cost("Bags", 0, DOORS, each=900, rate=700))
        plan = replace(PLAN, costs=costs, incomes=gifts, sales=replace(SALES, quantiles=fan))
        assert outlook(plan).chance_of_loss == pytest.approx(chance_of_loss(plan), abs=0.01)


@given(
    moves=st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 200)), max_size=6),
    rate=st.sampled_from((0, 700, 1900)),
    months=st.sampled_from((1, 3)),
    extended=st.booleans(),
)
@settings(max_examples=40)
def test_no_cent_of_vat_is_lost(moves, rate, months, extended):
    incomes = tuple(Income("i", c, START + timedelta(d), rate=rate) for c, d in moves)
    plan = replace(PLAN, incomes=incomes, returns=Returns(months, extended))
    found = outlook(plan)
    gross = 1_190_000 + 50 * 23_800 - 595_000 + sum(c for c, _ in moves)
    tax = 190_000 + 190_000 - 95_000 + sum(inside(c, rate) for c, _ in moves)
    assert found.result[1] == pytest.approx(gross - tax, abs=1)
    assert sum(cents for _, cents in found.taxes) == pytest.approx(tax, abs=len(found.taxes))
