"""The grid as a picture: for each day and room a strip of hours, open or not, with its breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cfp import clock
from cfp.conference.models import Room
from cfp.schedule.models import Break, Opening
from cfp.schedule.puzzle import Programme

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Bar:
    """From minute ``x`` of the strip on, so many minutes wide."""

    x: int
    width: int
    shows: Opening | Break


@dataclass(frozen=True)
class Strip:
    """One room on one day."""

    room: Room
    openings: list[Opening]
    breaks: list[Break]
    open_bars: list[Bar]
    break_bars: list[Bar]


@dataclass(frozen=True)
class DayStrips:
    """One day: where its strips begin and end, the full hours between, and its breaks."""

    day: date
    first: datetime
    last: datetime
    minutes: int
    hours: list[int]
    clock: list[int]  # the hours that it is at its ends and between
    strips: list[Strip]
    breaks: list[Break]


def strips_of(programme: Programme) -> list[DayStrips]:
    return [_day(programme, day) for day in programme.conference.days]


def _day(programme: Programme, day: date) -> DayStrips:
    zone = programme.conference.timezone
    openings = [o for o in programme.openings if clock.local(o.starts_at, zone).date() == day]
    breaks = [b for b in programme.breaks if clock.local(b.starts_at, zone).date() == day]
    spans: list[Opening | Break] = [*openings, *breaks]
    nine = clock.from_wall(datetime.combine(day, datetime.min.time().replace(hour=9)), zone)
    first = min((span.starts_at for span in spans), default=nine)
    # An hour of air on either side, to draw in.
    first -= timedelta(minutes=first.minute) + HOUR
    last = max((span.ends_at for span in spans), default=nine + 8 * HOUR) + HOUR
    minutes = -((first - last) // HOUR) * 60

    def bar(span: Opening | Break) -> Bar:
        at, long = _minutes(span.starts_at - first), _minutes(span.ends_at - span.starts_at)
        return Bar(at, long, span)

    def strips() -> Iterator[Strip]:
        for room in programme.rooms:
            mine = [opening for opening in openings if opening.room_id == room.id]
            pauses = [pause for pause in breaks if pause.shuts(room.id)]
            bars = [bar(pause) for pause in pauses] if mine else []
            yield Strip(room, mine, pauses, [bar(opening) for opening in mine], bars)

    return DayStrips(
        day=day,
        first=first,
        last=first + timedelta(minutes=minutes),
        minutes=minutes,
        hours=list(range(60, minutes, 60)),
        clock=[clock.local(first + n * HOUR, zone).hour for n in range(minutes // 60 + 1)],
        strips=list(strips()),
        breaks=breaks,
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
