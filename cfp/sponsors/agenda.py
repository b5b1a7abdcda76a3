"""When what was promised to sponsors has its days: a strip of weeks, or of months if many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
MOST_WEEKS = 14


@dataclass(frozen=True)
class Owed:
    """Something open of a sponsor, and its day."""

    sponsor: str
    day: date


@dataclass(frozen=True)
class Strip:
    """How many for each sponsor: first those that are late, then from each of ``begins`` on."""

    sponsors: tuple[str, ...]
    begins: tuple[date, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def is_monthly(self) -> bool:
        return len(self.begins) > 1 and self.begins[1] - self.begins[0] > WEEK


def spread(owed: Sequence[Owed], today: date) -> Strip:
    """Sponsors in the order in which they come, columns without a gap; None where there is none."""
    begins = _begins(today, max((one.day for one in owed), default=today))
    rows: dict[str, Counter[int]] = {}
    for one in owed:
        late = one.day < today
        column = 0 if late else sum(begin <= one.day for begin in begins)
        rows.setdefault(one.sponsor, Counter())[column] += 1
    cells = tuple(
        tuple(counted[n] or None for n in range(len(begins) + 1)) for counted in rows.values()
    )
    return Strip(tuple(rows), begins, cells)


def _begins(today: date, last: date) -> tuple[date, ...]:
    monday = today - timedelta(days=today.weekday())
    weeks = max(0, (last - monday).days // 7) + 1
    if weeks <= MOST_WEEKS:
        return tuple(monday + n * WEEK for n in range(weeks))
    months = (last.year - today.year) * 12 + last.month - today.month + 1
    return tuple(_month(today, n) for n in range(months))


def _month(today: date, later: int) -> date:
    years, month = divmod(today.month - 1 + later, 12)
    return date(today.year + years, month + 1, 1)
