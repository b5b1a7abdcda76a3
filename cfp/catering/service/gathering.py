"""What is known about an edition on a day, put together for the look ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cfp import clock
from cfp.catering import queries, sales
from cfp.catering.forecast import Count, Edition, Situation
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import Kitchen, Meal
from cfp.catering.outlook.known import Known, Served, curve
from cfp.catering.portions.diets import learnt as learnt_diets
from cfp.catering.sales import SoldEdition
from cfp.catering.service.accuracy import judged, widening
from cfp.catering.service.admitted import admitted
from cfp.catering.service.setting_up import due_on, factor_of
from cfp.catering.sold import Sale
from cfp.conference.models import Conference
from cfp.db import db

YEAR = 365.25
WEEKS_BEFORE = 400  # days of a booking curve that are looked at


def gather(conference: Conference, kitchen: Kitchen, on: date, ahead: float = 0.0) -> Known:
    """Everything up to and with that day, in the conference's own days.

    ``ahead`` is the part of that day which is still to come: at night the day has sold nothing yet.
    """
    zone = ZoneInfo(conference.timezone)
    doors = conference.starts_on
    files = sales.read_files(conference)
    past = sales.earlier(conference, files)
    until = [sale for sale in sales.own_sales(conference, files) if _day(sale, zone) <= on]
    paid = [sale for sale in until if sale.kind is TicketClass.PAID]
    editions = tuple(as_edition(one, doors, zone) for one in past)
    known = judged(conference, editions)
    return Known(
        today=on,
        doors=doors,
        situation=Situation(
            days=(doors - on).days + ahead,
            points=_so_far(points(paid, doors, on, zone), ahead),
            steps=_steps(planned_steps(conference, kitchen), doors),
            capacity=kitchen.capacity,
            target=kitchen.target,
            refunds=sales.may_lapse(conference),
            sale_ends=_before(kitchen.sale_ends_on or sales.ends_on(conference), doors),
            paused=sales.rests(conference, _evening(conference, on)),
        ),
        earlier=editions,
        channels=admitted(
            kitchen,
            until,
            past,
            doors,
            zone,
            sales.open_codes(conference, _evening(conference, on)),
            lapsed=kitchen.claim_by is not None and on > kitchen.claim_by,
        ),
        meals=tuple(
            _served(meal, doors) for meal in db.session.scalars(queries.meals(conference.id))
        ),
        due=_due(conference),
        factor=factor_of(kitchen),
        widen=widening(known),
        judged=known,
        answered=sales.answered_diets(conference),
        eaten=learnt_diets(sales.earlier_diets(conference)),
    )


def points(sold: Sequence[Sale], doors: date, until: date, zone: ZoneInfo) -> tuple[Count, ...]:
    """Counts at the end of each day from the first sale on; none where nothing is known."""
    if not sold:
        return ()
    local = [_local(sale, zone) for sale in sold]
    first = max(min(sale.ordered_at.date() for sale in local), doors - timedelta(WEEKS_BEFORE))
    days = [first + timedelta(n) for n in range(max(0, (until - first).days) + 1)]
    return tuple(Count(before, count) for before, count in curve(local, doors, days))


def _so_far(counts: tuple[Count, ...], ahead: float) -> tuple[Count, ...]:
    """The last count is not of the end of its day; as the day begins it is the day before's."""
    if not counts:
        return ()
    last = replace(counts[-1], days=counts[-1].days + ahead)
    return (*(one for one in counts[:-1] if one.days > last.days), last)


def as_edition(one: SoldEdition, doors: date, zone: ZoneInfo) -> Edition:
    """An earlier edition's paid tickets as a curve."""
    starts_on = one.starts_on
    paid = [sale for sale in one.sales if sale.kind is TicketClass.PAID]
    return Edition(
        name=one.name,
        points=points(paid, starts_on, starts_on, zone),
        final=len(paid),
        age=(doors - starts_on).days / YEAR,
        steps=_steps(one.steps, starts_on),
        censored=one.sold_out,
    )


def _evening(conference: Conference, on: date) -> datetime:
    """The last moment of a day at the conference."""
    return clock.from_wall(datetime.combine(on, time.max), conference.timezone)


def _served(meal: Meal, doors: date) -> Served:
    caterer = meal.caterer
    shortage = caterer.shortage_cents
    return Served(
        code=meal.code,
        name=meal.name,
        on=meal.served_on,
        day=(meal.served_on - doors).days,
        present_percent=meal.present_percent,
        eat_percent=meal.eat_percent,
        price=meal.price_cents,
        shortage=2 * meal.price_cents if shortage is None else shortage,
        tolerance=caterer.tolerance,
        in_percent=caterer.in_percent,
    )


def _due(conference: Conference) -> float:
    """How many days before the doors the first caterer has to know; a week where none is known."""
    days = [
        on for one in db.session.scalars(queries.caterers(conference.id)) if (on := due_on(one))
    ]
    return float((conference.starts_on - min(days)).days) if days else 7.0


def planned_steps(conference: Conference, kitchen: Kitchen) -> list[date]:
    """The days of the shop's own price steps, and those that the organisers named."""
    named = {date.fromisoformat(day) for day in kitchen.steps}
    return sorted(named | set(sales.step_days(conference)))


def _steps(days: Sequence[date], doors: date) -> tuple[float, ...]:
    return tuple(float((doors - day).days) for day in sorted(days))


def _before(on: date | None, doors: date) -> float | None:
    return None if on is None else max(0.0, float((doors - on).days))


def _local(sale: Sale, zone: ZoneInfo) -> Sale:
    moved: datetime = sale.ordered_at.astimezone(zone)
    return replace(sale, ordered_at=moved)


def _day(sale: Sale, zone: ZoneInfo) -> date:
    return sale.ordered_at.astimezone(zone).date()
