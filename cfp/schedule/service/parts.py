"""A session in several parts, each with a place of its own; or one session again."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule.models import Placement, Schedule
from cfp.schedule.service.programme import hold_draft
from cfp.submissions.models import Talk

MOST_PARTS = 6
SHORTEST = 5  # minutes of a part


def divide(
    conference: Conference,
    talk: Talk,
    parts: int,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> list[Talk]:
    """Give the session in so many parts of the same length (the first has what is left over).

    The parts follow each other in one room; a break may lie between.
    """
    first = _first(conference, talk)
    draft = hold_draft(conference, edit)
    if whole(first):
        raise Refused(_("This session has several parts already."), field="parts")
    each, over = divmod(first.minutes, parts)
    if not 1 < parts <= MOST_PARTS or each < SHORTEST:
        raise Refused(_("Each part needs at least five minutes."), field="parts")
    title = first.title[: 200 - len(" (1/1)")]
    found = [first, *(_part(first, number) for number in range(2, parts + 1))]
    for number, part in enumerate(found, start=1):
        part.title, part.minutes = f"{title} ({number}/{parts})", each
    first.minutes += over
    db.session.flush()
    _follow(draft, found)
    log("divided", first, by=by, at=at, parts=parts, minutes=each)
    return found


def join_parts(
    conference: Conference, talk: Talk, *, by: Person | None, at: datetime, edit: int | None = None
) -> Talk:
    """One session again; a part that was announced is called off with the next release."""
    first = _first(conference, talk)
    draft = hold_draft(conference, edit)
    parts = whole(first)
    if not parts:
        raise Refused(_("This session has one part only."))
    first.minutes = min(1440, first.minutes + sum(part.minutes for part in parts))
    first.title = first.title.removesuffix(f" (1/{len(parts) + 1})")
    said = dict(draft.conditions or {})
    gone = [part.id for part in parts]
    draft.placements = [p for p in draft.placements if p.talk_id not in gone]
    for placement in db.session.scalars(sa.select(Placement).where(Placement.talk_id.in_(gone))):
        db.session.delete(placement)
    db.session.flush()
    for part in parts:
        said.pop(str(part.id), None)
        db.session.delete(part)
    draft.conditions = said
    db.session.flush()
    log("joined the parts", first, by=by, at=at, minutes=first.minutes)
    return first


def whole(first: Talk) -> list[Talk]:
    """The later parts of a session."""
    later = sa.select(Talk).where(Talk.submission_id == first.submission_id, Talk.part > 1)
    return list(db.session.scalars(later.order_by(Talk.part)))


def _first(conference: Conference, talk: Talk) -> Talk:
    if talk.conference_id != conference.id:
        raise Refused(_("This session belongs to another conference."))
    same = sa.select(Talk).where(Talk.submission_id == talk.submission_id, Talk.part == 1)
    first: Talk = db.session.scalars(same).one()
    return first


def _part(first: Talk, number: int) -> Talk:
    """A row for a later part."""
    part = Talk(submission_id=first.submission_id, part=number, state=first.state)
    db.session.add(part)
    for name in (
        *("conference_id", "abstract", "subtitle", "format_id", "track_id"),
        *("language", "recording_consent"),
    ):
        setattr(part, name, getattr(first, name))
    return part


def _follow(draft: Schedule, parts: list[Talk]) -> None:
    said = dict(draft.conditions or {})
    own = said.get(str(parts[0].id), {})
    for before, part in pairwise(parts):
        said[str(part.id)] = {**own, "after": before.id}
    draft.conditions = said
