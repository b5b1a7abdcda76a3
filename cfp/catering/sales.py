"""Where the tickets of an edition are read: the one place that knows who sells them.

An edition that is sold here has orders. One that is sold elsewhere has a file: the past edition
that starts on this edition's own first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cfp import clock
from cfp.catering import admissions, queries
from cfp.catering.demand.tiers import Rung
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import PastEdition, PastSale
from cfp.catering.portions.diets import GLUTEN_FREE, Answers
from cfp.catering.sold import Sale
from cfp.catering.sold.sale import class_of
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.models import DueTo
from cfp.tickets.queries import shop_of
from cfp.tickets.service.statistics import Sales, sold_elsewhere

YEAR = 365.25
LAPSE = 0.2  # of orders that are not paid yet, whose time runs out (assumed)
GENERATIONS = 8  # editions behind this one that are looked at
OF_DUE = {
    DueTo.SPEAKER: TicketClass.SPEAKER,
    DueTo.CREW: TicketClass.CREW,
    DueTo.SPONSOR: TicketClass.SPONSOR,
    DueTo.GUEST: TicketClass.CODE,
}


@dataclass(frozen=True)
class SoldEdition:
    """An edition with its tickets, in the order in which they were sold."""

    name: str
    starts_on: date
    steps: tuple[date, ...]
    sold_out: bool
    sales: tuple[Sale, ...]


def own_sales(
    conference: Conference, imported: Sequence[SoldEdition] | None = None
) -> tuple[Sale, ...]:
    """What this edition has sold so far, here or else by its file, read if it is not given."""
    here = _sold_here(conference)
    if here:
        return here
    files = read_files(conference, conference.starts_on) if imported is None else imported
    return next((one.sales for one in files if one.starts_on == conference.starts_on), ())


def earlier(conference: Conference, imported: Sequence[SoldEdition]) -> list[SoldEdition]:
    """The editions before this one, oldest first: sold here, or by files, theirs and this one's."""
    found: dict[date, SoldEdition] = {}
    for before in predecessors(conference)[::-1]:
        found |= {one.starts_on: _called(one, before) for one in read_files(before)}
        sales = _sold_here(before)
        if sales:
            steps = tuple(step_days(before))
            found[before.starts_on] = SoldEdition(
                before.name, before.starts_on, steps, sold_out=False, sales=sales
            )
    found |= {one.starts_on: one for one in imported}
    return [found[day] for day in sorted(found) if day < conference.starts_on]


@sold_elsewhere
def from_files(conference: Conference) -> list[Sales]:
    """The files of those that this edition follows, oldest first, and then its own."""
    editions = [*predecessors(conference)[::-1], conference]
    found: dict[int, dict[int, Sales]] = {one.id: {} for one in editions}
    zones = {one.id: one.timezone for one in editions}
    rows = db.session.execute(queries.past_moments([*found]))
    for whose, edition_id, name, starts_on, moment, number in rows:
        sales = Sales(name, starts_on, zones[whose])
        found[whose].setdefault(edition_id, sales).moments.append((moment, number))
    return [sales for files in found.values() for sales in files.values()]


def _called(one: SoldEdition, before: Conference) -> SoldEdition:
    """A file that is the edition's own bears its name."""
    return replace(one, name=before.name) if one.starts_on == before.starts_on else one


def read_files(conference: Conference, only: date | None = None) -> list[SoldEdition]:
    """All that was imported for this edition, oldest first; or what starts on that day only."""
    select = queries.past_editions(conference.id)
    if only is not None:
        select = select.where(PastEdition.starts_on == only)
    editions = db.session.scalars(select).all()[::-1]
    if not editions:
        return []
    sales: dict[int, list[Sale]] = {edition.id: [] for edition in editions}
    rows = db.session.execute(
        queries.past_sales(list(sales)).with_only_columns(
            PastSale.edition_id,
            PastSale.ordered_at,
            PastSale.kind,
            PastSale.cents,
            PastSale.product,
            PastSale.tier,
            PastSale.came,
        )
    )
    for edition_id, at, kind, cents, product, tier, came in rows:
        sales[edition_id].append(Sale(at, kind, cents, product, tier, came))
    return [
        SoldEdition(
            one.name,
            one.starts_on,
            tuple(date.fromisoformat(day) for day in one.steps),
            one.sold_out,
            tuple(sales[one.id]),
        )
        for one in editions
    ]


def step_days(conference: Conference) -> list[date]:
    """The days on which a price of an admission ends and a higher one follows."""
    zone = ZoneInfo(conference.timezone)
    ends: set[datetime] = set(db.session.scalars(admissions.steps(conference.id)))
    return sorted({end.astimezone(zone).date() for end in ends})


def step_prices(conference: Conference) -> dict[date, tuple[int, int]]:
    """The price before and after each step of the shop, by its day; the largest product counts."""
    zone = ZoneInfo(conference.timezone)
    rows = db.session.execute(admissions.step_prices(conference.id))
    return {end.astimezone(zone).date(): (before, after) for end, before, after in rows}


def ladders(conference: Conference) -> list[list[Rung]]:
    """The prices of the shop with what they brought: a ladder for each product and audience."""
    found: dict[tuple[int, int | None], list[Rung]] = {}
    for tier, product, sold, came in db.session.execute(admissions.tiers(conference.id)):
        left = None if tier.at_most is None else max(0, tier.at_most - tier.taken)
        rung = Rung(
            product,
            tier.name,
            tier.cents,
            sold,
            came,
            starts=_days_before(tier.starts_at, conference),
            ends=_days_before(tier.ends_at, conference),
            left=0 if tier.over_at else left,
        )
        found.setdefault((tier.product_id, tier.audience_id), []).append(rung)
    return list(found.values())


def _days_before(moment: datetime | None, conference: Conference) -> float | None:
    if moment is None:
        return None
    on = moment.astimezone(ZoneInfo(conference.timezone)).date()
    return float((conference.starts_on - on).days)


def open_codes(conference: Conference, at: datetime) -> int:
    """Free tickets that are due to somebody and not yet claimed, as long as they can be."""
    return db.session.scalar(admissions.unclaimed(conference.id, at)) or 0


def may_lapse(conference: Conference) -> int:
    """How many of the tickets that are not paid yet will probably be given back."""
    return round(LAPSE * (db.session.scalar(admissions.unpaid(conference.id)) or 0))


def ends_on(conference: Conference) -> date | None:
    """The last day on which the shop sells, if there is a shop."""
    shop = db.session.scalar(shop_of(conference))
    return clock.local(shop.closes_at, conference.timezone).date() if shop else None


def rests(conference: Conference, at: datetime) -> bool:
    """Whether the shop sells no admission now: not yet open, or taken from sale."""
    shop = db.session.scalar(shop_of(conference))
    if shop is None or at > shop.closes_at:
        return False
    return at < shop.opens_at or not db.session.scalar(admissions.on_sale(conference.id))


def answered_diets(conference: Conference) -> dict[str, int]:
    """How many ticket holders told what they eat, by diet; who wrote of gluten is of that one."""
    found: dict[str, int] = {}
    for diet, gluten, count in db.session.execute(admissions.diets(conference.id)):
        name = GLUTEN_FREE if gluten else diet.value
        found[name] = found.get(name, 0) + count
    return found


def earlier_diets(conference: Conference) -> list[Answers]:
    """What the people of the editions before this one ate, where their tickets were sold here."""
    return [
        Answers(told, (conference.starts_on - before.starts_on).days / YEAR)
        for before in predecessors(conference)
        if (told := answered_diets(before)) and before.starts_on < conference.starts_on
    ]


def _sold_here(conference: Conference) -> tuple[Sale, ...]:
    rows = db.session.execute(admissions.sold(conference.id)).all()
    kept_count = any(row.came for row in rows)
    return tuple(
        Sale(
            ordered_at=row.at,
            kind=OF_DUE.get(row.due_to)
            or class_of(row.product, row.cents, by_voucher=row.voucher_id is not None),
            cents=row.cents,
            product=row.product,
            tier=row.tier or "",
            came=bool(row.came) if kept_count else None,
            days=tuple(date.fromisoformat(day) for day in row.days),
        )
        for row in rows
    )


def predecessors(conference: Conference) -> list[Conference]:
    """The edition before this one, the one before that, and so on."""
    found: list[Conference] = []
    seen, at = {conference.id}, conference.id
    while len(found) < GENERATIONS:
        before = db.session.scalar(admissions.followed(at))
        if before is None or before.id in seen:
            break
        found.append(before)
        seen.add(before.id)
        at = before.id
    return found
