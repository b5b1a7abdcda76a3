"""Two price ladders against each other: heads, money, surprise on the caterer's day, loss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cfp import clock
from cfp.budget import queries, service
from cfp.budget.cashflow import outlook
from cfp.budget.models import Purse
from cfp.catering import queries as kitchens
from cfp.catering.demand import Answer, Demand, Ladder, answer, warnings
from cfp.catering.models import ForecastSnapshot
from cfp.catering.service import looking
from cfp.catering.service.setting_up import due_on, find_kitchen
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets import queries as tickets

A_WEEK = 7.0
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
    """What a comparison stands on: the last look ahead, and the planned ladder."""

    demand: Demand
    planned: Ladder
    due: float


def ground(conference: Conference, at: datetime) -> Ground | None:
    """None before the kitchen has looked ahead, or once the doors are open."""
    snapshot, kitchen = looking.latest(conference), find_kitchen(conference)
    today = clock.local(at, conference.timezone).date()
    days = float((conference.starts_on - today).days)
    if snapshot is None or kitchen is None or days < 1:
        return None
    steps = sorted(
        float((conference.starts_on - date.fromisoformat(d)).days) for d in _steps(snapshot)
    )
    late = next((step for step in steps if step < days), None)
    numbers = snapshot.result["tickets"]
    demand = Demand(
        days=days,
        sold=numbers["sold"],
        quantiles=(numbers["q10"], numbers["q50"], numbers["q90"]),
        steps=tuple(step for step in steps if step != late),
        capacity=kitchen.capacity,
    )
    price = _price(conference, at)
    after = price if late is None else round(price * RISE / 100) * 100
    return Ground(demand, Ladder(price, after, late), _due(conference))


def compare(conference: Conference, stands: Ground, wanted: Ladder, at: datetime) -> Compared:
    """The same forecast under both ladders."""
    now, then = (
        answer(stands.demand, stands.planned, one, stands.due) for one in (stands.planned, wanted)
    )
    return Compared(
        planned=stands.planned,
        wanted=wanted,
        now=now,
        then=then,
        loss_now=_loss(conference, now, stands.demand, at),
        loss_then=_loss(conference, then, stands.demand, at),
        due=stands.due,
        warnings=tuple(
            warnings(then, wanted, stands.due, waiting_list=_has_a_waiting_list(conference))
        ),
    )


def _loss(conference: Conference, found: Answer, demand: Demand, at: datetime) -> float | None:
    """The chance of a loss when so many buy at such prices; none without a purse."""
    purse = service.find_purse(conference)
    if purse is None:
        return None
    costs, incomes = (
        db.session.scalars(q(conference.id)).all() for q in (queries.costs, queries.incomes)
    )
    plan = service.plan_of(conference, purse, costs, incomes, at)
    to_come = max(1, found.heads[1] - demand.sold)
    sales = replace(
        plan.sales,
        price=round(found.cents[1] / to_come),
        quantiles=tuple(
            (share, plan.sales.sold + max(0.0, float(heads - demand.sold)))
            for share, heads in zip((0.1, 0.5, 0.9), found.heads, strict=True)
        ),
    )
    return outlook(replace(plan, sales=sales)).chance_of_loss


def _has_a_waiting_list(conference: Conference) -> bool:
    """Whoever sells here has one."""
    return db.session.scalar(tickets.shop_of(conference)) is not None


def _price(conference: Conference, at: datetime) -> int:
    """What a ticket costs now: as the purse says, else as the last twenty did."""
    purse = service.find_purse(conference)
    if purse is not None and purse.ticket_cents:
        return purse.ticket_cents
    today = clock.local(at, conference.timezone).date()
    nothing = Purse(conference_id=conference.id, opening_cents=0, opened_on=today)
    return service.plan_of(conference, nothing, (), (), at).sales.price or 20_000


def _steps(snapshot: ForecastSnapshot) -> list[str]:
    steps: list[str] = snapshot.result["steps"]
    return steps


def _due(conference: Conference) -> float:
    days = [
        on for one in db.session.scalars(kitchens.caterers(conference.id)) if (on := due_on(one))
    ]
    return float((conference.starts_on - min(days)).days) if days else A_WEEK


def step_day(conference: Conference, step: float) -> date:
    return conference.starts_on - timedelta(days=step)
