"""Whoever waits moves up when a place becomes free, by the rules of the last selection."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries
from cfp.reviews.service.lineup import as_kept, line_up
from cfp.reviews.service.ranking import Ranked
from cfp.submissions.models import Outcome, Submission
from cfp.submissions.service import decide


def next_up(conference: Conference) -> list[Ranked]:
    """Who was told to wait and has a place now, best first; nobody while no talk was cancelled."""
    last = db.session.scalars(queries.selections(conference.id).limit(1)).first()
    if last is None:
        return []
    lineup = line_up(conference, as_kept(last))
    if not lineup.gone:
        return []
    accepted = lineup.with_outcome(Outcome.ACCEPT)
    return [
        row
        for row in accepted
        if row.told is Outcome.WAITLIST and row.outcome is not Outcome.ACCEPT
    ]


def move_up(conference: Conference, codes: list[str], *, by: Person, at: datetime) -> int:
    """Accept those who move up; ``codes`` are those that the chair saw. Their letters then wait."""
    lock(conference)  # of two who press at once the second finds nobody left
    up = next_up(conference)
    if not up or [row.code for row in up] != codes:
        raise Refused(
            _("Something has changed since you looked. Please look at the line-up again.")
        )
    select = sa.select(Submission).where(Submission.code.in_(codes)).order_by(Submission.id)
    for submission in db.session.scalars(select):
        decide(
            submission, Outcome.ACCEPT, by=by, at=at, reason=_("Moved up from the waiting list.")
        )
    log("moved up", conference, by=by, at=at, conference_id=conference.id, proposals=codes)
    return len(up)
