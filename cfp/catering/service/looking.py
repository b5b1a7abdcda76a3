"""The look ahead: once a day by itself, and again by hand when something has changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from cfp import clock
from cfp.catering import queries
from cfp.catering.forecast.calibration import record
from cfp.catering.forecast.steps import late_step
from cfp.catering.models import ForecastSnapshot, Kitchen
from cfp.catering.outlook.known import MODEL, Known
from cfp.catering.service.gathering import gather
from cfp.conference.models import Conference
from cfp.db import db

LONG_BEFORE, LONG_AFTER = 365, 1  # days around the doors in which a day's forecast is made


def latest(conference: Conference) -> ForecastSnapshot | None:
    return db.session.scalar(queries.latest_snapshot(conference.id))


def look_ahead(
    conference: Conference, kitchen: Kitchen, at: datetime, *, again: bool = False
) -> ForecastSnapshot:
    """The day's snapshot, made if there is none; ``again`` makes another if anything changed."""
    on = clock.local(at, conference.timezone).date()
    last = latest(conference)
    is_todays = last is not None and last.made_on == on
    if last is not None and is_todays and not again:
        return last
    known = gather(conference, kitchen, on, _still_ahead(at, conference.timezone))
    digest = known.digest()
    if last is not None and is_todays and last.inputs_hash == digest:
        return last
    number = last.number + 1 if last is not None and is_todays else 1
    return _keep(conference, kitchen, known, digest, number, at)


def _still_ahead(at: datetime, zone: str) -> float:
    """How much of the conference's day is still to come, in quarters: sales go on until night."""
    wall = clock.local(at, zone)
    passed = (wall.hour + wall.minute / 60) / 24
    return round((1 - passed) * 4) / 4


def _keep(
    conference: Conference,
    kitchen: Kitchen,
    known: Known,
    digest: str,
    number: int,
    at: datetime,
) -> ForecastSnapshot:
    from cfp.catering.outlook.ahead import look  # noqa: PLC0415  (NumPy: worker only)

    result = look(known)
    tickets = result["tickets"]
    result["points"] = [[count.days, count.sold] for count in known.situation.points]
    result["earlier"] = [
        {
            "name": edition.name,
            "final": edition.final,
            "points": [[count.days, count.sold] for count in edition.points],
        }
        for edition in known.earlier
    ]
    doors = conference.starts_on
    steps = [doors - timedelta(days=days) for days in known.situation.steps]
    result["due"], result["capacity"] = known.due, kitchen.capacity
    result["steps"] = [day.isoformat() for day in sorted(steps)]
    late = late_step(known.situation.steps)
    result["late_steps"] = [] if late is None else [(doors - timedelta(days=late)).isoformat()]
    result["asked_again"] = [
        {"name": one.name, "days": one.days, "said": one.said, **asdict(one.kept)}
        for one in known.judged
    ]
    found = record([one.kept for one in known.judged])
    result["record"] = asdict(found) if found else None
    snapshot = ForecastSnapshot(
        conference_id=conference.id,
        made_on=known.today,
        number=number,
        made_at=at,
        model=MODEL,
        inputs_hash=digest,
        sold=tickets["sold"],
        q10=tickets["q10"],
        q50=tickets["q50"],
        q90=tickets["q90"],
        result=result,
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def is_due(conference: Conference, on: date) -> bool:
    """Whether a forecast of that day says anything: not years before, not weeks after."""
    return -LONG_AFTER <= (conference.starts_on - on).days <= LONG_BEFORE
