"""A place for a talk between others of a room that move up a little, as few as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Spot
from cfp.schedule.solver.grid import Mask, span_mask
from cfp.schedule.solver.layout import Layout

MOST_MOVED = 12  # talks of one room that move up for one more
LOOKS = 120  # gaps that are tried for one talk


@dataclass(frozen=True, order=True, slots=True)
class Gap:
    """Talks that follow each other in a room, and the time that they and what is free there take.

    `cost`: how many of them leave an announced place; then how many there are, and the time.
    """

    cost: int
    many: int
    first: int
    after: int
    room: str
    names: tuple[str, ...]


def squeeze_in(layout: Layout, talk: Talk, enough: Callable[[], bool]) -> bool:
    """Put the talk where the fewest others have to move up for it, if that can be found."""
    for gap in sorted(_gaps(layout, talk))[:LOOKS]:
        if enough():
            return False
        if _fits_into(layout, talk, gap):
            return True
    return False


def at_home(layout: Layout, spot: Spot) -> bool:
    """Whether the talk is where it was announced."""
    return layout.grid.announced.get(spot.talk.id) == (spot.room, spot.start)


def _gaps(layout: Layout, talk: Talk) -> Iterator[Gap]:
    """Where the minutes suffice: from one talk on as many as it takes, and one more."""
    grid = layout.grid
    for room in grid.starts(talk):
        if grid.problem.room[room].parallel > 1:
            continue
        for _, first, last in grid.days[room]:
            spots = [s for s in layout.in_room[room].values() if first <= s.start < last]
            spots.sort(key=lambda spot: spot.start)
            yield from _gaps_of(layout, talk, spots, (room, first, last))


def _gaps_of(
    layout: Layout, talk: Talk, spots: list[Spot], berth: tuple[str, int, int]
) -> Iterator[Gap]:
    room, first, last = berth
    between = layout.grid.gap(room)
    for begin in range(len(spots)):
        start = spots[begin - 1].end + between if begin else first
        needed, cost, found = talk.minutes, 0, 0
        for end in range(begin, min(len(spots), begin + MOST_MOVED)):
            spot = spots[end]
            if spot.talk.id in layout.grid.problem.pin:
                break
            needed += spot.talk.minutes + between
            cost += at_home(layout, spot)
            after = spots[end + 1].start - between if end + 1 < len(spots) else last
            if after - start >= needed:
                names = tuple(one.talk.id for one in spots[begin : end + 1])
                yield Gap(cost, len(names), start, after, room, names)
                found += 1
                if found == 2:
                    break


def _fits_into(layout: Layout, talk: Talk, gap: Gap) -> bool:
    """Try each place in the row; what is in the gap moves as early as it can."""
    before = {name: layout.spots[name] for name in gap.names}
    for name in gap.names:
        layout.take(name)
    window = span_mask(gap.first, gap.after)
    for place in range(len(gap.names) + 1):
        row = [*gap.names[:place], talk.id, *gap.names[place:]]
        if _in_a_row(layout, row, gap, window):
            return True
    for name, spot in before.items():
        layout.put(name, (spot.room, spot.start))
    return False


def _in_a_row(layout: Layout, row: list[str], gap: Gap, window: Mask) -> bool:
    """Each as early as it can after the one before; all of them, or none."""
    done: list[str] = []
    for name in row:
        talk = layout.grid.problem.talk[name]
        mask = layout.free_starts_in(talk, gap.room) & window
        start = (mask & -mask).bit_length() - 1
        if start < 0 or start + talk.minutes > gap.after:
            break
        layout.put(name, (gap.room, start))
        window &= ~span_mask(0, start + talk.minutes)
        done.append(name)
    if len(done) == len(row):
        return True
    for name in done:
        layout.take(name)
    return False
