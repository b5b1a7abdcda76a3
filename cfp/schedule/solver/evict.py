"""Places for talks that have lost theirs, each at the cost of as few others as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Spot
from cfp.schedule.solver.greedy import place_well
from cfp.schedule.solver.grid import Position, minutes_of
from cfp.schedule.solver.layout import Layout

# One talk makes room; or it has to find another one that does; or up to four make room at once.
WAYS = ((0, 1), (1, 1), (2, 1), (1, 4))
STEP = 15  # minutes between the starts that are looked at, where there are very many
MANY = 400
TRIES = 150  # places that are looked at for each of them


def settle(layout: Layout, enough: Callable[[], bool]) -> None:
    """A place for every talk that has none, if one can be had this way."""
    waiting = [talk for talk in layout.grid.problem.talks if talk.id not in layout.spots]
    for talk in sorted(waiting, key=lambda talk: (-talk.priority, -talk.minutes, talk.id)):
        for deep, few in WAYS:
            if enough() or _settle(layout, talk, deep, few, enough):
                break


def _settle(layout: Layout, talk: Talk, deep: int, few: int, enough: Callable[[], bool]) -> bool:
    """A free place, or one that a few other talks can leave."""
    if place_well(layout, talk):
        return True
    before = layout.positions
    for (room, start), others in _few(layout, talk, few) if deep else ():
        if enough():
            return False
        gone = [layout.spots[name].talk for name in others]
        for name in others:
            layout.take(name)
        if any(where == room and starts >> start & 1 for where, starts in layout.free_starts(talk)):
            layout.put(talk.id, (room, start))
            further = deep - 1 if len(gone) == 1 else 0
            if all(_settle(layout, other, further, 1, enough) for other in gone):
                return True
        _restore(layout, before)
    return False


def _restore(layout: Layout, before: Mapping[str, Position]) -> None:
    """Everybody where they were."""
    now = layout.positions
    changed = [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)]
    for name in changed:
        if name in now:
            layout.take(name)
    for name in changed:
        if name in before:
            layout.put(name, before[name])


def _few(layout: Layout, talk: Talk, few: int) -> Iterator[tuple[Position, tuple[str, ...]]]:
    """Places with few talks in the way, none of them pinned; the fewest and shortest first."""
    grid = layout.grid
    found = []
    for room, mask in grid.starts(talk).items():
        starts = list(minutes_of(mask))
        starts = [s for s in starts if s % STEP == 0] if len(starts) > MANY else starts
        for start in starts:
            spot = Spot(talk, room, start, start + talk.minutes)
            others = _in_the_way(layout, spot, few)
            names = tuple(other.talk.id for other in others)
            if 0 < len(others) <= few and not any(name in grid.problem.pin for name in names):
                minutes = sum(other.talk.minutes for other in others)
                found.append((len(others), minutes, start, room, names))
    for _many, _minutes, start, room, names in sorted(found)[:TRIES]:
        yield (room, start), names


def _in_the_way(layout: Layout, spot: Spot, few: int) -> list[Spot]:
    """Talks in the room, of the same people or not beside it, at that time; a few at most."""
    grid, mine, found = layout.grid, set(spot.talk.people), []
    gap, apart = grid.gap(spot.room), grid.pairs.apart[spot.talk.id]
    for other in layout.spots.values():
        near = spot.start < other.end + gap and other.start < spot.end + gap
        minds = other.room == spot.room and grid.problem.room[spot.room].parallel == 1
        if near and (minds or other.talk.id in apart or mine & set(other.talk.people)):
            found.append(other)
            if len(found) > few:
                break
    return found
