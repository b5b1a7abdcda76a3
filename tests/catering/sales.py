"""Curves of sales for the tests: an edition that sells as conferences do, without chance."""

from __future__ import annotations

from typing import Any

from cfp.catering.forecast import Count, Edition, Situation
from cfp.catering.forecast.steps import expected_share

LAUNCH = 120


def curve(final: int, steps: tuple[float, ...] = (), until: int = 0) -> tuple[Count, ...]:
    """Daily counts from the launch to ``until`` days before the doors."""
    whole = expected_share(0, steps)
    return tuple(
        Count(float(days), round(final * min(1.0, expected_share(days, steps) / whole)))
        for days in range(LAUNCH, until - 1, -1)
    )


def edition(final: int, age: float = 1.0, steps: tuple[float, ...] = ()) -> Edition:
    return Edition(f"{age:g} years ago", curve(final, steps), final, age, steps)


def situation(days: int, final: int = 300, steps: tuple[float, ...] = (), **more: Any) -> Situation:
    """An edition that will end at about ``final``, seen so many days before."""
    return Situation(float(days), curve(final, steps, days), steps, **more)
