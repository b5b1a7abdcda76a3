"""A past edition asked again: the forecast as it would have been so many days before its doors.

Reads files of booking curves (series, edition, date, dte, cum) and of editions (series, edition,
kind, start, end, steps; capacity if known). Rows dated after that day are not even parsed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cfp.catering.forecast import Count, Edition, Situation

Row = Mapping[str, str | None]
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
FARTHEST = 10_000  # days
MOST = 10_000_000  # tickets
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Described:
    """A line of the file of editions, as far as it is known before the doors open."""

    series: str
    name: str
    kind: str
    start: date
    end: date
    steps: tuple[float, ...]
    capacity: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.series, self.name


@dataclass(frozen=True, slots=True)
class Asked:
    """The edition as it stood, and the earlier ones of its series that were over by then."""

    edition: Described
    situation: Situation
    earlier: tuple[Edition, ...]


def ask(
    curves: Iterable[Row], editions: Iterable[Row], name: str, days: int, *, history: bool = True
) -> Asked:
    """ValueError with a sentence where the files or the name do not allow an answer."""
    described = [_described(row) for row in editions if _text(row, "edition")]
    mine = _named(described, name)
    on = mine.start - timedelta(days=days)
    wanted = [one for one in described if one.series == mine.series] if history else [mine]
    points = _points(curves, {one.key: one for one in wanted}, on)
    own = tuple(point for point in points.get(mine.key, ()) if point.days >= days)
    earlier = tuple(
        _over(one, points[one.key], mine)
        for one in sorted(wanted, key=lambda one: (one.start, one.name))
        if one.key != mine.key and one.end <= on and points.get(one.key) and one.kind == mine.kind
    )
    situation = Situation(float(days), own, mine.steps, mine.capacity, kind=mine.kind)
    return Asked(mine, situation, earlier)


def _text(row: Row, column: str) -> str:
    return (row.get(column) or "").strip()


def _described(row: Row) -> Described:
    name = _text(row, "edition")
    start = _date(_text(row, "start"), f"{name}: start")
    end = _text(row, "end")
    found = [_date(day, f"{name}: steps") for day in DATE.findall(_text(row, "steps"))]
    kind = _text(row, "kind")
    return Described(
        series=_text(row, "series"),
        name=name,
        kind="conference" if kind.startswith(("paid", "conference")) or not kind else kind,
        start=start,
        end=_date(end, f"{name}: end") if end else start,
        steps=tuple(float((start - day).days) for day in found),
        capacity=_capacity(_text(row, "capacity"), name),
    )


def _capacity(text: str, name: str) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        raise ValueError(f"{name}: capacity: “{text}” is no number.") from None


def _date(text: str, what: str) -> date:
    """2027-05-10, with or without a time after it, or 10.05.2027."""
    try:
        found = GERMAN.match(text)
        return date(*map(int, found.groups()[::-1])) if found else date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"{what}: “{text[:40]}” is no date.") from None


def _named(described: Iterable[Described], name: str) -> Described:
    """By “series edition”, or by the edition alone where only one is called so."""
    wanted = " ".join(name.split()).casefold()
    listed = list(described)
    full = [one for one in listed if f"{one.series} {one.name}".casefold() == wanted]
    found = full or [one for one in listed if one.name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{one.series} {one.name}" for one in found)
        raise ValueError(f"Several editions are called “{name}”: {names}.")
    raise ValueError(f"There is no edition “{name}”.")


def _points(
    curves: Iterable[Row], wanted: Mapping[tuple[str, str], Described], on: date
) -> dict[tuple[str, str], tuple[Count, ...]]:
    """Counts up to that day by edition, earliest first; of two for one day the later line holds."""
    found: dict[tuple[str, str], dict[float, int]] = {}
    for line, row in enumerate(curves, 2):
        edition = wanted.get((_text(row, "series"), _text(row, "edition")))
        if edition is None:
            continue
        days = _days(row, edition, line)
        if edition.start - timedelta(days=days) > on:
            continue
        found.setdefault(edition.key, {})[days] = _sold(row, line)
    return {
        key: tuple(Count(days, sold) for days, sold in sorted(counts.items(), reverse=True))
        for key, counts in found.items()
    }


def _days(row: Row, edition: Described, line: int) -> float:
    text = _text(row, "dte")
    if not text:
        return float((edition.start - _date(_text(row, "date"), f"Line {line}: date")).days)
    try:
        days = float(text)
    except ValueError:
        days = math.inf
    if not abs(days) <= FARTHEST:
        raise ValueError(f"Line {line}: “{text[:40]}” is no number of days.")
    return days


def _sold(row: Row, line: int) -> int:
    text = _text(row, "cum")
    try:
        sold = max(0, round(float(text)))
    except (ValueError, OverflowError):
        sold = MOST + 1
    if sold > MOST:
        raise ValueError(f"Line {line}: “{text[:40]}” is no number of tickets.")
    return sold


def _over(one: Described, points: tuple[Count, ...], mine: Described) -> Edition:
    final = points[-1].sold
    full = one.capacity is not None and final >= one.capacity
    age = (mine.start - one.start).days / YEAR
    return Edition(one.name, points, final, age, one.steps, censored=full)
