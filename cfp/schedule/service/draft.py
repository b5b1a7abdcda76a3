"""The draft: put a talk somewhere, take it away, hold it fast, adopt a whole plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference, Room
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import puzzle, queries
from cfp.schedule.models import Placement, Schedule
from cfp.schedule.problem import Place
from cfp.schedule.service.grid import day_of
from cfp.schedule.service.programme import hold_draft, touch
from cfp.submissions.models import Talk, TalkState


def place(
    conference: Conference,
    talk: Talk,
    room: Room,
    starts_at: datetime,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> Placement:
    """Put a talk into a room at a time. Clashes are allowed here; the release looks at them."""
    _check_talk(conference, talk)
    if talk.state is TalkState.CANCELLED:
        raise Refused(_("This session is cancelled and needs no place."))
    if room.conference_id != conference.id:
        raise Refused(_("This room belongs to another conference."), field="room")
    nights = {day + timedelta(days=1) for day in conference.days}  # an evening may pass midnight
    if day_of(conference, starts_at) not in nights | set(conference.days):
        raise Refused(_("The conference does not take place on that day."), field="start")
    draft = hold_draft(conference, edit)
    was = _where(_find(draft, talk))
    placement = _put(draft, talk, room, starts_at)
    touch(draft)
    log("placed", talk, by=by, at=at, was=was, now=_where(placement))
    return placement


def unplace(
    conference: Conference, talk: Talk, *, by: Person | None, at: datetime, edit: int | None = None
) -> None:
    """Take a talk off the grid; it waits at the side again."""
    _check_talk(conference, talk)
    draft = hold_draft(conference, edit)
    placement = _get(draft, talk)
    was = _where(placement)
    draft.placements.remove(placement)
    touch(draft)
    log("took off the grid", talk, by=by, at=at, was=was)


def pin(
    conference: Conference,
    talk: Talk,
    *,
    pinned: bool,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> None:
    """Hold a talk where it stands, or let the solver move it again."""
    _check_talk(conference, talk)
    draft = hold_draft(conference, edit)
    placement = _get(draft, talk)
    if placement.pinned == pinned:
        return
    placement.pinned = pinned
    touch(draft)
    log("pinned" if pinned else "unpinned", talk, by=by, at=at)


def adopt(
    conference: Conference,
    timetable: Mapping[str, Place],
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> Schedule:
    """Make the draft look like ``timetable``, all but what is pinned, which stays.

    Talks and rooms that are gone by now are passed over: the rest of a plan is still of use.
    """
    draft = hold_draft(conference, edit)
    talks = {str(t.id): t for t in db.session.scalars(queries.talks(conference.id)).unique()}
    rooms = {str(room.id): room for room in conference.rooms}
    held = {str(p.talk_id) for p in draft.placements if p.pinned}
    wanted = {
        talk: spot
        for talk, spot in timetable.items()
        if talk in talks and talk not in held and spot.room in rooms
    }
    before = puzzle.timetable_of(draft.placements)
    for placement in list(draft.placements):
        if str(placement.talk_id) not in held | wanted.keys():
            draft.placements.remove(placement)
    for talk, spot in wanted.items():
        _put(draft, talks[talk], rooms[spot.room], spot.start)
    touch(draft)
    moved = sum(before.get(talk) != spot for talk, spot in wanted.items())
    log("adopted a plan", draft, by=by, at=at, placed=len(wanted), moved=moved, held=len(held))
    return draft


def _put(draft: Schedule, talk: Talk, room: Room, starts_at: datetime) -> Placement:
    ends_at = starts_at + timedelta(minutes=talk.minutes)
    placement = _find(draft, talk)
    if placement is None:
        placement = Placement(talk=talk, room=room, starts_at=starts_at, ends_at=ends_at)
        draft.placements.append(placement)
    else:
        placement.room, placement.starts_at, placement.ends_at = room, starts_at, ends_at
    return placement


def _check_talk(conference: Conference, talk: Talk) -> None:
    if talk.conference_id != conference.id:
        raise Refused(_("This session belongs to another conference."))


def _find(draft: Schedule, talk: Talk) -> Placement | None:
    return next((p for p in draft.placements if p.talk_id == talk.id), None)


def _get(draft: Schedule, talk: Talk) -> Placement:
    placement = _find(draft, talk)
    if placement is None:
        raise Refused(_("This session is not on the grid any more."))
    return placement


def _where(placement: Placement | None) -> dict[str, Any] | None:
    """Room and time for the log; None for what has no place yet."""
    if placement is None:
        return None
    starts_at = placement.starts_at.astimezone(UTC)
    return {"room": placement.room.name, "start": starts_at.isoformat()}
