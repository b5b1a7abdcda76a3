"""Small changes of a plan of blocks, tried by the ten thousand: talks and cells change places."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from cfp.schedule.csplib.standing import Cell, Change, Standing

Move = Callable[[Random, Standing, int], Change | None]  # about a talk; None where it cannot be


def two_talks(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talk and another one of its track."""
    track = now.prices.track[talk]
    other = _another_talk(rng, now, track)
    here, there = now.where[talk], now.where[other]
    if other == talk:
        return None
    if here == there:
        return {here: [_swapped(each, talk, other) for each in now.cells[here]]}
    more = now.prices.slots[other] - now.prices.slots[talk]
    if now.used(here) + more > now.room_for[here] or now.used(there) - more > now.room_for[there]:
        return None
    return {
        here: [other if each == talk else each for each in now.cells[here]],
        there: [talk if each == other else each for each in now.cells[there]],
    }


def into_another_cell(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talk into a cell of its track, or into an empty one, at any place in the row."""
    track, here = now.prices.track[talk], now.where[talk]
    own = now.of_track[track]
    if len(own) > 1 and rng.random() < 0.7:
        there = rng.choice(sorted(own))
    else:
        there = rng.randrange(len(now.cells))
        if now.cells[there] and there not in own:
            return None
    row = [each for each in now.cells[there] if each != talk]
    if there != here and now.used(there) + now.prices.slots[talk] > now.room_for[there]:
        return None
    row.insert(rng.randrange(len(row) + 1), talk)
    if there == here:
        return {here: row}
    return {here: [each for each in now.cells[here] if each != talk], there: row}


def two_cells(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talk's cell and any other one."""
    here, there = now.where[talk], rng.randrange(len(now.cells))
    return _exchanged(now, {here: there, there: here})


def two_rooms(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talk's cell and another one of its session."""
    here, width = now.where[talk], now.width
    there = here // width * width + rng.randrange(width)
    return _exchanged(now, {here: there, there: here})


def three_cells(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talk's cell goes where another one was, that one elsewhere, and the third here."""
    here = now.where[talk]
    one, other = rng.randrange(len(now.cells)), rng.randrange(len(now.cells))
    if len({here, one, other}) < 3:
        return None
    return _exchanged(now, {here: one, one: other, other: here})


def a_track_into_another_room(rng: Random, now: Standing, talk: int) -> Change | None:
    """All cells that the track has in a room, with what is in the other room at these times."""
    track, width = now.prices.track[talk], now.width
    room = now.where[talk] % width
    step = rng.randrange(width) - room
    cells = [cell for cell in now.of_track[track] if cell % width == room]
    if not step:
        return None
    pairs = {cell: cell + step for cell in cells}
    return _exchanged(now, pairs | {there: here for here, there in pairs.items()})


def a_track_at_another_time(rng: Random, now: Standing, talk: int) -> Change | None:
    """All cells of the track earlier or later by as many sessions, with what is there."""
    width = now.width
    cells = sorted(now.of_track[now.prices.track[talk]])
    step = rng.choice((-2, -1, 1, 2)) * width
    if cells[0] + step < 0 or cells[-1] + step >= len(now.cells):
        return None
    goes = {cell: cell + step for cell in cells}
    free = [cell for cell in goes if cell not in goes.values()]
    taken = [cell for cell in goes.values() if cell not in goes]
    return _exchanged(now, goes | dict(zip(taken, free, strict=True)))


def a_cell_is_closed(rng: Random, now: Standing, talk: int) -> Change | None:
    """The talks of a cell into others of its track that still have room."""
    here = now.where[talk]
    others = [cell for cell in now.of_track[now.prices.track[talk]] if cell != here]
    rng.shuffle(others)
    left = {cell: now.room_for[cell] - now.used(cell) for cell in others}
    rows = {cell: list(now.cells[cell]) for cell in others}
    for each in now.cells[here]:
        slots = now.prices.slots[each]
        there = next((cell for cell in others if left[cell] >= slots), None)
        if there is None:
            return None
        rows[there].append(each)
        left[there] -= slots
    return {here: [], **{cell: row for cell, row in rows.items() if row != now.cells[cell]}}


def another_order(rng: Random, now: Standing, talk: int) -> Change | None:
    """The row of the talk's cell, turned round or dealt anew."""
    row = list(now.cells[now.where[talk]])
    if len(row) < 2:
        return None
    row = row[::-1] if rng.random() < 0.3 else rng.sample(row, len(row))
    return {now.where[talk]: row}


MOVES: tuple[tuple[Move, int], ...] = (
    (two_talks, 5),
    (into_another_cell, 4),
    (two_cells, 5),
    (two_rooms, 3),
    (three_cells, 2),
    (a_track_into_another_room, 2),
    (a_track_at_another_time, 1),
    (a_cell_is_closed, 1),
    (another_order, 1),
)


def _exchanged(now: Standing, goes: dict[Cell, Cell]) -> Change | None:
    """What is in each cell goes to the other, if it fits there."""
    change = {}
    for here, there in goes.items():
        if now.used(here) > now.room_for[there]:
            return None
        change[there] = now.cells[here]
    return change if any(change[cell] != now.cells[cell] for cell in change) else None


def _another_talk(rng: Random, now: Standing, track: int) -> int:
    cell = rng.choice(tuple(now.of_track[track]))
    return rng.choice(now.cells[cell])


def _swapped(each: int, one: int, other: int) -> int:
    return other if each == one else one if each == other else each
