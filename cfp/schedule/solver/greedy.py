"""A plan in the first second: the hardest talks first, each where it costs least."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cfp.schedule.problem import Talk
from cfp.schedule.rules.tracks import tracks
from cfp.schedule.solver.grid import Grid, Mask, Position, span_mask
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.prices import Cost, add

ROUNDS = 20


def greedy(grid: Grid, enough: Callable[[], bool]) -> Layout:
    """Rounds of placing; a talk that found no place comes earlier in the next round."""
    urgency = dict.fromkeys(grid.problem.talk, 0)
    best = _round(grid, urgency)
    for _ in range(ROUNDS):
        left = [talk for talk in grid.problem.talks if talk.id not in best.spots]
        left = [talk for talk in left if grid.starts(talk)]
        if not left or enough():
            break
        for talk in left:
            urgency[talk.id] += 1
        layout = _round(grid, urgency)
        if _missing(layout) <= _missing(best):
            best = layout
    return best


def _missing(layout: Layout) -> int:
    talks = layout.grid.problem.talks
    return sum(talk.priority for talk in talks if talk.id not in layout.spots)


def _round(grid: Grid, urgency: dict[str, int]) -> Layout:
    layout = Layout(grid)
    for talk in sorted(
        grid.problem.talks, key=lambda talk: (-urgency[talk.id], *_ease(grid, talk))
    ):
        place_well(layout, talk)
    return layout


def _ease(grid: Grid, talk: Talk) -> tuple[bool, bool, bool, int, int, int, int, Cost, str]:
    """How easily a talk finds a place: few rooms, then many minutes, then few starts are hard.

    Of those alike, whom most others would rather not have beside them comes first.
    """
    starts = grid.starts(talk)
    choice = sum(mask.bit_count() for mask in starts.values())
    pinned, announced = talk.id in grid.problem.pin, grid.may_stay(talk)
    hardness = (len(starts), -talk.minutes, choice)
    if talk.track and grid.strictly("one-track-a-block"):
        hardness = (-len(tracks(grid.problem).get(talk.track, ())), *hardness[:2])
    minded = grid.prices.nothing()
    for price in grid.pairs.rather_apart[talk.id].values():
        add(minded, [-amount for amount in price])
    first = (not pinned, not announced, not talk.plenary, -talk.priority)
    return *first, *hardness, minded, talk.id


def place_well(layout: Layout, talk: Talk) -> bool:
    """Put the talk where it costs least now, if it fits anywhere; the earlier and tighter wins."""
    options = list(_options(layout, talk))
    if not options:
        return False
    cheapest = min(options, key=lambda place: (_cost(layout, talk, place), place[1], place[0]))
    layout.put(talk.id, cheapest)
    return True


def _options(layout: Layout, talk: Talk) -> Iterator[Position]:
    """For each room and day the first start, and the first one after each talk that is there.

    And the place that was announced.
    """
    announced = layout.grid.announced.get(talk.id)
    for room, mask in layout.free_starts(talk):
        if announced and announced[0] == room and mask >> announced[1] & 1:
            yield announced
        ends = [spot.end for spot in layout.in_room[room].values()]
        ends += [first for _, first, _ in layout.grid.days[room]]
        for start in {_first_from(mask, end) for end in ends}:
            if start is not None:
                yield room, start


def _first_from(mask: Mask, minute: int) -> int | None:
    later = mask & ~span_mask(0, minute)
    return (later & -later).bit_length() - 1 if later else None


def _cost(layout: Layout, talk: Talk, position: Position) -> Cost:
    room, start = position
    total = layout.grid.place_cost(talk, room, start)
    for other, price in layout.grid.pairs.rather_apart[talk.id].items():
        spot = layout.spots.get(other)
        if spot and spot.start < start + talk.minutes and start < spot.end:
            add(total, price)
    return total
