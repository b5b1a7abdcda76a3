"""When speakers can be there: half a day at a time, and by the hour where that matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions import queries
from cfp.submissions.models import Availability, Degree

NOON = time(13)  # where the lunch of most conferences lies


class Part(Enum):
    """Half a day of the conference."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


Half = tuple[date, Part]
Hour = tuple[date, int]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Stretch:
    """From when to when, and how far somebody can be there."""

    starts_at: datetime
    ends_at: datetime
    degree: Degree


def halves(conference: Conference) -> list[Half]:
    return [(day, part) for day in conference.days for part in Part]


def bounds(half: Half, zone: str) -> tuple[datetime, datetime]:
    """From when to when half a day lasts on the conference's clock."""
    day, part = half
    midnight, noon = datetime.combine(day, time()), datetime.combine(day, NOON)
    first, last = (midnight, noon) if part is Part.MORNING else (noon, midnight + timedelta(days=1))
    return clock.from_wall(first, zone), clock.from_wall(last, zone)


def hours_of(half: Half) -> list[Hour]:
    """The hours of half a day, by the clock of the conference."""
    day, part = half
    return [(day, n) for n in (range(NOON.hour) if part is Part.MORNING else range(NOON.hour, 24))]


def hour_bounds(hour: Hour, zone: str) -> Span:
    """From when to when an hour lasts; none on the night in which it does not exist."""
    wall = datetime.combine(hour[0], time(hour[1]))
    return clock.from_wall(wall, zone), clock.from_wall(wall + timedelta(hours=1), zone)


def availability_of(person: Person, conference: Conference) -> dict[Half, Degree]:
    """What the person said, half by half; the worst that touches a half counts for all of it."""
    rows = db.session.scalars(queries.availability(person, conference)).all()
    found: dict[Half, Degree] = {}
    for half in halves(conference):
        first, last = bounds(half, conference.timezone)
        said = {row.degree for row in rows if row.starts_at < last and row.ends_at > first}
        if said:
            found[half] = Degree.NO if Degree.NO in said else Degree.IF_NEED_BE
    return found


def set_availability(
    person: Person, conference: Conference, said: dict[Half, Degree], *, at: datetime
) -> None:
    """Write down what the form says of each half. What it says already stays, to the minute."""
    known = availability_of(person, conference)
    new = {half for half in halves(conference) if said.get(half) != known.get(half)}
    if not new:
        return
    kept = _outside(_stretches(person, conference), [bounds(h, conference.timezone) for h in new])
    told = [Stretch(*bounds(h, conference.timezone), said[h]) for h in new if h in said]
    _rewrite(person, conference, [*kept, *told], at)


@dataclass(frozen=True)
class Exactly:
    """Half by half, and the hours in which somebody cannot although the half says otherwise."""

    halves: dict[Half, Degree]
    hours: frozenset[Hour] = frozenset()


def exactly(person: Person, conference: Conference) -> Exactly:
    """What the person said, to the hour; an hour that is touched by a no counts whole."""
    found, zone = _stretches(person, conference), conference.timezone
    wanted: dict[Half, Degree] = {}
    hours: set[Hour] = set()
    for half in halves(conference):
        touched = _touching(found, bounds(half, zone))
        never = {h for h in hours_of(half) if _is_no(_touching(touched, hour_bounds(h, zone)))}
        if len(never) == len(hours_of(half)):
            wanted[half] = Degree.NO
            continue
        hours |= never
        if any(one.degree is Degree.IF_NEED_BE for one in touched):
            wanted[half] = Degree.IF_NEED_BE
    return Exactly(wanted, frozenset(hours))


def set_exactly(person: Person, conference: Conference, said: Exactly, *, at: datetime) -> None:
    """Write down halves and hours; who says the same again changes nothing, to the minute."""
    if said == exactly(person, conference):
        return
    zone = conference.timezone
    told = [Stretch(*bounds(half, zone), degree) for half, degree in said.halves.items()]
    never = [hour_bounds(hour, zone) for hour in said.hours]
    whole = [bounds(half, zone) for half in halves(conference)]
    elsewhere = _outside(_stretches(person, conference), whole)
    no = [Stretch(*one, Degree.NO) for one in never]
    _rewrite(person, conference, [*elsewhere, *_outside(told, never), *no], at)


def _stretches(person: Person, conference: Conference) -> list[Stretch]:
    rows = db.session.scalars(queries.availability(person, conference))
    return [Stretch(row.starts_at, row.ends_at, row.degree) for row in rows]


def _touching(found: list[Stretch], span: Span) -> list[Stretch]:
    return [one for one in found if one.starts_at < span[1] and one.ends_at > span[0]]


def _is_no(found: list[Stretch]) -> bool:
    return any(one.degree is Degree.NO for one in found)


def _outside(found: list[Stretch], spans: list[Span]) -> list[Stretch]:
    """What is left of the stretches once these spans are cut out of them."""
    for first, last in spans:
        cut: list[Stretch] = []
        for one in found:
            before = replace(one, ends_at=min(one.ends_at, first))
            after = replace(one, starts_at=max(one.starts_at, last))
            cut += [part for part in (before, after) if part.starts_at < part.ends_at]
        found = cut
    return found


def _rewrite(
    person: Person, conference: Conference, stretches: list[Stretch], at: datetime
) -> None:
    """These rows instead of the earlier ones; what meets and says the same is one row."""
    for row in db.session.scalars(queries.availability(person, conference)):
        db.session.delete(row)
    joined: list[Stretch] = []
    for one in sorted(stretches, key=lambda s: (s.degree.value, s.starts_at)):
        last = joined[-1] if joined else None
        if last and last.degree is one.degree and one.starts_at <= last.ends_at:
            joined[-1] = replace(last, ends_at=max(last.ends_at, one.ends_at))
        else:
            joined.append(one)
    known = {"conference_id": conference.id, "person_id": person.id}
    db.session.add_all(Availability(**known, **vars(one)) for one in joined)
    log("said when", person, by=person, at=at, conference_id=conference.id)
    db.session.flush()
