"""The fan of the cash, its lowest day, break-even, and what has to be sold by when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cfp.budget.cashflow.plan import Cost, Plan
from cfp.budget.cashflow.scenarios import SCENARIOS, Table
from cfp.budget.cashflow.vat import Period


@dataclass(frozen=True, slots=True)
class Need:
    """How many more tickets must be sold by the day of a cost, so that it can be paid."""

    cost: Cost
    tickets: int
    likely: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The fan of the cash, its lowest day, and the end.

    ``fan`` is (day, 10 %, 50 %, 90 %). ``worst_on`` is the lowest day of the middle line, ``worst``
    its cash there, ``worst_low`` the lowest of the 10 % line. ``break_even`` counts tickets in all.
    ``taxes`` is what each VAT return probably asks for; below zero it comes back.
    """

    fan: tuple[tuple[date, int, int, int], ...]
    worst_on: date
    worst: int
    worst_low: int
    break_even: int | None
    chance_of_loss: float
    result: tuple[int, int, int]
    needs: tuple[Need, ...]
    taxes: tuple[tuple[Period, int], ...]


def outlook(plan: Plan) -> Outlook:
    """Look at the cash on every day on which something moves, and once a week."""
    days = _days(plan)
    table = Table(plan, days)
    runs = [table.cash(n) for n in range(SCENARIOS)]
    fan = tuple((day, *_tenths(cash)) for day, *cash in zip(days, *runs, strict=True))
    worst_on, _low, worst, _high = min(fan, key=lambda point: (point[2], point[0]))
    results = _results(plan, runs)
    taxes = table.likely_taxes()
    return Outlook(
        fan=fan,
        worst_on=worst_on,
        worst=worst,
        worst_low=min(low for _, low, _, _ in fan),
        break_even=break_even(plan),
        chance_of_loss=sum(result < 0 for result in results) / len(results),
        result=_tenths(results),
        needs=needs(plan, taxes),
        taxes=tuple((period, cents) for period, cents in taxes if cents),
    )


def lowest(plan: Plan) -> tuple[date, int, float]:
    """The lowest day of the middle line, its cash there, and the chance of a loss.

    As in the outlook, at a fraction of the work: only where something is paid can it be lowest.
    """
    last = plan.last
    paid = {cost.due for cost in plan.costs} | {period.due for period in plan.periods()}
    days = sorted({plan.start, last} | {day for day in paid if plan.start <= day <= last})
    table = Table(plan, days)
    runs = [table.cash(n) for n in range(SCENARIOS)]
    middle = [(_tenths(cash)[1], day) for day, *cash in zip(days, *runs, strict=True)]
    worst, worst_on = min(middle)
    results = _results(plan, runs)
    return worst_on, worst, sum(result < 0 for result in results) / len(results)


def _results(plan: Plan, runs: Sequence[Sequence[float]]) -> list[int]:
    return [round(cash[-1]) - plan.opening for cash in runs]


def break_even(plan: Plan) -> int | None:
    """Tickets in all at which income meets costs, VAT left out; None where no number does."""
    sales = plan.sales
    fixed = sum(plan.net(cost.cents, cost.rate) for cost in plan.costs)
    each = sum(plan.net(cost.each, cost.rate) for cost in plan.costs)
    other = sum(plan.net(i.cents * i.chance, i.rate) for i in plan.incomes)
    came = sum(plan.net(cents, sales.rate) for _, cents in sales.past)
    missing = fixed + each * sales.sold - other - came
    brings = plan.net(sales.price, sales.rate) - each
    if missing <= 0.5:
        return sales.sold
    if brings <= 0:
        return None
    return sales.sold + math.ceil(missing / brings - 1e-9)


def needs(plan: Plan, taxes: Sequence[tuple[Period, int]] = ()) -> tuple[Need, ...]:
    """For each day on which something is due: what has to be sold by then, and what likely is.

    What is probably owed to the tax office by then is paid, too.
    """
    found = []
    price, sales = plan.sales.price, plan.sales
    final = sales.final(0.5)
    for cost in sorted(plan.costs, key=lambda one: one.due):
        if cost.due < plan.start:
            continue
        out = sum(c.for_tickets(final) for c in plan.costs if c.due <= cost.due)
        out += sum(cents for period, cents in taxes if period.due <= cost.due)
        known = plan.opening + sum(cents for _, cents in sales.past)
        known += round(sum(i.cents * i.chance for i in plan.incomes if i.due <= cost.due))
        short = out - known
        likely = round((final - sales.sold) * sales.arrived(cost.due))
        tickets = 0 if short <= 0 else -(-short // price) if price else -1
        found.append(Need(cost, tickets, likely))
    return tuple(found)


def _days(plan: Plan) -> list[date]:
    last = plan.last
    weeks = range(0, (last - plan.start).days + 1, 7)
    moved = plan.moved() | {period.due for period in plan.periods()}
    moved |= {plan.start + timedelta(n) for n in weeks} | {plan.start, plan.end, last}
    return sorted(day for day in moved if plan.start <= day <= last)


def _tenths(values: Sequence[float]) -> tuple[int, int, int]:
    ordered = sorted(values)
    at = (len(ordered) - 1) / 10
    low, middle, high = (round(ordered[round(at * tenth)]) for tenth in (1, 5, 9))
    return low, middle, high
