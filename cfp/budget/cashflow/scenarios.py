"""The scenarios: what the cash is on some days, once for each way in which it may come."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from cfp.budget.cashflow.plan import LATE, Income, Plan
from cfp.budget.cashflow.vat import Period, inside

SCENARIOS = 200
SEED = 20270218


@dataclass(frozen=True, slots=True)
class Row:
    """What moves on each day of a table, and the VAT in it by return."""

    cents: list[float]
    tax: list[float]


Move = tuple[int, float, int, float]


class Table:
    """Days as columns; what is sure, what each ticket costs, and how those to come arrive."""

    def __init__(self, plan: Plan, days: Sequence[date]) -> None:
        self.plan, self.days, self.periods = plan, days, plan.periods()
        self._dues = [self._column(period.due) for period in self.periods]
        sales = plan.sales
        self.sure, self.each = self._row(), self._row()
        for day, cents in sales.past:
            self._put(self.sure, day, cents, sales.rate)
        for cost in plan.costs:
            self._put(self.sure, cost.due, -cost.cents, cost.rate)
            self._put(self.each, cost.due, -cost.each, cost.rate)
        self.arrived = [sales.arrived(day) for day in days]
        self._come = [self._moves_of(income) for income in plan.incomes]
        self._draws = draws(tuple((income.chance, income.late) for income in plan.incomes))
        self._sure, self._each = (list(accumulate(row.cents)) for row in (self.sure, self.each))
        until = [sales.arrived(period.last) for period in self.periods]
        self.arriving = [b - a for a, b in zip([0.0, *until], until, strict=False)]

    def _row(self) -> Row:
        return Row([0.0] * (len(self.days) + 1), [0.0] * len(self.periods))

    def _column(self, day: date) -> int:
        return bisect_left(self.days, day)

    def _put(self, row: Row, day: date, cents: float, rate: int) -> None:
        row.cents[self._column(day)] += cents
        if self.periods:
            row.tax[self._period(day)] += inside(cents, rate)

    def _period(self, day: date) -> int:
        ends = [period.last for period in self.periods]
        return min(bisect_left(ends, day), len(ends) - 1)

    def _moves_of(self, income: Income) -> tuple[Move, Move]:
        """Where it lands in time, and a month late: column, cents, return, VAT."""
        tax = inside(income.cents, income.rate)
        on_time, late = (
            (self._column(day), income.cents, self._period(day) if self.periods else 0, tax)
            for day in (income.due, income.due + timedelta(LATE))
        )
        return on_time, late

    def cash(self, n: int) -> list[float]:
        """The cash at the end of each day in one scenario."""
        plan, sales = self.plan, self.plan.sales
        final = sales.final(share_of(n))
        coming = max(0.0, final - sales.sold) * sales.price
        row = self._row()
        for moves, (pays, late) in zip(self._come, self._draws[n], strict=True):
            if pays:
                column, cents, period, tax = moves[late]
                row.cents[column] += cents
                if self.periods:
                    row.tax[period] += tax
        coming_tax = inside(coming, sales.rate)
        for column, tax in zip(self._dues, self._taxes(final, coming_tax, row), strict=True):
            row.cents[column] -= tax
        row.cents[0] += plan.opening
        parts = zip(accumulate(row.cents), self._sure, self._each, self.arrived, strict=False)
        return [moved + sure + each * final + coming * part for moved, sure, each, part in parts]

    def _taxes(self, final: float, coming: float, row: Row) -> list[float]:
        parts = zip(self.sure.tax, self.each.tax, row.tax, self.arriving, strict=True)
        return [a + b * final + c + coming * part for a, b, c, part in parts]

    def likely_taxes(self) -> list[tuple[Period, int]]:
        """What each return asks for at the likely number of tickets, incomes by their chance."""
        sales, row = self.plan.sales, self._row()
        for income in self.plan.incomes:
            self._put(row, income.due, income.cents * income.chance, income.rate)
        final = sales.final(0.5)
        coming = inside(max(0.0, final - sales.sold) * sales.price, sales.rate)
        taxes = self._taxes(final, coming, row)
        return [(period, round(tax)) for period, tax in zip(self.periods, taxes, strict=True)]


def share_of(n: int) -> float:
    """Every quantile once, in no order."""
    return ((n * 83) % SCENARIOS + 0.5) / SCENARIOS


@lru_cache(maxsize=32)
def draws(chances: tuple[tuple[float, float], ...]) -> tuple[tuple[tuple[bool, bool], ...], ...]:
    """For each scenario and each income: whether it comes, and whether it is late."""
    found = []
    for n in range(SCENARIOS):
        chance = random.Random(SEED + n)  # noqa: S311  (scenarios, not secrets)
        found.append(tuple((chance.random() < a, chance.random() < b) for a, b in chances))
    return tuple(found)


def chance_of_loss(plan: Plan) -> float:
    """How often less is left than there was at the start, when all is paid.

    The same scenarios as the table's; what is left in the end is the net of everything.
    """
    sales = plan.sales
    sure = sum(plan.net(cents, sales.rate) for _, cents in sales.past)
    sure -= sum(plan.net(cost.cents, cost.rate) for cost in plan.costs)
    each = sum(plan.net(cost.each, cost.rate) for cost in plan.costs)
    brings = plan.net(sales.price, sales.rate)
    incomes = [plan.net(income.cents, income.rate) for income in plan.incomes]
    losses = 0
    for n, came in enumerate(draws(tuple((i.chance, i.late) for i in plan.incomes))):
        final = sales.final(share_of(n))
        left = sure + max(0.0, final - sales.sold) * brings - each * final
        left += sum(cents for cents, (pays, _) in zip(incomes, came, strict=True) if pays)
        losses += left < -0.5
    return losses / SCENARIOS
