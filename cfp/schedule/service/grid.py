"""The grid: when rooms are open, and when there is a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict, Unpack

from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference, Room
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import queries
from cfp.schedule.models import Break, BreakKind, Opening
from cfp.schedule.service.programme import touch

Hours = tuple[time, time]


class Told(TypedDict):
    """Who does it, and when."""

    by: Person | None
    at: datetime


@dataclass(frozen=True)
class Drawn:
    """Hours that were drawn beside others of their day, or by pulling an edge of ``instead``."""

    instead: int | None = None  # the id of an opening

    def leaves(self, opening: Opening, span: tuple[datetime, datetime] | None) -> bool:
        """Whether these hours go on beside the new ones: those that they do not touch."""
        if span is None or opening.id == self.instead:
            return False
        return opening.ends_at < span[0] or span[1] < opening.starts_at


def set_openings(
    conference: Conference,
    rooms: Sequence[Room],
    days: Sequence[date],
    hours: Hours | None,
    raster: int | None = None,
    drawn: Drawn | None = None,
    **told: Unpack[Told],
) -> None:
    """Open these rooms on these days from and until these hours; None closes them.

    ``raster``: minutes from start to start in there, where that is not as everywhere. Other hours
    of the day end with this, unless it was ``drawn`` beside them.
    """
    if not rooms or not days:
        raise Refused(_("Please choose at least one room and one day."))
    for room in rooms:
        _check_room(conference, room)
    spans = {day: _span(conference, day, hours) if hours else None for day in days}
    for opening in db.session.scalars(queries.openings_of([room.id for room in rooms])):
        day = day_of(conference, opening.starts_at)
        if day in spans and not (drawn and drawn.leaves(opening, spans[day])):
            db.session.delete(opening)
    for room in rooms:
        for span in filter(None, spans.values()):
            db.session.add(
                Opening(
                    conference_id=conference.id,
                    room_id=room.id,
                    starts_at=span[0],
                    ends_at=span[1],
                    raster_minutes=raster,
                )
            )
    log(
        "set opening hours" if hours else "closed rooms",
        conference,
        **told,
        conference_id=conference.id,
        rooms=[room.name for room in rooms],
        days=[day.isoformat() for day in days],
        hours=[moment.isoformat("minutes") for moment in hours or ()],
    )
    _grid_changed(conference)


def add_break(
    conference: Conference,
    title: str,
    day: date,
    hours: Hours,
    room: Room | None = None,
    kind: BreakKind = BreakKind.PAUSE,
    **told: Unpack[Told],
) -> Break:
    """Time without talks, in one room or in all; for a plenary, in all rooms but this one."""
    if kind is BreakKind.PLENARY and room is None:
        raise Refused(_("Please say in which room the plenary is."), field="room")
    if room is not None:
        _check_room(conference, room)
    title = title.strip() or _usual_title(kind)
    starts_at, ends_at = _span(conference, day, hours)
    pause = Break(
        conference_id=conference.id,
        title=title,
        kind=kind,
        room_id=room.id if room else None,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    db.session.add(pause)
    db.session.flush()
    log("added break", pause, **told, title=pause.title, starts_at=starts_at.isoformat())
    _grid_changed(conference)
    return pause


def _usual_title(kind: BreakKind) -> str:
    if kind is BreakKind.PAUSE:
        raise Refused(_("Please give the break a name."), field="title")
    return str(_("Plenary") if kind is BreakKind.PLENARY else _("Buffer"))


def move_break(conference: Conference, pause: Break, hours: Hours, **told: Unpack[Told]) -> None:
    """The same break at other hours of its day."""
    before = pause.starts_at
    span = _span(conference, day_of(conference, pause.starts_at), hours)
    pause.starts_at, pause.ends_at = span
    log(
        "moved break",
        pause,
        **told,
        title=pause.title,
        before=before.isoformat(),
        starts_at=pause.starts_at.isoformat(),
    )
    _grid_changed(conference)


def remove_break(conference: Conference, pause: Break, *, by: Person | None, at: datetime) -> None:
    log("removed break", pause, by=by, at=at, title=pause.title)
    db.session.delete(pause)
    _grid_changed(conference)


def day_of(conference: Conference, moment: datetime) -> date:
    """The day on which ``moment`` falls at the conference."""
    return clock.local(moment, conference.timezone).date()


def _span(conference: Conference, day: date, hours: Hours) -> tuple[datetime, datetime]:
    """The moments of these hours; an end that is not later than the start is on the next day."""
    if day not in conference.days:
        raise Refused(_("The conference does not take place on that day."), field="day")
    first, last = hours
    if first == last:
        raise Refused(_("It ends when it begins. Please choose a later end."), field="last")
    after = day if last > first else day + timedelta(days=1)
    starts_at = clock.from_wall(datetime.combine(day, first), conference.timezone)
    ends_at = clock.from_wall(datetime.combine(after, last), conference.timezone)
    if ends_at <= starts_at:
        raise Refused(_("The clock goes back in between; please choose other hours."), field="last")
    return starts_at, ends_at


def _check_room(conference: Conference, room: Room) -> None:
    if room.conference_id != conference.id:
        raise Refused(_("This room belongs to another conference."), field="room")


def _grid_changed(conference: Conference) -> None:
    """Whoever looks at the draft, the solver too, has seen another grid."""
    draft = db.session.scalar(queries.draft(conference.id).with_for_update())
    if draft is not None:
        touch(draft)
    db.session.flush()
