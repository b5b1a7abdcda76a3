"""The booking curve as a picture: this edition, its fan, earlier ones, and the days that matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from cfp.catering.models import ForecastSnapshot, Kitchen
from cfp.conference.models import Conference
from cfp.plot import Ahead, Band, Look, Mark, Plot, Series, ahead

if TYPE_CHECKING:
    from cfp.catering.views.overview import Due

MOST_EARLIER = 3
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MOST_POINTS = 90


def booking(
    conference: Conference,
    kitchen: Kitchen | None,
    snapshot: ForecastSnapshot | None,
    due: Sequence[Due],
    today: date,
    look: Look,
) -> Plot | None:
    """None before anything was looked at."""
    if kitchen is None or snapshot is None:
        return None
    doors, result = conference.starts_on, snapshot.result
    fan = [(date.fromisoformat(on), *map(round, values)) for on, *values in result["fan"]]
    parts = Ahead(
        observed=Series(str(doors.year), _on_days(result["points"], doors)),
        median=Series(
            _("likely"), [(on, likely) for on, _low, likely, _high in fan], expected=True
        ),
        band=Band(_("8 in 10"), [low for _on, low, *_ in fan], [high for *_, high in fan]),
        earlier=[
            Series(_brief(one["name"]), _on_days(one["points"], doors))
            for one in result["earlier"][-MOST_EARLIER:]
        ],
        marks=_marks(result, due),
    )
    return ahead(_("Tickets sold"), parts, unit=_("tickets"), now=today, look=look)


def _brief(name: str) -> str:
    """The year of an edition, as its picture has little room for names."""
    years = YEAR.findall(name)
    return years[-1] if years else name


def _on_days(points: Sequence[Sequence[Any]], doors: date) -> list[tuple[date, float]]:
    """Points as days of this edition's calendar; no more of them than a picture can show."""
    every = max(1, len(points) // MOST_POINTS)
    kept = [point for n, point in enumerate(points) if n % every == 0 or n == len(points) - 1]
    return [(doors - timedelta(days=before), float(sold)) for before, sold in kept if before >= 0]


def _marks(result: dict[str, Any], due: Sequence[Due]) -> list[Mark]:
    steps = [Mark(date.fromisoformat(day), _("price step")) for day in result.get("steps", [])]
    days = sorted({one.on for one in due if one.on is not None})
    return sorted(
        [*steps, *(Mark(day, _("number due")) for day in days)], key=lambda mark: str(mark.at)
    )
