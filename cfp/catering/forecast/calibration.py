"""How far earlier forecasts were off, and what that asks of the next ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

ALARM = 0.70  # of the 80 % intervals must have covered, else the next ones are wider
ENOUGH = 5  # forecasts from which a share means something
PROMISED = 0.80
MOST = 3.0


@dataclass(frozen=True, slots=True)
class Kept:
    """One forecast of old and what came true."""

    low: float
    likely: float
    high: float
    truth: float

    @property
    def covered(self) -> bool:
        """Whole people: an interval reaches to its nearest half."""
        return self.low - 0.5 <= self.truth <= self.high + 0.5

    @property
    def needed(self) -> float:
        """By what factor its side of the interval had to be wider to reach the truth."""
        side = self.high - self.likely if self.truth > self.likely else self.likely - self.low
        return abs(self.truth - self.likely) / max(side, 0.5)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was foreseen of an edition so many days before, and what came.

    ``said``: it stood in a forecast of that day; else it is what this model would have said.
    """

    name: str
    days: int
    kept: Kept
    said: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Shares of the truth: error and bias; coverage of the 80 % interval; the alarm's factor."""

    forecasts: int
    error: float
    bias: float
    coverage: float
    widen: float

    @property
    def alarm(self) -> bool:
        return self.widen > 1


def record(kept: Sequence[Kept]) -> Record | None:
    """None where nothing has come true yet."""
    seen = [one for one in kept if one.truth > 0]
    if not seen:
        return None
    coverage = fmean(one.covered for one in seen)
    return Record(
        forecasts=len(seen),
        error=fmean(abs(one.likely - one.truth) / one.truth for one in seen),
        bias=fmean((one.likely - one.truth) / one.truth for one in seen),
        coverage=coverage,
        widen=_widen(seen, coverage),
    )


def _widen(seen: Sequence[Kept], coverage: float) -> float:
    """The factor that would have covered four in five, once too few were covered."""
    if len(seen) < ENOUGH or coverage >= ALARM:
        return 1.0
    needed = sorted(one.needed for one in seen)
    at = min(len(needed) - 1, math.ceil(PROMISED * len(needed)) - 1)
    return min(MOST, max(1.0, needed[at]))
