"""What would help: each lever alone and all together, in the trough, break-even and the loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from cfp import clock
from cfp.budget.cashflow import Plan
from cfp.budget.cashflow.levers import (
    Worth,
    in_parts,
    largest_bill,
    opened_earlier,
    paid_sooner,
    saved,
    worth,
)
from cfp.budget.service import comparing
from cfp.budget.service.comparing import Ground
from cfp.budget.service.planning import CATERING_PAID, MEALS, Books
from cfp.catering.demand import Ladder, answer
from cfp.catering.demand.ladder import arrival
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import amount
from cfp.tickets import queries as tickets

Move = Callable[[Plan], Plan]


@dataclass(frozen=True)
class Sizes:
    """How far each lever is moved: days, days, and percent of the largest bill."""

    opening: int = 30
    sponsors: int = 30
    part: int = 50


@dataclass(frozen=True)
class Lever:
    """What can be done and what it is worth; ``now`` is without it, ``then`` with it."""

    key: str
    now: Worth
    then: Worth
    about: str = ""  # the bill, the day of the step


def levers(conference: Conference, books: Books, sizes: Sizes) -> list[Lever]:
    """Those that can be moved now, and last all of them; none without a purse or a forecast.

    A late step that is planned already stands first, by what would be without it.
    """
    stands = comparing.ground(conference, books)
    if stands is None or books.snapshot is None or not stands.has_purse:
        return []
    worths = books.snapshot.result["levers"]
    saves = {name: one["cents"] for name, one in worths.items()}
    moves = _moves(conference, stands, sizes, books.today, saves)
    now, plan = worth(stands.plan), stands.plan
    found = [_planned(conference, stands, now)] if stands.planned.rises else []
    for key, about, move in moves:
        found.append(Lever(key, now, worth(move(stands.plan)), about))
        plan = move(plan)
    return [*found, Lever("all", now, worth(plan))] if moves else found


def _planned(conference: Conference, stands: Ground, now: Worth) -> Lever:
    before, step = stands.planned.before, stands.planned.step or 0.0
    without = Ladder(before, before, None)
    plan = _laddered(stands.plan, stands, without, conference.starts_on, 0)
    on = comparing.step_day(conference, step).isoformat()
    return Lever("without", now, worth(plan), on)


def _moves(
    conference: Conference, stands: Ground, sizes: Sizes, today: date, saves: Mapping[str, int]
) -> list[tuple[str, str, Move]]:
    """The kitchen's levers, then the treasurer's."""
    doors = conference.starts_on
    moves: list[tuple[str, str, Move]] = []
    planned, step = stands.planned, _good_step(stands)
    if not planned.rises and step is not None:
        on = comparing.step_day(conference, step).isoformat()
        price = round(planned.before * comparing.RISE / 100) * 100
        wanted = Ladder(planned.before, price, step)
        moves.append(
            ("step", on, lambda plan: _laddered(plan, stands, wanted, doors, saves["step"]))
        )
    moves += [
        (name, "", lambda plan, name=name: saved(plan, MEALS, saves[name]))  # type: ignore[misc]
        for name in ("claims", "mail")
        if saves[name] >= 100
    ]
    shop = db.session.scalar(tickets.shop_of(conference))
    opens = clock.local(shop.opens_at, conference.timezone).date() if shop else None
    if opens is not None and opens > today and sizes.opening:
        ahead = min(sizes.opening, (opens - today).days)
        moves.append(("opening", "", lambda plan: opened_earlier(plan, ahead, opens, doors)))
    if any(one.due > today for one in stands.plan.incomes) and sizes.sponsors:
        moves.append(("sponsors", "", lambda plan: paid_sooner(plan, sizes.sponsors, today)))
    bill = largest_bill(stands.plan, today, doors)
    if bill is not None and sizes.part:
        later = conference.ends_on + timedelta(days=CATERING_PAID)
        moves.append(("part", bill.name, lambda plan: in_parts(plan, bill, sizes.part, later)))
    return moves


def _good_step(stands: Ground) -> float | None:
    """A week before the caterer has to know, 25 to 15 days before; none where that is past."""
    best = min(25.0, max(15.0, stands.due + 7))
    return best if best < stands.demand.days else None


def _laddered(plan: Plan, stands: Ground, wanted: Ladder, doors: date, saves: int) -> Plan:
    """With another ladder: when they buy, how many, at which price; and a surer kitchen."""
    planned = stands.planned
    now, then = (answer(stands.demand, planned, one, stands.due) for one in (planned, wanted))
    days = [day for day, _ in plan.sales.arrival]
    shares = arrival(stands.demand, wanted, [float((doors - day).days) for day in days])
    extra = plan.sales.sold - stands.demand.sold
    sales = replace(
        plan.sales,
        price=round(plan.sales.price * then.price.likely / max(1.0, now.price.likely)),
        quantiles=tuple((share, heads + extra) for share, heads in then.finals),
        arrival=tuple(zip(days, shares, strict=True)),
    )
    return saved(replace(plan, sales=sales), MEALS, saves)


def as_table(found: Sequence[Lever]) -> tuple[list[str], list[list[Any]]]:
    """The levers for a spreadsheet; the first line is as planned."""
    known = [(one.key, one.then) for one in found]
    lines = [("as planned", found[0].now), *known] if found else []
    rows: list[list[Any]] = [
        [key, amount(one.worst), one.worst_on, one.break_even, round(one.loss, 4)]
        for key, one in lines
    ]
    return ["lever", "lowest_cash_eur", "on", "break_even_tickets", "loss_share"], rows
