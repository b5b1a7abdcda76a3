"""The draft: put sessions somewhere, take them away, hold them fast, adopt a whole plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference, Room
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import puzzle, queries
from cfp.schedule.models import Placement, Schedule, Step, StepKind
from cfp.schedule.problem import Place
from cfp.schedule.service.grid import day_of
from cfp.schedule.service.hand import Hand, Stand
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
    put(conference, {talk: (room, starts_at)}, by=by, at=at, edit=edit)
    return Hand(conference, by=by, at=at, edit=None).get(talk.id)


def put(
    conference: Conference,
    wanted: Mapping[Talk, tuple[Room, datetime] | None],
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> Step | None:
    """Put several sessions somewhere, or (None) back to the side, in one step. Pins stay."""
    for talk, spot in wanted.items():
        _check_talk(conference, talk)
        if spot:
            _check_spot(conference, talk, *spot)
    hand = Hand(conference, by=by, at=at, edit=edit)
    stands: dict[Talk, Stand | None] = {}
    for talk, spot in wanted.items():
        was = hand.stand(talk.id)
        stands[talk] = Stand(spot[0].id, spot[1], bool(was and was.pinned)) if spot else None
    kind = StepKind.MOVED if any(stands.values()) else StepKind.TOOK_OFF
    before = {talk: _where(hand.find(talk.id)) for talk in wanted}
    step = hand.change(kind, stands)
    for talk in wanted if step else ():
        now = _where(hand.find(talk.id))
        if now:
            log("placed", talk, by=by, at=at, was=before[talk], now=now)
        else:
            log("took off the grid", talk, by=by, at=at, was=before[talk])
    return step


def unplace(
    conference: Conference, talk: Talk, *, by: Person | None, at: datetime, edit: int | None = None
) -> None:
    """Take a talk off the grid; it waits at the side again."""
    _check_talk(conference, talk)
    Hand(conference, by=by, at=at, edit=None).get(talk.id)
    put(conference, {talk: None}, by=by, at=at, edit=edit)


def pin(
    conference: Conference,
    *talks: Talk,
    pinned: bool,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> Step | None:
    """Hold talks where they stand, or let the solver move them again."""
    for talk in talks:
        _check_talk(conference, talk)
    hand = Hand(conference, by=by, at=at, edit=edit)
    wanted: dict[Talk, Stand | None] = {}
    for talk in talks:
        placement = hand.get(talk.id)
        wanted[talk] = Stand(placement.room_id, placement.starts_at, pinned)
    step = hand.change(StepKind.PINNED if pinned else StepKind.UNPINNED, wanted)
    for talk in talks if step else ():
        log("pinned" if pinned else "unpinned", talk, by=by, at=at)
    return step


def swap(
    conference: Conference,
    one: Talk,
    other: Talk,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> Step | None:
    """Exchange the places of two sessions; one of them may wait at the side.

    Neighbours in a room change their order between the first's start and the second's end, so
    that a longer one does not run into what comes next.
    """
    for talk in (one, other):
        _check_talk(conference, talk)
    hand = Hand(conference, by=by, at=at, edit=edit)
    first, second = hand.find(one.id), hand.find(other.id)
    if one.id == other.id or not (first or second):
        raise Refused(_("Two sessions can be swapped if at least one of them has a place."))
    if first and second and _are_neighbours(hand.draft, first, second):
        wanted = _other_order(*sorted((first, second), key=lambda p: p.starts_at))
    else:
        wanted = {one: _at_place_of(second, first), other: _at_place_of(first, second)}
    step = hand.change(StepKind.SWAPPED, wanted)
    if step:
        log("swapped", one, by=by, at=at, other=other.code)
    return step


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
    hold_draft(conference, edit)
    hand = Hand(conference, by=by, at=at, edit=None)
    talks = {str(t.id): t for t in db.session.scalars(queries.talks(conference.id)).unique()}
    rooms = {str(room.id): room for room in conference.rooms}
    placed = hand.draft.placements
    held = {str(p.talk_id) for p in placed if p.pinned}
    wanted = {
        talk: spot
        for talk, spot in timetable.items()
        if talk in talks and talk not in held and spot.room in rooms
    }
    before = puzzle.timetable_of(placed)
    stands: dict[Talk, Stand | None] = {
        p.talk: None for p in placed if str(p.talk_id) not in held | wanted.keys()
    }
    for talk, spot in wanted.items():
        stands[talks[talk]] = Stand(rooms[spot.room].id, spot.start)
    if hand.change(StepKind.PLANNED, stands) is None:
        touch(hand.draft)
    moved = sum(before.get(talk) != spot for talk, spot in wanted.items())
    log("adopted a plan", hand.draft, by=by, at=at, placed=len(wanted), moved=moved, held=len(held))
    return hand.draft


def _are_neighbours(draft: Schedule, one: Placement, other: Placement) -> bool:
    """Whether they follow each other in one room with nothing between them."""
    first, second = sorted((one, other), key=lambda p: p.starts_at)
    if first.room_id != second.room_id or first.ends_at > second.starts_at:
        return False
    between: Sequence[Placement] = [
        p
        for p in draft.placements
        if p.room_id == first.room_id and first.starts_at < p.starts_at < second.starts_at
    ]
    same_day = second.starts_at - first.ends_at < timedelta(hours=4)
    return same_day and not between


def _other_order(first: Placement, second: Placement) -> dict[Talk, Stand | None]:
    later = second.ends_at - (first.ends_at - first.starts_at)
    return {
        second.talk: Stand(first.room_id, first.starts_at, second.pinned),
        first.talk: Stand(first.room_id, later, first.pinned),
    }


def _at_place_of(place_of: Placement | None, mine: Placement | None) -> Stand | None:
    if place_of is None:
        return None
    return Stand(place_of.room_id, place_of.starts_at, bool(mine and mine.pinned))


def _check_talk(conference: Conference, talk: Talk) -> None:
    if talk.conference_id != conference.id:
        raise Refused(_("This session belongs to another conference."))


def _check_spot(conference: Conference, talk: Talk, room: Room, starts_at: datetime) -> None:
    if talk.state is TalkState.CANCELLED:
        raise Refused(_("This session is cancelled and needs no place."))
    if room.conference_id != conference.id:
        raise Refused(_("This room belongs to another conference."), field="room")
    nights = {day + timedelta(days=1) for day in conference.days}  # an evening may pass midnight
    if day_of(conference, starts_at) not in nights | set(conference.days):
        raise Refused(_("The conference does not take place on that day."), field="start")


def _where(placement: Placement | None) -> dict[str, Any] | None:
    """Room and time for the log; None for what has no place yet."""
    if placement is None:
        return None
    starts_at = placement.starts_at.astimezone(UTC)
    return {"room": placement.room.name, "start": starts_at.isoformat()}
