"""The cash of an edition from day to day, and how likely it is that it ends with a loss.

Scenarios instead of formulas: tickets at even quantiles of their forecast, each sponsor pays or not
and in time or late, by the state of the agreement. Seeded, so that the same question has the same
answer. Whole cents everywhere.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

SCENARIOS = 200
SEED = 20270218
LATE = 30  # days that a late payer takes longer


@dataclass(frozen=True, slots=True)
class Cost:
    """What is paid on a day; ``per_head`` for each ticket sold."""

    name: str
    cents: int
    due: date
    per_head: bool = False


@dataclass(frozen=True, slots=True)
class Income:
    """What somebody pays with that chance, of whom so many pay a month late."""

    name: str
    cents: int
    due: date
    chance: float = 1.0
    late: float = 0.0


@dataclass(frozen=True, slots=True)
class Sales:
    """Tickets: money that came by day, then (share, final number) and how the rest arrives.

    ``arrival`` are days with the share of those still to come that has come by then, rising to 1.
    """

    past: tuple[tuple[date, int], ...] = ()
    sold: int = 0
    price: int = 0
    quantiles: tuple[tuple[float, float], ...] = ()
    arrival: tuple[tuple[date, float], ...] = ()

    def final(self, share: float) -> float:
        """The final number at a quantile; between two of them in proportion."""
        if not self.quantiles:
            return float(self.sold)
        shares = [s for s, _ in self.quantiles]
        n = min(max(bisect_right(shares, share), 1), len(shares) - 1)
        (a, low), (b, high) = self.quantiles[n - 1], self.quantiles[n]
        return max(float(self.sold), low + (share - a) / (b - a) * (high - low))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that moves the cash between two days."""

    start: date
    end: date
    opening: int
    costs: tuple[Cost, ...]
    incomes: tuple[Income, ...]
    sales: Sales


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
    """

    fan: tuple[tuple[date, int, int, int], ...]
    worst_on: date
    worst: int
    worst_low: int
    break_even: int | None
    chance_of_loss: float
    result: tuple[int, int, int]
    needs: tuple[Need, ...]


def outlook(plan: Plan) -> Outlook:
    """Look at the cash on every day on which something moves, and once a week."""
    days = _days(plan)
    runs = [_scenario(plan, days, n) for n in range(SCENARIOS)]
    fan = tuple((day, *_tenths([cash[n] for cash, _ in runs])) for n, day in enumerate(days))
    worst_on, _low, worst, _high = min(fan, key=lambda point: (point[2], point[0]))
    results = [result for _, result in runs]
    return Outlook(
        fan=fan,
        worst_on=worst_on,
        worst=worst,
        worst_low=min(low for _, low, _, _ in fan),
        break_even=break_even(plan),
        chance_of_loss=sum(result < 0 for result in results) / len(results),
        result=_tenths(results),
        needs=needs(plan),
    )


def break_even(plan: Plan) -> int | None:
    """Tickets in all at which income meets costs; None where no number of them does."""
    fixed = sum(cost.cents for cost in plan.costs if not cost.per_head)
    each = sum(cost.cents for cost in plan.costs if cost.per_head)
    other = round(sum(income.cents * income.chance for income in plan.incomes))
    came = sum(cents for _, cents in plan.sales.past)
    missing = fixed + each * plan.sales.sold - other - came
    if missing <= 0:
        return plan.sales.sold
    if plan.sales.price <= each:
        return None
    return plan.sales.sold - (-missing // (plan.sales.price - each))


def needs(plan: Plan) -> tuple[Need, ...]:
    """For each day on which something is due: what has to be sold by then, and what likely is."""
    found = []
    price, sales = plan.sales.price, plan.sales
    to_come = sales.final(0.5) - sales.sold
    for cost in sorted(plan.costs, key=lambda one: one.due):
        if cost.due < plan.start:
            continue
        out = sum(_cents(c, sales.final(0.5)) for c in plan.costs if c.due <= cost.due)
        known = plan.opening + sum(cents for _, cents in sales.past)
        known += round(sum(i.cents * i.chance for i in plan.incomes if i.due <= cost.due))
        short = out - known
        likely = round(to_come * _arrived(sales, cost.due))
        tickets = 0 if short <= 0 else -(-short // price) if price else -1
        found.append(Need(cost, tickets, likely))
    return tuple(found)


def _days(plan: Plan) -> list[date]:
    moved = {cost.due for cost in plan.costs} | {income.due for income in plan.incomes}
    moved |= {income.due + timedelta(LATE) for income in plan.incomes if income.late}
    moved |= {day for day, _share in plan.sales.arrival}
    weeks = range(0, (plan.end - plan.start).days + 1, 7)
    moved |= {plan.start + timedelta(n) for n in weeks} | {plan.start, plan.end}
    return sorted(day for day in moved if plan.start <= day <= plan.end)


def _scenario(plan: Plan, days: Sequence[date], n: int) -> tuple[list[int], int]:
    """The cash at the end of each of these days, and the result when all is paid."""
    chance = random.Random(SEED + n)  # noqa: S311  (scenarios, not secrets)
    share = ((n * 83) % SCENARIOS + 0.5) / SCENARIOS  # every quantile once, in no order
    final = plan.sales.final(share)
    moves = [(day, cents) for day, cents in plan.sales.past]
    moves += [(cost.due, -_cents(cost, final)) for cost in plan.costs]
    for income in plan.incomes:
        pays, late = chance.random() < income.chance, chance.random() < income.late
        if pays:
            moves.append((income.due + timedelta(LATE if late else 0), income.cents))
    moves.sort()
    dates = [day for day, _ in moves]
    sums = [0, *accumulate(cents for _, cents in moves)]
    to_come = (final - plan.sales.sold) * plan.sales.price
    cash = [
        plan.opening + sums[bisect_right(dates, day)] + round(to_come * _arrived(plan.sales, day))
        for day in days
    ]
    return cash, sums[-1] + round(to_come)


def _cents(cost: Cost, tickets: float) -> int:
    return round(cost.cents * tickets) if cost.per_head else cost.cents


def _arrived(sales: Sales, day: date) -> float:
    """The share of the tickets still to come that has come by the end of that day."""
    n = bisect_right([at for at, _ in sales.arrival], day)
    return sales.arrival[n - 1][1] if n else 0.0


def _tenths(values: Sequence[int]) -> tuple[int, int, int]:
    ordered = sorted(values)
    at = (len(ordered) - 1) / 10
    low, middle, high = (ordered[round(at * tenth)] for tenth in (1, 5, 9))
    return low, middle, high
