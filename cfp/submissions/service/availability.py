"""When speakers can be there: half a day at a time, as the form asks for it."""

from __future__ import annotations

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


def halves(conference: Conference) -> list[Half]:
    return [(day, part) for day in conference.days for part in Part]


def bounds(half: Half, zone: str) -> tuple[datetime, datetime]:
    """From when to when half a day lasts on the conference's clock."""
    day, part = half
    midnight, noon = datetime.combine(day, time()), datetime.combine(day, NOON)
    first, last = (midnight, noon) if part is Part.MORNING else (noon, midnight + timedelta(days=1))
    return clock.from_wall(first, zone), clock.from_wall(last, zone)


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
    """Write down what the form says. What it says already stays, to the minute, as it is."""
    if said == availability_of(person, conference):
        return
    for row in db.session.scalars(queries.availability(person, conference)):
        db.session.delete(row)
    for half, degree in said.items():
        first, last = bounds(half, conference.timezone)
        db.session.add(
            Availability(
                conference_id=conference.id,
                person_id=person.id,
                starts_at=first,
                ends_at=last,
                degree=degree,
            )
        )
    log("said when", person, by=person, at=at, conference_id=conference.id)
