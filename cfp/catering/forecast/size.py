"""How large this edition may become before a single ticket tells: the last ones, or the target.

Editions of one paid conference grow by a factor whose logarithm has a deviation of 0.29, festivals
and meetups by 0.37 (real series); an organiser's own target is about as good. Who knows neither
takes 200: within a factor of four before anybody has seen a sale, of ten as soon as what is sold
and the curve can say nearly all. What calls itself small takes 50 (assumed). A single edition of
less than half a year ago is a sister event rather than the one before: its size says as little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from cfp.catering.forecast.editions import Edition
from cfp.catering.forecast.pooling import YEARLY, Estimate

GROWTH, GROWTH_ELSE = 0.29, 0.37
TARGET = 0.29
SOON_AFTER = 0.5
UNKNOWN = Estimate(math.log(200), 1.8)
SMALL = "small"
UNKNOWN_SMALL = Estimate(math.log(50), 1.8)
GUESSED = 1.1  # the deviation before anybody has seen a sale
DOUBT = 4.0  # growth is believed after so many repetitions


def size_prior(
    earlier: Sequence[Edition],
    target: int | None,
    kind: str = "conference",
    *,
    seen: bool = True,
) -> Estimate:
    """The logarithm of the final number: both sources, each by what it is worth."""
    unknown = UNKNOWN_SMALL if kind == SMALL else UNKNOWN
    unknown = unknown if seen else Estimate(unknown.mean, GUESSED)
    growth = GROWTH if kind == "conference" else GROWTH_ELSE
    found = (_by_history(earlier, growth, unknown.deviation), _by_target(target))
    sources = [source for source in found if source]
    if not sources:
        return unknown
    precisions = [1 / source.deviation**2 for source in sources]
    whole = sum(precisions)
    pairs = zip(precisions, sources, strict=True)
    mean = sum(precision * source.mean for precision, source in pairs) / whole
    return Estimate(mean, math.sqrt(1 / whole))


def _by_target(target: int | None) -> Estimate | None:
    return Estimate(math.log(target), TARGET) if target else None


def _by_history(earlier: Sequence[Edition], usual: float, sister: float) -> Estimate | None:
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
    deviation = math.sqrt((DOUBT * usual**2 + unlike) / (DOUBT + len(steps)))
    if len(ordered) == 1 and ordered[0].age < SOON_AFTER:
        deviation = sister
    censored = ordered[-1].censored
    return Estimate(middle + growth + (0.1 if censored else 0.0), deviation)
