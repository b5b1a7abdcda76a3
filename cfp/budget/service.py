"""What people do with the money ahead: what is in the purse, what is paid, what comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from cfp import clock
from cfp.budget import queries
from cfp.budget.cashflow import Cost, Income, Plan, Sales
from cfp.budget.models import BudgetCost, BudgetIncome, IncomeState, Purse
from cfp.catering import sales as tickets
from cfp.catering.models import ForecastSnapshot
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors.models import Agreement

Entry = TypeVar("Entry", BudgetCost, BudgetIncome)

# How often money in this state comes, and how often a month late: sponsors forget to pay.
CHANCES = {
    IncomeState.OFFERED: (0.4, 0.3),
    IncomeState.SIGNED: (0.95, 0.3),
    IncomeState.INVOICED: (0.97, 0.3),
    IncomeState.OVERDUE: (0.85, 1.0),
    IncomeState.PAID: (1.0, 0.0),
}
SHARES = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}
CATERING_PAID = 14  # days after the last meal


@dataclass(frozen=True)
class Expected:
    """Money from somebody; without a code it stands with the sponsors and is changed there."""

    name: str
    cents: int
    state: IncomeState
    due_on: date
    code: str = ""


def find_purse(conference: Conference) -> Purse | None:
    return db.session.scalar(queries.purse_of(conference.id))


def save_purse(
    conference: Conference, values: dict[str, Any], *, by: Person, at: datetime
) -> Purse:
    purse = find_purse(conference) or Purse(conference_id=conference.id)
    for name, value in values.items():
        setattr(purse, name, value)
    db.session.add(purse)
    db.session.flush()
    log("changed", purse, by=by, at=at)
    return purse


def save(entry: Entry, values: dict[str, Any], *, by: Person, at: datetime) -> Entry:
    """A cost or an income, new or changed."""
    is_new = entry.id is None
    for name, value in values.items():
        setattr(entry, name, value)
    db.session.add(entry)
    db.session.flush()
    log("added" if is_new else "changed", entry, by=by, at=at, name=entry.name)
    return entry


def remove(entry: BudgetCost | BudgetIncome, *, by: Person, at: datetime) -> None:
    log("removed", entry, by=by, at=at, name=entry.name)
    db.session.delete(entry)
    db.session.flush()


def plan_of(
    conference: Conference,
    purse: Purse,
    costs: Sequence[BudgetCost],
    incomes: Sequence[Expected],
    snapshot: ForecastSnapshot | None,
    at: datetime,
) -> Plan:
    """Everything that is known about the money of an edition on a day."""
    today = clock.local(at, conference.timezone).date()
    return Plan(
        start=purse.opened_on,
        end=_end(conference, costs, incomes),
        opening=purse.opening_cents,
        costs=(
            *(Cost(c.name, c.cents, c.due_on, per_head=c.per_head) for c in costs),
            *_meals(conference, snapshot),
        ),
        incomes=tuple(Income(i.name, i.cents, i.due_on, *CHANCES[i.state]) for i in incomes),
        sales=_sales(conference, purse, snapshot, today),
    )


def expected(conference: Conference, at: datetime) -> list[Expected]:
    """What comes in besides tickets: as noted here, and as sponsors have agreed."""
    noted = db.session.scalars(queries.incomes(conference.id)).all()
    agreed = db.session.scalars(queries.agreements(conference.id)).all()
    found = [Expected(i.name, i.cents, i.state, i.due_on, i.code) for i in noted]
    return sorted([*found, *(_of(one, at) for one in agreed)], key=lambda one: one.due_on)


def _of(agreement: Agreement, at: datetime) -> Expected:
    """An offer is due its days after it ends; what is signed and late is overdue."""
    zone = agreement.conference.timezone
    today = clock.local(at, zone).date()
    state, due = IncomeState(agreement.state.value), agreement.due_on
    if state is IncomeState.PAID and agreement.paid_at:
        due = clock.local(agreement.paid_at, zone).date()
    if due is None:
        ends = clock.local(agreement.valid_until, zone).date()
        due = ends + timedelta(agreement.net_days)
    if state is IncomeState.SIGNED and due < today:
        state, due = IncomeState.OVERDUE, today
    return Expected(agreement.sponsor.name, agreement.gross_cents, state, due)


def _end(conference: Conference, costs: Sequence[BudgetCost], incomes: Sequence[Expected]) -> date:
    days = [conference.ends_on + timedelta(CATERING_PAID), *(c.due_on for c in costs)]
    days += [i.due_on + timedelta(31) for i in incomes]
    return max(days)


def _meals(conference: Conference, snapshot: ForecastSnapshot | None) -> list[Cost]:
    """What the kitchen foresees, paid two weeks after the last day."""
    cents = snapshot.result.get("meals_cents", 0) if snapshot else 0
    due = conference.ends_on + timedelta(CATERING_PAID)
    return [Cost(MEALS, cents, due)] if cents else []


MEALS = "meals"  # the name of the line that the kitchen adds


def _sales(
    conference: Conference, purse: Purse, snapshot: ForecastSnapshot | None, today: date
) -> Sales:
    sold = [sale for sale in tickets.own_sales(conference) if sale.cents > 0]
    by_day: dict[date, int] = {}
    for sale in sold:
        day = clock.local(sale.ordered_at, conference.timezone).date()
        by_day[max(day, purse.opened_on)] = by_day.get(max(day, purse.opened_on), 0) + sale.cents
    price = purse.ticket_cents
    if price is None:
        price = round(sum(s.cents for s in sold[-20:]) / len(sold[-20:])) if sold else 0
    found = Sales(past=tuple(sorted(by_day.items())), sold=len(sold), price=price)
    if snapshot is None or today >= conference.starts_on:
        return found
    numbers = snapshot.result["tickets"]
    return replace(
        found,
        quantiles=tuple((share, numbers[name]) for name, share in SHARES.items()),
        arrival=arrival(snapshot.result["fan"], numbers["sold"], numbers["q50"]),
    )


def arrival(
    fan: Sequence[Sequence[Any]], sold: float, final: float
) -> tuple[tuple[date, float], ...]:
    """The share of those still to come that has come by each day of the forecast's fan."""
    width = max(1e-9, final - sold)
    return tuple(
        (date.fromisoformat(on), min(1.0, max(0.0, (likely - sold) / width)))
        for on, _low, likely, _high in fan
    )
