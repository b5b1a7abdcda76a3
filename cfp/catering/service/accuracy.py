"""How far the forecast was off: earlier editions asked again, and this one once it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cfp.catering.forecast import Edition, Situation
from cfp.catering.forecast.calibration import Kept, Record, record

HORIZONS = (30, 14, 7)


@dataclass(frozen=True)
class Asked:
    """An edition as it would have been foreseen so many days before, and what came."""

    name: str
    days: int
    kept: Kept


def asked_again(editions: Sequence[Edition]) -> list[Asked]:
    """Each edition from those before it, as it stood 30, 14 and 7 days before its doors."""
    from cfp.catering.forecast.tickets import forecast  # noqa: PLC0415  (NumPy: worker only)

    found = []
    for edition in editions:
        before = tuple(
            replace(one, age=one.age - edition.age) for one in editions if one.age > edition.age
        )
        for days in HORIZONS:
            asked = Situation(float(days), edition.points, edition.steps)
            if not asked.seen or edition.final <= 0 or edition.censored:
                continue
            answer = forecast(asked, before)
            kept = Kept(answer.q10, answer.q50, answer.q90, float(edition.final))
            found.append(Asked(edition.name, days, kept))
    return found


def widening(editions: Sequence[Edition]) -> float:
    """By what factor intervals are stretched, because too few of the earlier ones covered."""
    known = record([one.kept for one in asked_again(editions)])
    return known.widen if known else 1.0


def of_this_edition(
    snapshots: Sequence[tuple[date, float, float, float]], doors: date, final: int
) -> Record | None:
    """The record of this edition's own daily forecasts in its last thirty days."""
    kept = [
        Kept(low, likely, high, float(final))
        for on, low, likely, high in snapshots
        if 0 < (doors - on).days <= max(HORIZONS)
    ]
    return record(kept)
