"""All that a forecast of an edition starts from, on one day. Nothing else is looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from cfp.catering.forecast import Edition, Situation
from cfp.catering.forecast.calibration import Judged
from cfp.catering.forecast.channels import Channel
from cfp.catering.portions.diets import USUAL
from cfp.catering.sold import Sale

MODEL = "kitchen-5"


@dataclass(frozen=True, slots=True)
class Served:
    """A meal as the order needs it: money in cents, the tolerance in portions or in percent."""

    code: str
    name: str
    on: date
    day: int
    present_percent: int
    eat_percent: int
    price: int
    shortage: int
    tolerance: int
    in_percent: bool


@dataclass(frozen=True, slots=True)
class Known:
    """``factor`` is the appetite, ``widen`` what earlier misses ask for, ``today`` the day.

    ``judged`` is how far earlier forecasts were off, ``due`` how many days before the doors the
    first caterer has to know, ``eaten`` the usual share of each diet after earlier editions.
    """

    today: date
    doors: date
    situation: Situation
    earlier: tuple[Edition, ...]
    channels: tuple[Channel, ...]
    meals: tuple[Served, ...]
    due: float = 7.0
    factor: float = 1.0
    widen: float = 1.0
    answered: Mapping[str, int] = field(default_factory=dict)
    eaten: Mapping[str, float] = field(default_factory=lambda: dict(USUAL))
    judged: tuple[Judged, ...] = ()

    def digest(self) -> str:
        """The hash of everything that the answer depends on."""
        whole = json.dumps([MODEL, asdict(self)], sort_keys=True, default=str)
        return hashlib.sha256(whole.encode()).hexdigest()


def curve(sales: Sequence[Sale], doors: date, days: Sequence[date]) -> list[tuple[float, int]]:
    """(days before the doors, sold so far) at the end of each of these days."""
    dates = sorted(sale.ordered_at.date() for sale in sales)
    found, n = [], 0
    for on in days:
        while n < len(dates) and dates[n] <= on:
            n += 1
        found.append((float((doors - on).days), n))
    return found
