"""Two price ladders against each other: heads, money, surprise on the caterer's day, loss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cfp import clock
from cfp.budget import queries, service
from cfp.budget.cashflow import Plan, outlook
from cfp.budget.models import Purse
from cfp.catering.demand import Answer, Demand, Ladder, answer, warnings
from cfp.catering.models import ForecastSnapshot
from cfp.catering.service import looking
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets import queries as tickets

USUAL = 20_000  # cents for a ticket of which nothing is known
RISE = 1.2  # what a planned step is taken to raise, as its height is not known here


@dataclass(frozen=True)
class Compared:
    """The planned ladder and the wanted one, each with its answer and its chance of a loss."""

    planned: Ladder
    wanted: Ladder
    now: Answer
    then: Answer
    loss_now: float | None
    loss_then: float | None
    due: float
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What a comparison stands on: the last look ahead, the planned ladder, the money ahead.

    ``plan`` is there also without a purse, for the price; ``has_purse``: a loss is known.
    """

    demand: Demand
    planned: Ladder
    due: float
    plan: Plan
    has_purse: bool


def ground(conference: Conference, at: datetime) -> Ground | None:
    """None before the kitchen has looked ahead, or once the doors are open."""
    snapshot = looking.latest(conference)
    today = clock.local(at, conference.timezone).date()
    days = float((conference.starts_on - today).days)
    if snapshot is None or days < 1:
        return None
    result = snapshot.result
    steps = sorted(
        float((conference.starts_on - date.fromisoformat(d)).days) for d in result["steps"]
    )
    late = next((step for step in steps if step < days), None)
    numbers = result["tickets"]
    demand = Demand(
        days=days,
        sold=numbers["sold"],
        quantiles=(numbers["q10"], numbers["q50"], numbers["q90"]),
        steps=tuple(step for step in steps if step != late),
        capacity=result["capacity"],
    )
    purse = service.find_purse(conference)
    plan = _plan(conference, purse, snapshot, at)
    price = plan.sales.price or USUAL
    after = price if late is None else round(price * RISE / 100) * 100
    return Ground(demand, Ladder(price, after, late), result["due"], plan, purse is not None)


def _plan(
    conference: Conference, purse: Purse | None, snapshot: ForecastSnapshot, at: datetime
) -> Plan:
    costs = db.session.scalars(queries.costs(conference.id)).all() if purse else ()
    incomes = service.expected(conference, at) if purse else ()
    today = clock.local(at, conference.timezone).date()
    empty = Purse(conference_id=conference.id, opening_cents=0, opened_on=today)
    return service.plan_of(conference, purse or empty, costs, incomes, snapshot, at)


def compare(conference: Conference, stands: Ground, wanted: Ladder) -> Compared:
    """The same forecast under both ladders."""
    now, then = (
        answer(stands.demand, stands.planned, one, stands.due) for one in (stands.planned, wanted)
    )
    has_list = db.session.scalar(tickets.shop_of(conference)) is not None  # whoever sells here has
    return Compared(
        planned=stands.planned,
        wanted=wanted,
        now=now,
        then=then,
        loss_now=_loss(stands, now),
        loss_then=_loss(stands, then),
        due=stands.due,
        warnings=tuple(warnings(then, wanted, stands.due, waiting_list=has_list)),
    )


def _loss(stands: Ground, found: Answer) -> float | None:
    """The chance of a loss when so many buy at such prices; none without a purse."""
    if not stands.has_purse:
        return None
    demand, sold = stands.demand, stands.plan.sales.sold
    to_come = max(1, found.heads[1] - demand.sold)
    quantiles = tuple(
        (share, sold + max(0.0, float(heads - demand.sold)))
        for share, heads in zip((0.1, 0.5, 0.9), found.heads, strict=True)
    )
    sales = replace(stands.plan.sales, price=round(found.cents[1] / to_come), quantiles=quantiles)
    return outlook(replace(stands.plan, sales=sales)).chance_of_loss


def step_day(conference: Conference, step: float) -> date:
    return conference.starts_on - timedelta(days=step)
