"""From values to places: domains, nice ticks of numbers and of time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

X = float | date | datetime  # a datetime is a date to Python; both are days here

FARTHEST = (
    1e15  # beyond this a picture of a conference has no meaning; values are drawn at the edge
)
FIRST_DAY, LAST_DAY = 1.0, float(date.max.toordinal())


def as_number(x: X) -> float:
    """A place on the axis: a number as it is, a moment in days since the year 1."""
    if isinstance(x, datetime):
        at = x if x.tzinfo is None else x.astimezone(UTC).replace(tzinfo=None)
        return (
            at.toordinal()
            + (at - datetime.combine(at, datetime.min.time())).total_seconds() / 86400
        )
    if isinstance(x, date):
        return float(x.toordinal())
    if not math.isfinite(x):
        raise ValueError("A picture shows finite numbers only.")
    return max(-FARTHEST, min(FARTHEST, float(x)))


def is_time(xs: Iterable[X]) -> bool:
    """Whether the axis is one of days."""
    return any(isinstance(x, date) for x in xs)


@dataclass(frozen=True)
class Scale:
    """A stretch of values laid on a stretch of the picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def domain(values: Iterable[float], *, zero: bool = False) -> tuple[float, float]:
    """Lowest and highest, never the same; with nought if asked."""
    found = list(values) or [0.0]
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        around = max(0.5, abs(high) * 0.05)
        return (low, low + 2 * around) if zero and low == 0 else (low - around, high + around)
    return low, high


def step(low: float, high: float, most: int) -> float:
    """The distance of ticks: 1, 2 or 5 times a power of ten."""
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((n * power for n in (1, 2, 5) if n * power >= rough * 0.999999), 10 * power)


def number_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers within the domain."""
    distance = step(low, high, most)
    first, last = math.ceil(low / distance - 1e-9), math.floor(high / distance + 1e-9)
    return [n * distance for n in range(first, min(last, first + 4 * most) + 1)]


def rounded(low: float, high: float, most: int = 5) -> tuple[float, float]:
    """The domain stretched to its next round numbers."""
    distance = step(low, high, most)
    return math.floor(low / distance + 1e-9) * distance, math.ceil(
        high / distance - 1e-9
    ) * distance


def day_of(number: float) -> date:
    """The day at a place on an axis of days."""
    return date.fromordinal(int(max(FIRST_DAY, min(LAST_DAY, number))))


def day_ticks(low: float, high: float, most: int = 6) -> list[date]:
    """Days, Mondays, firsts of months or of years, whichever gives no more than ``most``."""
    first, last = day_of(math.ceil(low)), day_of(high)
    days = (last - first).days
    for every in (1, 2, 7, 14):
        if days / every <= most:
            start = first if every < 7 else first + timedelta(days=min(-first.weekday() % 7, days))
            return [start + timedelta(days=n) for n in range(0, (last - start).days + 1, every)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for every in (1, 2, 3, 6):
        if months / every <= most:
            return [d for d in _firsts(first, last, every) if first <= d <= last]
    years = math.ceil(step(0, max(1, last.year - first.year), most))
    start_year = math.ceil((first.year + 1) / years) * years
    return [date(year, 1, 1) for year in range(start_year, last.year + 1, years)]


def _firsts(first: date, last: date, every: int) -> Sequence[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(m // 12, m % 12 + 1, 1) for m in months if (m % 12) % every == 0]
