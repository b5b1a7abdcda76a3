"""When a due day that is no working day really falls (BGB sec. 193)."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)
FIXED = {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}  # holidays of the whole country
AFTER_EASTER = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday


def payable_on(due: date) -> date:
    """The last day to pay in time: on a Saturday, Sunday or holiday, the next working day.

    Holidays of single states are not known here: there it is at most a day earlier than by law.
    """
    while due.weekday() >= 5 or is_holiday(due):
        due += DAY
    return due


def is_holiday(day: date) -> bool:
    easter = easter_of(day.year)
    moving = {easter + timedelta(days=after) for after in AFTER_EASTER}
    return (day.month, day.day) in FIXED or day in moving


def easter_of(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, after Gauss with Lichtenberg's correction."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    seed = (19 * golden + moon) % 30
    correction = (seed + golden // 11) // 29
    limit = 21 + seed - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=limit + 7 - (limit - first_sunday) % 7 - 1)
