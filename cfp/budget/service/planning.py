"""The plan of the money: what is noted, what sponsors agreed to, what the kitchen foresees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from cfp import clock
from cfp.budget import queries
from cfp.budget.cashflow import LATE, Cost, Income, Plan, Returns, Sales
from cfp.budget.models import BudgetCost, IncomeState, Purse, VatReturn
from cfp.budget.service.entries import find_purse
from cfp.catering import sales as tickets
from cfp.catering.models import ForecastSnapshot
from cfp.catering.portions.deadline import holidays_of
from cfp.catering.service import looking
from cfp.catering.sold import Sale
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sponsors.models import Agreement

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
    rate: int = 0
    code: str = ""


@dataclass(frozen=True)
class Books:
    """All that is known about the money of an edition on a day, read once."""

    at: datetime
    today: date
    purse: Purse | None
    costs: Sequence[BudgetCost]
    incomes: Sequence[Expected]
    snapshot: ForecastSnapshot | None
    sold: Sequence[Sale]


def open_books(conference: Conference, at: datetime) -> Books:
    """Costs and incomes only where there is a purse that they move."""
    purse = find_purse(conference)
    return Books(
        at=at,
        today=clock.local(at, conference.timezone).date(),
        purse=purse,
        costs=db.session.scalars(queries.costs(conference.id)).all() if purse else (),
        incomes=expected(conference, at) if purse else (),
        snapshot=looking.latest(conference),
        sold=tickets.own_sales(conference),
    )


def plan_of(conference: Conference, books: Books) -> Plan:
    """What moves the cash; without a purse from nothing, for the price of a ticket only."""
    empty = Purse(conference_id=conference.id, opening_cents=0, opened_on=books.today)
    purse, snapshot = books.purse or empty, books.snapshot
    return Plan(
        start=purse.opened_on,
        end=_end(conference, books.costs, books.incomes),
        opening=purse.opening_cents,
        costs=(
            *(_cost(one) for one in books.costs),
            *_meals(conference, purse, snapshot),
        ),
        incomes=tuple(
            Income(i.name, i.cents, i.due_on, *CHANCES[i.state], rate=i.rate) for i in books.incomes
        ),
        sales=_sales(conference, purse, books),
        returns=_returns(purse, conference),
    )


def _cost(one: BudgetCost) -> Cost:
    if one.per_head:
        return Cost(one.name, 0, one.due_on, each=one.cents, rate=one.rate)
    return Cost(one.name, one.cents, one.due_on, rate=one.rate)


def _returns(purse: Purse, conference: Conference) -> Returns | None:
    """How VAT is paid; on days on which all of Germany works."""
    if purse.vat_return in {None, VatReturn.NONE}:
        return None
    years = range(purse.opened_on.year, conference.ends_on.year + 2)
    months = 3 if purse.vat_return is VatReturn.QUARTERLY else 1
    return Returns(months, purse.vat_extended, holidays_of("DE", years))


def expected(conference: Conference, at: datetime) -> list[Expected]:
    """What comes in besides tickets: as noted here, and as sponsors have agreed."""
    noted = db.session.scalars(queries.incomes(conference.id)).all()
    agreed = db.session.scalars(queries.agreements(conference.id)).all()
    found = [Expected(i.name, i.cents, i.state, i.due_on, i.rate, i.code) for i in noted]
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
    name, gross = agreement.sponsor.name, agreement.gross_cents
    rate = round(agreement.tax_cents * 10_000 / agreement.net_cents) if agreement.net_cents else 0
    return Expected(name, gross, state, due, rate)


def _end(conference: Conference, costs: Sequence[BudgetCost], incomes: Sequence[Expected]) -> date:
    days = [conference.ends_on + timedelta(CATERING_PAID), *(c.due_on for c in costs)]
    days += [i.due_on + timedelta(LATE + 1) for i in incomes]
    return max(days)


def _meals(conference: Conference, purse: Purse, snapshot: ForecastSnapshot | None) -> list[Cost]:
    """What the kitchen foresees, paid two weeks after the last day; more tickets eat more."""
    result = snapshot.result if snapshot else {}
    cents, each = result.get("meals_cents", 0), result.get("meals_each", 0)
    due = conference.ends_on + timedelta(CATERING_PAID)
    if not cents:
        return []
    likely = result["tickets"]["q50"]
    each = min(each, int(cents / max(1.0, likely)))
    fixed = cents - round(each * likely)
    return [Cost(MEALS, fixed, due, each=each, rate=purse.meal_rate or 0)]


MEALS = "meals"  # the name of the line that the kitchen adds


def _sales(conference: Conference, purse: Purse, books: Books) -> Sales:
    sold = [sale for sale in books.sold if sale.cents > 0]
    by_day: dict[date, int] = {}
    for sale in sold:
        day = clock.local(sale.ordered_at, conference.timezone).date()
        by_day[max(day, purse.opened_on)] = by_day.get(max(day, purse.opened_on), 0) + sale.cents
    price = purse.ticket_cents
    if price is None:
        price = round(sum(s.cents for s in sold[-20:]) / len(sold[-20:])) if sold else 0
    past = tuple(sorted(by_day.items()))
    found = Sales(past=past, sold=len(sold), price=price, rate=purse.ticket_rate or 0)
    if books.snapshot is None or books.today >= conference.starts_on:
        return found
    numbers = books.snapshot.result["tickets"]
    return replace(
        found,
        quantiles=tuple((share, numbers[name]) for name, share in SHARES.items()),
        arrival=arrival(books.snapshot.result["fan"], numbers["sold"], numbers["q50"]),
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
