"""A day as a table for one sheet of paper: rooms across, a row whenever something changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cfp.site.programme import Day, Entry


@dataclass(frozen=True)
class Cell:
    """What happens in a room, or in ``wide`` of them, for ``high`` rows; nothing: it is free."""

    entries: tuple[Entry, ...]
    high: int
    wide: int = 1


@dataclass(frozen=True)
class Row:
    """What begins at this moment, room by room; what began before reaches down to here."""

    starts: datetime
    cells: list[Cell]


def rows_of(day: Day) -> list[Row]:
    """The day's rows; whatever overlaps in a room shares a cell."""
    rooms = range(1, len(day.rooms) + 1)
    here = [entry for entry in day.entries if not entry.cancelled]
    blocks = {room: list(_blocks([e for e in here if e.column == room])) for room in rooms}
    house = [e for e in here if e.talk is None and not e.column]
    for pause in house:
        for room in rooms:
            if all(b.ends <= pause.starts or pause.ends <= b.starts for b in blocks[room]):
                blocks[room].append(_Block(pause.starts, pause.ends, (pause,)))
    every = [block for found in blocks.values() for block in found]
    times = sorted({moment for block in every for moment in (block.starts, block.ends)})
    return list(_rows(blocks, times))


@dataclass(frozen=True)
class _Block:
    starts: datetime
    ends: datetime
    entries: tuple[Entry, ...]


def _blocks(entries: list[Entry]) -> Iterator[_Block]:
    """Entries of one room, put together as far as they overlap."""
    cluster: list[Entry] = []
    for entry in sorted(entries, key=lambda one: one.starts):
        if cluster and entry.starts >= max(one.ends for one in cluster):
            yield _Block(cluster[0].starts, max(one.ends for one in cluster), tuple(cluster))
            cluster = []
        cluster.append(entry)
    if cluster:
        yield _Block(cluster[0].starts, max(one.ends for one in cluster), tuple(cluster))


def _rows(blocks: dict[int, list[_Block]], times: list[datetime]) -> Iterator[Row]:
    for number, moment in enumerate(times[:-1]):
        cells: list[Cell | None] = []  # None: what began above reaches down to here
        for found in blocks.values():
            block = next((b for b in found if b.starts <= moment < b.ends), None)
            if block is None:
                cells.append(Cell((), 1))
            elif block.starts == moment:
                cells.append(Cell(block.entries, times.index(block.ends) - number))
            else:
                cells.append(None)
        yield Row(moment, _side_by_side(cells))


def _side_by_side(cells: list[Cell | None]) -> list[Cell]:
    """A break of neighbouring rooms is one wide cell."""
    merged: list[Cell | None] = []
    for cell in cells:
        last = merged[-1] if merged else None
        is_break = cell is not None and cell.entries and cell.entries[0].talk is None
        if cell and last and is_break and (last.entries, last.high) == (cell.entries, cell.high):
            merged[-1] = Cell(last.entries, last.high, last.wide + 1)
        else:
            merged.append(cell)
    return [cell for cell in merged if cell is not None]
