"""Whoever waits moves up when a place becomes free, by the rules of the last selection."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role
from cfp.codes import hashed
from cfp.conference import queries as editions
from cfp.conference.letters import address
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries
from cfp.reviews.models import Selection
from cfp.reviews.queries import choosing
from cfp.reviews.service.lineup import as_kept, line_up
from cfp.reviews.service.ranking import Ranked
from cfp.submissions import letters
from cfp.submissions.models import Outcome, Submission
from cfp.submissions.service import decide


def next_up(conference: Conference) -> list[Ranked]:
    """Who was told to wait and has a place now, best first; nobody while no place came back."""
    back = set(db.session.scalars(choosing.given_back(conference.id)))
    last = _last(conference) if back else None
    if last is None:
        return []
    promised = set(db.session.scalars(choosing.promised(conference.id)))
    if len(promised - back) >= last.quotas["total"]:
        return []
    accepted = line_up(conference, as_kept(last)).with_outcome(Outcome.ACCEPT)
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
    _accept(up, by=by, at=at)
    log("moved up", conference, by=by, at=at, conference_id=conference.id, proposals=codes)
    return len(up)


def move_up_everywhere(at: datetime) -> int:
    """What the worker does where the edition says so: accept whoever is next, and tell them.

    The chairs hear of it, also where something is in the way and the press is theirs.
    """
    moved = 0
    for conference in db.session.scalars(choosing.where_somebody_waits(at.date())).all():
        lock(conference)
        if up := next_up(conference):
            moved += _move_up_alone(conference, up, at)
    return moved


def _move_up_alone(conference: Conference, up: list[Ranked], at: datetime) -> int:
    last, codes = _last(conference), [row.code for row in up]
    hindrance = _in_the_way(conference, at)
    if last is None or hindrance:
        _tell_chairs(conference, up, at, hindrance)
        return 0
    for submission in _accept(up, by=last.by, at=at):
        db.session.expire(submission)
        if submission.decision:
            letters.tell(submission.decision, by=None, at=at)
    log("moved up", conference, by=None, at=at, conference_id=conference.id, proposals=codes)
    _tell_chairs(conference, up, at)
    return len(up)


def _in_the_way(conference: Conference, at: datetime) -> str:
    """Why nobody can be told without a person's look; nothing where all is well."""
    if db.session.scalar(choosing.open_vote(conference.id)):
        return "vote"
    if clock.is_past(conference.confirm_by, at):
        return "late"
    try:
        letters.check_words(conference, Outcome.ACCEPT)
    except Refused:
        return "words"
    return ""


def _accept(up: Collection[Ranked], *, by: Person, at: datetime) -> list[Submission]:
    """By the word of whoever made the rules; nobody has been told yet."""
    select = sa.select(Submission).where(Submission.id.in_([row.id for row in up]))
    found = list(db.session.scalars(select.order_by(Submission.id)))
    for submission in found:
        decide(
            submission, Outcome.ACCEPT, by=by, at=at, reason=_("Moved up from the waiting list.")
        )
    return found


def _tell_chairs(conference: Conference, up: list[Ranked], at: datetime, why_not: str = "") -> None:
    """One letter for each of these moves to every chair."""
    which = hashed(" ".join(sorted(row.code for row in up)))[:16]
    for chair in db.session.scalars(editions.people_with(conference, Role.CHAIR)):
        mail.post(
            "moved_up",
            chair,
            at=at,
            key=f"moved-up:{conference.id}:{chair.id}:{why_not}:{which}",
            conference_id=conference.id,
            conference=conference,
            titles=[row.title for row in up],
            why_not=why_not,
            url=address("reviews.selection", conference=conference.slug),
        )


def _last(conference: Conference) -> Selection | None:
    return db.session.scalars(queries.selections(conference.id).limit(1)).first()
