"""A past edition asked again: the forecast as it would have been so many days before its doors.

Reads files of booking curves (series, edition, date, dte, cum) and of editions (series, edition,
kind, start, end, steps; capacity if known). Rows dated after that day are not even parsed. The
final number in the file of editions is read of those that were over by then, and only where their
curve ends before the doors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cfp.catering.forecast import Count, Edition, Situation
from cfp.catering.forecast.size import SMALL

Row = Mapping[str, str | None]
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
FARTHEST = 10_000  # days
MOST = 10_000_000  # tickets
YEAR = 365.25
WHOLE = 7  # days before the doors after which a curve that stops says nothing of its end


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
    final: str = ""

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
    row, others = _named([row for row in editions if _text(row, "edition")], name)
    mine = _described(row)
    on = mine.start - timedelta(days=days)
    before = (_described(one) for one in others if history and _text(one, "start"))
    wanted = [mine, *(one for one in before if one.end <= on and one.kind == mine.kind)]
    points = _points(curves, {one.key: one for one in wanted}, on)
    own = tuple(point for point in points.get(mine.key, ()) if point.days >= days)
    earlier = tuple(
        _over(one, points[one.key], mine)
        for one in sorted(wanted, key=lambda one: (one.start, one.name))
        if one.key != mine.key and points.get(one.key)
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
    return Described(
        series=_text(row, "series"),
        name=name,
        kind=_kind(_text(row, "kind").casefold().split("_")),
        start=start,
        end=_date(end, f"{name}: end") if end else start,
        steps=tuple(float((start - day).days) for day in found),
        capacity=_capacity(_text(row, "capacity"), name),
        final=_text(row, "final"),
    )


def _kind(words: list[str]) -> str:
    """``paid`` is a conference, ``festival_paid`` a festival, ``online_free_small`` small."""
    if words[0] in ("", "paid", "conference"):
        return "conference"
    return SMALL if SMALL in words else words[0]


def _capacity(text: str, name: str) -> int | None:
    """None where nobody knows; some write nought for that."""
    try:
        return max(0, int(float(text or 0))) or None
    except (ValueError, OverflowError):
        raise ValueError(f"{name}: capacity: “{text}” is no number.") from None


def _date(text: str, what: str) -> date:
    """2027-05-10, with or without a time after it, or 10.05.2027."""
    try:
        found = GERMAN.match(text)
        return date(*map(int, found.groups()[::-1])) if found else date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"{what}: “{text[:40]}” is no date.") from None


def _named(rows: list[Row], name: str) -> tuple[Row, list[Row]]:
    """By “series edition”, or by the edition alone where only one is called so; and its series."""
    wanted = " ".join(name.split()).casefold()
    keys = {(_text(row, "series"), _text(row, "edition")): row for row in rows}
    full = [key for key in keys if " ".join(key).casefold() == wanted]
    found = full or [key for key in keys if key[1].casefold() == wanted]
    if len(found) == 1:
        mine = found[0]
        return keys[mine], [row for key, row in keys.items() if key[0] == mine[0] and key != mine]
    if found:
        names = ", ".join(" ".join(key) for key in found)
        raise ValueError(f"Several editions are called “{name}”: {names}.")
    raise ValueError(f"There is no edition “{name}”.")


def _points(
    curves: Iterable[Row], wanted: Mapping[tuple[str, str], Described], on: date
) -> dict[tuple[str, str], tuple[Count, ...]]:
    """Counts up to that day by edition, earliest first; of two for one day the later line holds."""
    found: dict[tuple[str, str], dict[float, int]] = {}
    for line, row in enumerate(curves, 2):
        edition = wanted.get((_text(row, "series"), _text(row, "edition")))
        if edition is None or not _text(row, "cum"):
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
        sold = float(text)
    except ValueError:
        sold = math.inf
    if not sold <= MOST or sold % 1:
        raise ValueError(f"Line {line}: “{text[:40]}” is no number of tickets.")
    return max(0, int(sold))


def _over(one: Described, points: tuple[Count, ...], mine: Described) -> Edition:
    """An earlier edition; one that was full, or whose end nobody knows, wanted that many at least.

    Where its curve stops before the doors, the file of editions may say how many came in the end.
    """
    final, stops = points[-1].sold, points[-1].days
    if stops > 0 and one.final.isdigit():
        final, stops = min(MOST, max(final, int(one.final))), 0.0
    full = one.capacity is not None and final >= one.capacity
    age = (mine.start - one.start).days / YEAR
    return Edition(one.name, points, final, age, one.steps, censored=full or stops > WHOLE)
