"""A sheet of a spreadsheet: its columns by their names, and where in it something is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cfp.schedule.csplib import cells
from cfp.schedule.csplib.cells import Row

Sheets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Sheet:
    """The header, and the rows under it whose first cell names something."""

    title: str
    header: Row
    rows: tuple[Row, ...]

    def columns(self, *wanted: str) -> list[int | None]:
        """The place of each column by its name, or else its usual one."""
        header = cells.Names(self.header)
        places = [header.find(name) for name in wanted]
        known = {place for place in places if place is not None}
        return [
            (None if usual in known else usual) if place is None else place
            for usual, place in enumerate(places)
        ]

    def names(self) -> tuple[str, ...]:
        """What the first column names, each of them once."""
        names = [cells.name(row[0]) for row in self.rows]
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            raise ValueError(f"The sheet {self.title} names {twice[0]} twice.")
        if not names:
            raise ValueError(f"The sheet {self.title} names nothing.")
        return tuple(names)


def by_title(sheets: Sheets) -> dict[str, Sequence[Row]]:
    """Rows by title, however it is spaced and joined."""
    return {cells.words(title): rows for title, rows in sheets.items()}


def sheet_of(told: Mapping[str, Sequence[Row]], title: str) -> Sheet:
    """A sheet that begins with its first row that is not empty; ``ValueError`` without one."""
    if title not in told:
        raise ValueError(f"The file has no sheet {title}.")
    rows = list(told[title])
    while rows and not any(map(cells.key, rows[0])):
        del rows[0]
    named = tuple(row for row in rows[1:] if row and cells.key(row[0]))
    return Sheet(title, rows[0] if rows else (), named)


@contextmanager
def telling(*place: str) -> Iterator[None]:
    """Whatever is wrong is told with its place."""
    try:
        yield
    except ValueError as wrong:
        raise ValueError(f"{', '.join(place)}: {wrong}") from wrong
