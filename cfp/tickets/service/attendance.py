"""A day at the doors as it stands: all its scans, and how many people are expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.admission import day_at
from cfp.tickets.crowd import Step
from cfp.tickets.queries import doors as queries
from cfp.tickets.service.known import day_begins, day_ends


@dataclass(frozen=True)
class Today:
    """From four in the morning until four in the next; ``expected`` have paid for this day."""

    day: date
    begins: datetime
    ends: datetime
    steps: Sequence[Step]
    expected: int


def today(conference: Conference, at: datetime) -> Today:
    begins, ends = day_begins(conference, at), day_ends(conference, at)
    day = day_at(at, conference.timezone)
    sold = db.session.execute(queries.admissions_sold(conference)).all()
    return Today(
        day,
        begins,
        ends,
        [Step(*row) for row in db.session.execute(queries.steps(conference, begins, ends))],
        sum(number for days, number in sold if not days or day.isoformat() in days),
    )
