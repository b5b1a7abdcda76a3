"""Two price ladders against each other: heads, money, surprise on the caterer's day, loss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cfp.budget.cashflow import Plan, chance_of_loss
from cfp.budget.service import planning
from cfp.budget.service.planning import Books
from cfp.catering import sales
from cfp.catering.demand import (
    HIGH,
    LOW,
    MIDDLE,
    Answer,
    Band,
    Demand,
    Ladder,
    answer,
    warnings,
)
from cfp.catering.forecast.noshow import TicketClass
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets import queries as tickets

USUAL = 20_000  # cents for a ticket of which nothing is known
RISE = 1.2  # what a planned step is taken to raise where its height is not known
ELASTICITIES = (LOW, MIDDLE, HIGH)
# An 80 % interval that covers 92 or 75 % is too wide or too narrow by these factors.
TRUE_WIDTHS = (0.73, 1.0, 1.11)


@dataclass(frozen=True)
class Column:
    """A ladder under one elasticity: what it brings, and how likely a loss is with it.

    ``loss`` is none without a purse; its band is how far the chance itself is known: by how many a
    step pulls, and by how well the forecast's intervals keep what they promise.
    """

    elasticity: float | None
    ladder: Ladder
    answer: Answer
    loss: Band | None


@dataclass(frozen=True)
class Compared:
    """The planned ladder, then the wanted one under each elasticity."""

    columns: tuple[Column, ...]
    due: float
    warnings: tuple[str, ...]

    @property
    def now(self) -> Column:
        return self.columns[0]

    @property
    def then(self) -> Column:
        """The wanted ladder under the elasticity in the middle."""
        return self.columns[2]


@dataclass(frozen=True)
class Ground:
    """What a comparison stands on: the last look ahead, the planned ladder, the money ahead.

    ``plan`` is there also without a purse, for the price; ``has_purse``: a loss is known;
    ``knows_height``: the shop says to what a planned step raises the price.
    """

    demand: Demand
    planned: Ladder
    due: float
    plan: Plan
    has_purse: bool
    knows_height: bool


def ground(conference: Conference, books: Books) -> Ground | None:
    """None before the kitchen has looked ahead, or once the doors are open."""
    snapshot = books.snapshot
    days = float((conference.starts_on - books.today).days)
    if snapshot is None or days < 1:
        return None
    result, numbers = snapshot.result, snapshot.result["tickets"]
    steps = sorted(
        float((conference.starts_on - date.fromisoformat(d)).days) for d in result["steps"]
    )
    late = next((step for step in steps if step < days), None)
    plan = planning.plan_of(conference, books)
    demand = Demand(
        days=days,
        sold=numbers["sold"],
        quantiles=tuple((share, numbers[name]) for name, share in planning.SHARES.items()),
        steps=tuple(step for step in steps if step != late),
        capacity=result["capacity"],
        paid=tuple(sorted(one.cents for one in books.sold if one.kind is TicketClass.PAID)),
    )
    price = plan.sales.price or USUAL
    known = None if late is None else sales.step_prices(conference).get(step_day(conference, late))
    planned, has_purse = _planned(late, price, known), books.purse is not None
    return Ground(demand, planned, result["due"], plan, has_purse, known is not None)


def _planned(step: float | None, price: int, known: tuple[int, int] | None) -> Ladder:
    """As the shop's own steps say; where selling is elsewhere, a step raises the price by RISE."""
    if step is None:
        return Ladder(price, price, None)
    before, after = known or (price, round(price * RISE / 100) * 100)
    return Ladder(before, after, step)


def compare(conference: Conference, stands: Ground, wanted: Ladder) -> Compared:
    """The same forecast under both ladders."""
    asked = [(None, stands.planned), *((e, wanted) for e in ELASTICITIES)]
    columns = tuple(_column(stands, ladder, elasticity) for elasticity, ladder in asked)
    has_list = db.session.scalar(tickets.shop_of(conference)) is not None  # whoever sells here has
    found = warnings(columns[2].answer, wanted, stands.due, waiting_list=has_list)
    return Compared(columns, stands.due, tuple(found))


def _column(stands: Ground, ladder: Ladder, elasticity: float | None) -> Column:
    middle = MIDDLE if elasticity is None else elasticity
    found = answer(stands.demand, stands.planned, ladder, stands.due, middle)
    return Column(elasticity, ladder, found, _loss(stands, found))


def _loss(stands: Ground, found: Answer) -> Band | None:
    """The chance of a loss when so many buy at such prices; none without a purse."""
    if not stands.has_purse:
        return None
    middle = [_chance(stands, found, price, 1.0) for price in found.price.ends()]
    others = [_chance(stands, found, found.price.likely, width) for width in TRUE_WIDTHS]
    return Band(min(*middle, *others), middle[1], max(*middle, *others))


def _chance(stands: Ground, found: Answer, price: float, width: float) -> float:
    sold, likely = stands.plan.sales.sold, found.heads.likely
    more = [(share, likely + (n - likely) * width) for share, n in found.finals]
    quantiles = tuple((share, sold + max(0.0, n - stands.demand.sold)) for share, n in more)
    sales_then = replace(stands.plan.sales, price=round(price), quantiles=quantiles)
    return chance_of_loss(replace(stands.plan, sales=sales_then))


def step_day(conference: Conference, step: float) -> date:
    return conference.starts_on - timedelta(days=step)
