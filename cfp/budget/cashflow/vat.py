"""When VAT goes to the tax office: the advance return, and what stands in it.

Due on the tenth day after the month or quarter (UStG § 18 (1)), a month later with a permanent
extension (UStDV § 46), on the next working day where that is none (AO § 108 (3)). Money that comes
before the conference owes its VAT when it comes (UStG § 13 (1) 1 a, fourth sentence); the VAT in a
bill is taken off when the bill is paid (UStG § 15 (1) 1, third sentence). What is more than owed
comes back on the same day. The special advance of a monthly extension is not counted.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

WHOLE = 10_000  # a rate is in hundredths of a percent
SATURDAY = 5
TENTH = 10


@dataclass(frozen=True)
class Returns:
    """One return for so many ``months`` (1 or 3); ``holidays`` are days on which nobody works."""

    months: int = 1
    extended: bool = False
    holidays: Container[date] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one return, both included, and the day on which its VAT is paid."""

    first: date
    last: date
    due: date


def periods(returns: Returns | None, first: date, last: date) -> tuple[Period, ...]:
    """The returns that hold everything between two days; none where nobody owes any."""
    return tuple(_periods(returns, first, last)) if returns else ()


def _periods(returns: Returns, first: date, last: date) -> Iterator[Period]:
    month = first.year * 12 + (first.month - 1) // returns.months * returns.months
    while _first_of(month) <= last:
        after = month + returns.months
        due = _first_of(after + int(returns.extended)).replace(day=TENTH)
        while due.weekday() >= SATURDAY or due in returns.holidays:
            due += timedelta(days=1)
        yield Period(_first_of(month), _first_of(after) - timedelta(days=1), due)
        month = after


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def inside(gross: float, rate: int) -> float:
    """The VAT that is in an amount."""
    return gross * rate / (WHOLE + rate)
