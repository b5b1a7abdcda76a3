"""By which day the caterer's number is due, in working days with the holidays of the Land."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date, timedelta

SATURDAY = 5


def due(served_on: date, working_days: int, is_holiday: Container[date]) -> date:
    """The last day on which the number arrives so many working days before the meal."""
    on = served_on
    for _ in range(working_days):
        on = _step_back(on, lambda day: day.weekday() < SATURDAY and day not in is_holiday)
    return on


def _step_back(on: date, works: Callable[[date], bool]) -> date:
    on -= timedelta(days=1)
    while not works(on):
        on -= timedelta(days=1)
    return on


def holidays_of(land: str, years: range) -> Container[date]:
    """Public holidays where the caterer works: ``DE-BE`` is Berlin, ``AT`` all of Austria."""
    from holidays import country_holidays  # noqa: PLC0415  (only where a deadline is asked for)

    country, _, part = land.partition("-")
    try:
        found: Container[date] = country_holidays(country, subdiv=part or None, years=years)
    except NotImplementedError:
        raise ValueError(f"No holidays are known for “{land}”.") from None
    return found


def caterers_day(served_on: date, working_days: int, land: str) -> date:
    """The caterer's date for a meal, also across the turn of the year."""
    years = range(served_on.year - 1, served_on.year + 1)
    return due(served_on, working_days, holidays_of(land, years))
