"""One day of the draft as a picture: rooms across, time down, in rasters of five minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cfp import clock
from cfp.schedule.models import Break, Opening, Placement
from cfp.schedule.puzzle import Programme, end_of

RASTER = timedelta(minutes=5)
LABELS = timedelta(minutes=30)
MOST = 288  # rasters in a day; the style sheet knows no more lines


@dataclass(frozen=True)
class Stretch:
    """From raster ``at`` for ``long`` rasters, in one room or (``column`` None) in all."""

    at: int
    long: int
    column: int | None


@dataclass(frozen=True)
class Card:
    """A placed talk; cards that overlap in a room stand beside each other in lanes."""

    placement: Placement
    stretch: Stretch
    lane: int
    lanes: int


@dataclass(frozen=True)
class Board:
    """What one day shows."""

    day: date
    first: datetime
    labels: list[tuple[int, datetime]]
    cards: list[Card]
    breaks: list[tuple[Break, Stretch]]
    closed: list[Stretch]
    rows: int


def days_of(programme: Programme) -> dict[date, list[Placement]]:
    """Every day of the conference with what is placed on it."""
    found: dict[date, list[Placement]] = {day: [] for day in programme.conference.days}
    for placement in programme.placements:
        found[day_of(programme, placement)].append(placement)
    return found


def day_of(programme: Programme, placement: Placement) -> date:
    """The day a placement belongs to: that of the opening it lies in, also past midnight."""
    around = (
        opening.starts_at
        for opening in programme.openings
        if opening.room_id == placement.room_id
        and opening.starts_at <= placement.starts_at < opening.ends_at
    )
    zone, days = programme.conference.timezone, programme.conference.days
    start = clock.local(next(around, placement.starts_at), zone).date()
    return min(max(start, days[0]), days[-1])


def board_of(programme: Programme, day: date, placements: list[Placement]) -> Board:
    """The picture of one day, as high as what it shows."""
    zone = programme.conference.timezone
    openings = [o for o in programme.openings if clock.local(o.starts_at, zone).date() == day]
    breaks = [b for b in programme.breaks if clock.local(b.starts_at, zone).date() == day]
    spans = [(opening.starts_at, opening.ends_at) for opening in openings]
    spans += [(pause.starts_at, pause.ends_at) for pause in breaks]
    spans += [(placement.starts_at, end_of(placement)) for placement in placements]
    noon = clock.from_wall(datetime.combine(day, datetime.min.time().replace(hour=12)), zone)
    first = _half_hour_before(min((start for start, _end in spans), default=noon))
    last = max((end for _start, end in spans), default=noon)
    columns = {room.id: number for number, room in enumerate(programme.rooms, 1)}

    def stretch(starts_at: datetime, ends_at: datetime, room_id: int | None) -> Stretch:
        at = min((starts_at - first) // RASTER, MOST - 1)
        long = max(-((starts_at - min(ends_at, last)) // RASTER), 1)
        return Stretch(at, min(long, MOST - at), columns.get(room_id) if room_id else None)

    return Board(
        day=day,
        first=first,
        labels=list(_labels(first, last)),
        cards=[
            Card(p, stretch(p.starts_at, end_of(p), p.room_id), lane, lanes)
            for p, lane, lanes in _lanes(placements)
        ],
        breaks=[
            (b, stretch(b.starts_at, b.ends_at, room_id))
            for b in breaks
            for room_id in _where(programme, b)
        ],
        closed=[stretch(*gap) for gap in _gaps(columns, openings, first, last)],
        rows=min(-((first - last) // RASTER), MOST),
    )


def _where(programme: Programme, pause: Break) -> list[int | None]:
    """The rooms that it shuts; None: all of them."""
    if pause.room_id is None:
        return [None]
    return [room.id for room in programme.rooms if pause.shuts(room.id)]


def _half_hour_before(moment: datetime) -> datetime:
    return moment - timedelta(minutes=moment.minute % 30, seconds=moment.second)


def _labels(first: datetime, last: datetime) -> Iterator[tuple[int, datetime]]:
    moment = first
    while moment < last and (moment - first) // RASTER < MOST:
        yield (moment - first) // RASTER, moment
        moment += LABELS


def _gaps(
    room_ids: Iterable[int], openings: list[Opening], first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime, int]]:
    """When a room is not open while the day goes on."""
    for room_id in room_ids:
        free_from = first
        for opening in openings:
            if opening.room_id == room_id:
                if opening.starts_at > free_from:
                    yield free_from, opening.starts_at, room_id
                free_from = max(free_from, opening.ends_at)
        if free_from < last:
            yield free_from, last, room_id


def _lanes(placements: list[Placement]) -> Iterator[tuple[Placement, int, int]]:
    """Each placement with its lane, and how many lanes its room needs at that time."""
    for room_id in {placement.room_id for placement in placements}:
        here = [p for p in placements if p.room_id == room_id]
        for cluster in _clusters(here):
            ends: list[datetime] = []  # when each lane becomes free
            lanes: list[tuple[Placement, int]] = []
            for placement in cluster:
                free = (n for n, end in enumerate(ends) if end <= placement.starts_at)
                lane = next(free, len(ends))
                ends[lane : lane + 1] = [end_of(placement)]
                lanes.append((placement, lane + 1))
            for placement, lane in lanes:
                yield placement, lane, len(ends)


def _clusters(placements: list[Placement]) -> Iterator[list[Placement]]:
    """Placements of one room, put together as far as they overlap."""
    cluster: list[Placement] = []
    busy_until: datetime | None = None
    for placement in sorted(placements, key=lambda p: (p.starts_at, p.id)):
        if busy_until is not None and placement.starts_at >= busy_until:
            yield cluster
            cluster, busy_until = [], None
        cluster.append(placement)
        busy_until = max(busy_until or end_of(placement), end_of(placement))
    if cluster:
        yield cluster
