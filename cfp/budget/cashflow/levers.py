"""What would help: the same plan with selling opened earlier, sponsors sooner, a bill in parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cfp.budget.cashflow.outlook import break_even, lowest
from cfp.budget.cashflow.plan import Cost, Plan


@dataclass(frozen=True, slots=True)
class Worth:
    """Lowest cash of the middle line and its day, break-even in tickets, chance of a loss."""

    worst: int
    worst_on: date
    break_even: int | None
    loss: float


def worth(plan: Plan) -> Worth:
    worst_on, worst, loss = lowest(plan)
    return Worth(worst, worst_on, break_even(plan), loss)


def opened_earlier(plan: Plan, days: int, opens: date, doors: date) -> Plan:
    """Selling begins so many days earlier: the same tickets, each bought as much sooner.

    The whole curve between opening and doors is stretched; on the last day nothing changes.
    """
    span = max(1, (doors - opens).days)

    def was(day: date) -> date:
        return day + timedelta(days=round(days * max(0, (doors - day).days) / span))

    first = opens - timedelta(days=days)
    weeks = range(0, max(0, (opens - first).days), 7)
    dates = {day for day, _ in plan.sales.arrival} | {first + timedelta(n) for n in weeks}
    arrival = tuple(
        (day, plan.sales.arrived(was(day)) if day >= first else 0.0) for day in sorted(dates)
    )
    return replace(plan, sales=replace(plan.sales, arrival=arrival))


def paid_sooner(plan: Plan, days: int, today: date) -> Plan:
    """Whoever still has to pay does so that many days earlier, and not before today."""
    incomes = tuple(
        replace(one, due=max(min(one.due, today), one.due - timedelta(days=days)))
        if one.due > today
        else one
        for one in plan.incomes
    )
    return replace(plan, incomes=incomes)


def largest_bill(plan: Plan, today: date, doors: date) -> Cost | None:
    """The largest one that is still due before the doors."""
    ahead = [cost for cost in plan.costs if cost.cents and today <= cost.due < doors]
    return max(ahead, key=lambda cost: (cost.cents, cost.name), default=None)


def in_parts(plan: Plan, bill: Cost, percent: int, later: date) -> Plan:
    """So much of a bill is paid on a later day."""
    moved = round(bill.cents * percent / 100)
    parts = (replace(bill, cents=bill.cents - moved), replace(bill, cents=moved, due=later, each=0))
    at = plan.costs.index(bill)
    costs = (*plan.costs[:at], *(one for one in parts if one.cents or one.each))
    return replace(plan, costs=(*costs, *plan.costs[at + 1 :]))


def saved(plan: Plan, name: str, cents: int) -> Plan:
    """Less for what is called so."""
    costs = tuple(
        replace(cost, cents=max(0, cost.cents - cents)) if cost.name == name else cost
        for cost in plan.costs
    )
    return replace(plan, costs=costs)
