"""How large this edition may become before a single ticket tells: the last ones, or the target.

Editions of one series grow by a factor whose logarithm has a deviation of 0.29; an organiser's own
target is about as good. Who knows neither assumes 200 within a factor of four.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from cfp.catering.forecast.editions import Edition
from cfp.catering.forecast.pooling import YEARLY, Estimate

GROWTH = 0.29
TARGET = 0.29
UNKNOWN = Estimate(math.log(200), 1.1)
DOUBT = 4.0  # growth is believed after so many repetitions


def size_prior(earlier: Sequence[Edition], target: int | None) -> Estimate:
    """The logarithm of the final number: both sources, each by what it is worth."""
    sources = [source for source in (_by_history(earlier), _by_target(target)) if source]
    if not sources:
        return UNKNOWN
    precisions = [1 / source.deviation**2 for source in sources]
    whole = sum(precisions)
    pairs = zip(precisions, sources, strict=True)
    mean = sum(precision * source.mean for precision, source in pairs) / whole
    return Estimate(mean, math.sqrt(1 / whole))


def _by_target(target: int | None) -> Estimate | None:
    return Estimate(math.log(target), TARGET) if target else None


def _by_history(earlier: Sequence[Edition]) -> Estimate | None:
    """The youngest edition carried on by a doubtful growth; unlike sizes make it less sure."""
    ordered = sorted((e for e in earlier if e.final > 0), key=lambda e: -e.age)
    if not ordered:
        return None
    logs = [math.log(edition.final) for edition in ordered]
    weights = [(YEARLY / 2) ** max(0.0, edition.age - ordered[-1].age) for edition in ordered]
    pairs = list(zip(weights, logs, strict=True))
    middle = sum(weight * log for weight, log in pairs) / sum(weights)
    steps = [after - before for before, after in pairwise(logs)]
    growth = sum(steps) / (len(steps) + DOUBT) if steps else 0.0
    unlike = sum(step**2 for step in steps)
    deviation = math.sqrt((DOUBT * GROWTH**2 + unlike) / (DOUBT + len(steps)))
    censored = ordered[-1].censored
    return Estimate(middle + growth + (0.1 if censored else 0.0), deviation)
