"""Release what stands: checked by the rule book, frozen as announced, told to those concerned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.display import said
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import puzzle, queries, rules
from cfp.schedule.models import Placement, Schedule, ScheduleState
from cfp.schedule.problem import Level
from cfp.schedule.puzzle import Programme
from cfp.schedule.rules import Clash
from cfp.schedule.service.content import content_of, digest_of
from cfp.schedule.service.letters import tell_speakers
from cfp.schedule.service.programme import hold_draft, read_programme
from cfp.submissions.models import TalkState

STOPPING = frozenset({Level.FORBID, Level.BLOCK_RELEASE})
MOST_SENTENCES = 5
VERSION = re.compile(r"\w[\w.\- ]{0,39}")  # it stands in addresses


@dataclass(frozen=True)
class TakenBack:
    """A session that was announced and loses its place: called off, or taken out of the draft."""

    title: str
    is_cancelled: bool


def release(
    conference: Conference,
    by: Person | None,
    at: datetime,
    version: str,
    note: str = "",
    *,
    unconfirmed: bool = False,
    edit: int | None = None,
) -> Schedule:
    """Freeze the draft as a numbered version; the draft itself goes on.

    Talks whose speakers have not said yes are left out unless ``unconfirmed``, but for those that
    the last version announced. ``edit`` is the draft that the person looked at.
    """
    version = version.strip()
    if not VERSION.fullmatch(version):
        raise Refused(
            _("Please give the version a short name of letters, digits and dots: 1.0 for example."),
            field="version",
        )
    hold_draft(conference, edit)
    programme = releasable(read_programme(conference), unconfirmed=unconfirmed)
    if not programme.placements:
        raise Refused(_("There is nothing to release: no confirmed session has a place."))
    stops = obstacles(programme)
    if stops:
        sentences = " ".join(said(clash.sentence) for clash in stops[:MOST_SENTENCES])
        raise Refused(_("The draft cannot be released yet. %(why)s", why=sentences))
    if db.session.scalar(queries.release_by_version(conference.id, version)):
        raise Refused(_("There is a version of this name already."), field="version")
    content = content_of(programme, version, note, at)
    schedule = Schedule(
        conference_id=conference.id,
        state=ScheduleState.RELEASED,
        number=(programme.last.number or 0) + 1 if programme.last else 1,
        version=version,
        note=note,
        released_at=at,
        released_by=by,
        released_content=content,
        digest=digest_of(content),
        placements=[_copy(placement) for placement in programme.placements],
    )
    db.session.add(schedule)
    db.session.flush()
    log("released", schedule, by=by, at=at, version=version, talks=len(schedule.placements))
    last = programme.last.released_content if programme.last else None
    tell_speakers(conference, schedule, last, at=at)
    return schedule


def releasable(programme: Programme, *, unconfirmed: bool) -> Programme:
    """The programme with the talks that a release would announce.

    What was announced stays announced as long as it has a place: visitors have planned with it.
    """
    return programme.with_talks(
        talk
        for name, talk in programme.talk.items()
        if name in programme.placed
        and (unconfirmed or talk.state is TalkState.CONFIRMED or name in programme.announced)
    )


def taken_back(programme: Programme) -> list[TakenBack]:
    """What the last version announced and the next one would not, in the order of time."""
    return [
        TakenBack(talk["title"], is_cancelled=name not in programme.talk)
        for name, talk in sorted(programme.announced.items(), key=lambda item: item[1]["starts_at"])
        if name not in programme.placed
    ]


def obstacles(programme: Programme) -> list[Clash]:
    """The clashes that stop a release."""
    timetable = puzzle.timetable_of(programme.placements)
    found = rules.clashes(puzzle.problem_of(programme), timetable)
    return [clash for clash in found if clash.level in STOPPING]


def next_version(last: Schedule | None) -> str:
    """The name offered for the next version: 1.0, then 1.1, 1.2 ..."""
    if last is None or not last.version:
        return "1.0"
    head, _dot, tail = last.version.rpartition(".")
    if head and tail.isdecimal():
        return f"{head}.{int(tail) + 1}"
    return f"{last.version}.1"


def _copy(placement: Placement) -> Placement:
    return Placement(
        talk_id=placement.talk_id,
        room_id=placement.room_id,
        starts_at=placement.starts_at,
        ends_at=puzzle.end_of(placement),
        pinned=placement.pinned,
    )
