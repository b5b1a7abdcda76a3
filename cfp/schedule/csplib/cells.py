"""What a cell of a spreadsheet says, however it was typed: numbers, times of day, zones, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

Row = Sequence[object]
DAY = 24 * 60
CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?|(?=\s*[ap]))\s*([ap])?\.?m?\.?$",
    re.IGNORECASE,
)
ZONE = re.compile(r"([+-]?)\s*(\d{1,2})(?:(?::?(\d{2}))|(\.\d+))?$")


def at(row: Row, place: int | None) -> object:
    """The cell there, nothing where the row is too short."""
    return None if place is None or place >= len(row) else row[place]


def name(cell: object) -> str:
    """A name as it was typed; a whole number without the point that the spreadsheet gave it."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell)


def key(cell: object) -> str:
    """A name as it is looked up: capitals and blanks make no difference."""
    return " ".join(name(cell).split()).casefold()


def words(cell: object) -> str:
    """The key of a title: what joins its words makes no difference either."""
    return " ".join(re.split(r"[\W_]+", key(cell))).strip()


class Names:
    """Finds the place of a name: as it is typed or, where nothing is typed so, by its key."""

    def __init__(self, typed: Iterable[object]) -> None:
        self._exact: dict[str, int] = {}
        self._loose: dict[str, int] = {}
        for place, cell in enumerate(typed):
            if key(cell):
                self._exact.setdefault(name(cell), place)
                self._loose.setdefault(key(cell), place)

    def find(self, cell: object) -> int | None:
        """Its place, the first if there are several."""
        return self._exact.get(name(cell), self._loose.get(key(cell)))


def number(cell: object) -> float:
    """A number that is not negative, whole if it can be; nothing is nought."""
    told = str(cell).strip() if cell is not None else ""
    if not told:
        return 0
    try:
        value = float(told.replace(",", ".") if told.count(",") == 1 else told)
        whole = int(value)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"A number is expected, not {cell}.") from error
    if value < 0:
        raise ValueError(f"A number cannot be below nought: {cell}.")
    return whole if value == whole else value


def count(cell: object, least: int = 0) -> int:
    """A whole number."""
    value = number(cell)
    if value != int(value):
        raise ValueError(f"A whole number is expected, not {cell}.")
    return max(least, int(value))


def people(cell: object) -> frozenset[str]:
    """Names separated by comma and space."""
    return frozenset(part.strip() for part in name(cell).split(", ") if part.strip())


def minutes(cell: object) -> int:
    """A time of day, of whatever kind the cell is."""
    if isinstance(cell, (time, datetime)):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60) % DAY
    if isinstance(cell, (int, float)):
        return round(cell * DAY) % DAY  # a spreadsheet's part of a day
    told = name(cell).strip()
    if not told:
        return 0
    found = CLOCK.search(told)
    if not found:
        raise ValueError(f"A time of day is expected, not {cell}.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour * 60 + minute) % DAY


def zone(cell: object) -> int:
    """``GMT+n`` as minutes east of Greenwich; nothing is Greenwich itself."""
    told = name(cell).strip().upper().removeprefix("GMT").removeprefix("UTC").strip()
    told = told.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    if not told:
        return 0
    found = ZONE.match(told)
    if not found:
        raise ValueError(f"A time zone like GMT+2 is expected, not {cell}.")
    part = round(float(found[4]) * 60) if found[4] else int(found[3] or 0)
    east = int(found[2]) * 60 + part
    return -east if found[1] == "-" else east
