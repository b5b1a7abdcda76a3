"""How far forecasts of earlier editions were off: as they were said then, else asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cfp.catering import queries, sales
from cfp.catering.forecast import Edition, Situation
from cfp.catering.forecast.calibration import Judged, Kept, Record, record
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import ForecastSnapshot
from cfp.conference.models import Conference
from cfp.db import db

HORIZONS = (30, 14, 7)
NEAR = 4  # a forecast so many days earlier counts for the horizon


def judged(conference: Conference, editions: Sequence[Edition]) -> tuple[Judged, ...]:
    """The record that the next forecast begins with, the oldest edition first."""
    said = {(one.name, one.days): one for one in said_then(conference)}
    again = {(one.name, one.days): one for one in asked_again(editions)}
    names = [edition.name for edition in editions]
    found = [*{**again, **said}.values()]
    places = {name: n for n, name in enumerate(names)}
    return tuple(sorted(found, key=lambda one: (places.get(one.name, -1), -one.days)))


def said_then(conference: Conference) -> list[Judged]:
    """The kept forecasts of the editions before this one that were foreseen here."""
    found = []
    for before in sales.predecessors(conference):
        truth = sum(one.kind is TicketClass.PAID for one in sales.own_sales(before))
        snapshots = list(db.session.scalars(queries.daily_snapshots(before.id)))
        for days in HORIZONS:
            said = _nearest(snapshots, before.starts_on, days)
            if said is not None and truth:
                kept = Kept(said.q10, said.q50, said.q90, float(truth))
                found.append(Judged(before.name, days, kept, said=True))
    return found


def _nearest(
    snapshots: Sequence[ForecastSnapshot], doors: date, days: int
) -> ForecastSnapshot | None:
    """The forecast of that day, or the last one of the days before it."""
    before = {(doors - one.made_on).days: one for one in snapshots}
    return next((before[d] for d in range(days, days + NEAR) if d in before), None)


def asked_again(editions: Sequence[Edition]) -> list[Judged]:
    """Each edition from those before it, as it stood 30, 14 and 7 days before its doors."""
    from cfp.catering.forecast.tickets import forecast  # noqa: PLC0415  (NumPy: worker only)

    found = []
    for edition in editions:
        before = tuple(
            replace(one, age=one.age - edition.age) for one in editions if one.age > edition.age
        )
        for days in HORIZONS:
            asked = Situation(float(days), edition.points, edition.steps)
            if not asked.seen or edition.final <= 0 or edition.censored:
                continue
            answer = forecast(asked, before)
            kept = Kept(answer.q10, answer.q50, answer.q90, float(edition.final))
            found.append(Judged(edition.name, days, kept))
    return found


def widening(known: Sequence[Judged]) -> float:
    """By what factor intervals are stretched, because too few of the earlier ones covered."""
    found = record([one.kept for one in known])
    return found.widen if found else 1.0


def of_this_edition(
    snapshots: Sequence[tuple[date, float, float, float]], doors: date, final: int
) -> Record | None:
    """The record of this edition's own daily forecasts in its last thirty days."""
    kept = [
        Kept(low, likely, high, float(final))
        for on, low, likely, high in snapshots
        if 0 < (doors - on).days <= max(HORIZONS)
    ]
    return record(kept)
