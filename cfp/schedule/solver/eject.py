"""A place for a long talk where others are: those go elsewhere, and nobody is left without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cfp.schedule.problem import Talk
from cfp.schedule.solver.greedy import place_well
from cfp.schedule.solver.grid import Position, minutes_of
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.squeeze import at_home, squeeze_in

MOST_AWAY = 12  # talks that make way for one
LOOKS = 60  # places that are tried for one talk

Way = tuple[int, int, str, int, tuple[str, ...]]  # at home of them, minutes, room, start, who goes


def make_way(layout: Layout, talk: Talk, enough: Callable[[], bool]) -> bool:
    """Put the talk where those who have to go all find another place, if that can be found."""
    before = layout.positions
    for _, _, room, start, names in sorted(_ways(layout, talk))[:LOOKS]:
        if enough():
            return False
        for name in names:
            layout.take(name)
        if layout.free_starts_in(talk, room) >> start & 1:
            layout.put(talk.id, (room, start))
            if _all_find_a_place(layout, names, enough):
                return True
        _restore(layout, before)
    return False


def _ways(layout: Layout, talk: Talk) -> Iterator[Way]:
    """Each start that the house allows, with the talks that are in the way; none of them pinned."""
    grid = layout.grid
    for room, mask in grid.starts(talk).items():
        spots, gap = list(layout.in_room[room].values()), grid.gap(room)
        seen: set[tuple[str, ...]] = set()
        for start in minutes_of(mask):
            after = start + talk.minutes + gap
            there = [s for s in spots if s.start < after and start < s.end + gap]
            names = tuple(sorted(spot.talk.id for spot in there))
            if names in seen or len(names) > MOST_AWAY:
                continue
            seen.add(names)
            if not grid.problem.pin.keys() & set(names):
                home = sum(at_home(layout, spot) for spot in there)
                yield home, sum(spot.talk.minutes for spot in there), room, start, names


def _all_find_a_place(layout: Layout, names: tuple[str, ...], enough: Callable[[], bool]) -> bool:
    talks = [layout.grid.problem.talk[name] for name in names]
    for talk in sorted(talks, key=lambda talk: (-talk.minutes, talk.id)):
        if not place_well(layout, talk) and not squeeze_in(layout, talk, enough):
            return False
    return True


def _restore(layout: Layout, before: Mapping[str, Position]) -> None:
    now = layout.positions
    for name, position in now.items():
        if before.get(name) != position:
            layout.take(name)
    for name, position in before.items():
        if now.get(name) != position:
            layout.put(name, position)
