"""What if: suppose something, let it be solved with the least change, adopt or drop the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from cfp.conference.models import Conference, Room
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun, RunState
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import puzzle
from cfp.schedule.models import Alternative, AlternativeState, Supposition
from cfp.schedule.service.draft import adopt, pin, put
from cfp.schedule.service.grid import set_openings
from cfp.schedule.service.programme import changed_meanwhile, find_talks, read_edit
from cfp.schedule.service.told import place_in_words
from cfp.submissions.models import Submission, Talk

SUPPOSE = "schedule.suppose"
SECONDS = 8
MOST_OPEN = 6  # side by side; more cannot be compared


def suppose_speaker_cancels(conference: Conference, person: Person, **asked: Any) -> Alternative:
    name = _("%(who)s cancels", who=person.name)
    return _suppose(conference, Supposition.SPEAKER_CANCELS, name, {"person": person.id}, **asked)


def suppose_room_is_lost(
    conference: Conference, room: Room, day: date | None, **asked: Any
) -> Alternative:
    name = _("%(room)s is lost", room=room.name)
    if day:
        name = _("%(room)s is lost on %(day)s", room=room.name, day=f"{day:%d.%m.}")
    supposed = {"room": room.id, "day": day.isoformat() if day else None}
    return _suppose(conference, Supposition.ROOM_IS_LOST, name, supposed, **asked)


def suppose_session_moves(
    conference: Conference, talk: Talk, room: Room, starts_at: datetime, **asked: Any
) -> Alternative:
    place = place_in_words(conference, room.name, starts_at)
    name = _("“%(title)s” moves to %(place)s", title=talk.title, place=place)
    supposed = {"talk": talk.id, "room": room.id, "start": starts_at.isoformat()}
    return _suppose(conference, Supposition.SESSION_MOVES, name[:160], supposed, **asked)


def suppose_also_accepted(
    conference: Conference, proposals: Sequence[Submission], **asked: Any
) -> Alternative:
    if not proposals:
        raise Refused(_("Please choose at least one proposal."))
    number = len(proposals)
    name = ngettext(
        "%(num)d proposal more is accepted", "%(num)d proposals more are accepted", number
    )
    supposed = {"proposals": [submission.id for submission in proposals]}
    return _suppose(conference, Supposition.ALSO_ACCEPTED, name, supposed, **asked)


def solve_anew(alternative: Alternative, *, by: Person, at: datetime) -> None:
    """Ask again, for the draft as it stands now."""
    if alternative.run is not None and alternative.run.is_open:
        return
    alternative.run = _ask(alternative, by=by, at=at)
    db.session.flush()


def drop(alternative: Alternative, *, by: Person, at: datetime) -> None:
    """It was only a question."""
    _check_open(alternative)
    if alternative.run is not None and alternative.run.is_open:
        jobs.cancel(alternative.run, at)
    alternative.state = AlternativeState.DROPPED
    log("dropped an alternative", alternative, by=by, at=at, name=alternative.name)


def adopt_alternative(
    conference: Conference, alternative: Alternative, *, by: Person, at: datetime
) -> None:
    """The draft becomes that plan, and the grid what it supposes.

    A lost room is closed, a moved session pinned. That a speaker cancelled, or that more is
    accepted, is said elsewhere: the plan has made room for it.
    """
    _check_open(alternative)
    run = alternative.run
    if run is None or run.state is not RunState.DONE:
        raise Refused(_("There is no plan to adopt here."))
    if run.result["edit"] != read_edit(conference):
        raise changed_meanwhile()
    talk = _moved(conference, alternative)
    if talk is not None:
        stand = alternative.supposed
        room = next(room for room in conference.rooms if room.id == stand["room"])
        put(conference, {talk: (room, datetime.fromisoformat(stand["start"]))}, by=by, at=at)
        pin(conference, talk, pinned=True, by=by, at=at)
    adopt(conference, puzzle.from_json(run.result["timetable"]), by=by, at=at)
    if alternative.kind is Supposition.ROOM_IS_LOST:
        day = alternative.supposed["day"]
        days = [date.fromisoformat(day)] if day else conference.days
        lost = [room for room in conference.rooms if room.id == alternative.supposed["room"]]
        set_openings(conference, lost, days, None, by=by, at=at)
    alternative.state = AlternativeState.ADOPTED
    log("adopted an alternative", alternative, by=by, at=at, name=alternative.name)


def _moved(conference: Conference, alternative: Alternative) -> Talk | None:
    if alternative.kind is not Supposition.SESSION_MOVES:
        return None
    talk = db.session.get(Talk, alternative.supposed["talk"])
    if talk is None or talk.code not in find_talks(conference, [talk.code]):
        raise Refused(_("This session is not on the grid any more."))
    return talk


def _suppose(
    conference: Conference,
    kind: Supposition,
    name: str,
    supposed: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    open_now: int,
) -> Alternative:
    if open_now >= MOST_OPEN:
        raise Refused(_("Six alternatives are open. Please adopt or drop one first."))
    alternative = Alternative(
        conference_id=conference.id, name=name[:160], kind=kind, supposed=supposed, asked_at=at
    )
    db.session.add(alternative)
    db.session.flush()
    alternative.run = _ask(alternative, by=by, at=at)
    db.session.flush()
    log("supposed", alternative, by=by, at=at, name=name)
    return alternative


def _ask(alternative: Alternative, *, by: Person, at: datetime) -> JobRun:
    return jobs.ask(
        SUPPOSE,
        by=by,
        at=at,
        conference_id=alternative.conference_id,
        alternative_id=alternative.id,
        seconds=SECONDS,
    )


def _check_open(alternative: Alternative) -> None:
    if alternative.state is not AlternativeState.OPEN:
        raise Refused(_("That has been done already."))
