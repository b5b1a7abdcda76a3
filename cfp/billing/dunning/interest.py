"""Default interest by law (BGB sec. 288): the base rate of each half-year and some points more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

BUSINESS = Decimal(9)  # percentage points above the base rate, between businesses
CONSUMER = Decimal(5)
YEAR = 365
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class BaseRate:
    """The base rate (BGB sec. 247) from a first of January or July on, in percent a year."""

    since: date
    percent: Decimal
    source: str = ""


class MissingRate(Exception):  # noqa: N818
    """Nobody has entered the base rate of a half-year, so no interest can be said."""

    def __init__(self, since: date) -> None:
        super().__init__(f"the base rate since {since} is missing")
        self.since = since


@dataclass(frozen=True)
class Segment:
    """Interest for whole days at one rate, both days counted; exact, not yet rounded."""

    first: date
    last: date
    percent: Decimal
    principal: int  # cents
    cents: Fraction

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def half_year(day: date) -> date:
    """The day since which the base rate of ``day`` holds."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def missing_rate(rates: Iterable[BaseRate], day: date, first: date | None = None) -> date | None:
    """The first half-year, from that of ``first`` to that of ``day``, whose rate is missing."""
    known, since = {rate.since for rate in rates}, half_year(first or day)
    while since in known and since < half_year(day):
        since = end_of_half_year(since) + DAY
    return None if since in known else since


def interest(
    principal: int, first: date, last: date, rates: Sequence[BaseRate], points: Decimal
) -> list[Segment]:
    """Interest on ``principal`` cents from ``first`` to ``last``, by segments of one rate.

    act/365: also in leap years a day is one of 365. No interest on interest, no tax. Where the
    rate of a half-year is missing nothing is guessed: :class:`MissingRate`.
    """
    found = []
    start = first
    while start <= last and principal > 0:
        end = min(last, end_of_half_year(start))
        percent = max(_rate_on(rates, start) + points, Decimal(0))
        days = (end - start).days + 1
        cents = Fraction(principal) * Fraction(percent) / 100 * days / YEAR
        found.append(Segment(start, end, percent, principal, cents))
        start = end + DAY
    return found


def end_of_half_year(day: date) -> date:
    """The last day on which the base rate of ``day`` holds."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def _rate_on(rates: Sequence[BaseRate], day: date) -> Decimal:
    since = half_year(day)
    known = [rate.percent for rate in rates if rate.since == since]
    if not known:
        raise MissingRate(since)
    return known[-1]


def rounded(cents: Fraction) -> int:
    """Whole cents, a half going up."""
    return int((cents * 2 + 1) // 2)
