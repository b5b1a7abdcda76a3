"""Where this edition stands on its curve: the conferences of its kind, and its own earlier ones.

Partial pooling on the logit scale, each horizon by itself: an own edition counts with 0.8 per year
of age against the spread between series (empirical Bayes: Gelman and Hill, Data Analysis Using
Regression and Multilevel Models, 2007, chapter 12). The spread within the series is learnt, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cfp.catering.forecast.editions import Edition, sold_at
from cfp.catering.forecast.reference import Spread, expit, logit
from cfp.catering.forecast.steps import expected_share

YEARLY = 0.8
FANO = 2.6  # tickets come in groups: variance of a count over its mean, on real sales
HEAVY, ROUNDS = 4.0, 4  # degrees of freedom; rounds until the weights stand
FARTHEST = 1.0  # squared: an edition farther off than this was something else
TRUST = 6.0  # editions that the assumed spread is worth against the observed one


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its deviation."""

    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Observation:
    """How far one earlier edition lay from what was expected of it, and how exact that is."""

    offset: float
    counting: float
    weight: float


def pooled(observations: Sequence[Observation], spread: Spread) -> Estimate:
    """The offset of the next edition: mean, and deviation with the spread within the series.

    An edition unlike all others counts less: Student-t weights, repeated (Lange, Little and Taylor,
    Journal of the American Statistical Association 84, 1989).
    """
    trust, within, mean, whole = [1.0] * len(observations), spread.edition**2, spread.middle, 1.0
    for _ in range(ROUNDS):
        precisions = [
            w * one.weight / (within + one.counting)
            for w, one in zip(trust, observations, strict=True)
        ]
        whole = sum(precisions) + 1 / spread.series**2
        pairs = zip(precisions, observations, strict=True)
        drawn = spread.middle / spread.series**2
        mean = (drawn + sum(precision * one.offset for precision, one in pairs)) / whole
        trust = [
            (HEAVY + 1) / (HEAVY + (one.offset - mean) ** 2 / (within + one.counting))
            for one in observations
        ]
        within = _within(observations, mean, spread)
    return Estimate(mean, math.sqrt(within + 1 / whole))


def _within(observations: Sequence[Observation], mean: float, spread: Spread) -> float:
    """The variance within the series: as assumed, drawn to what its editions show."""
    if len(observations) < 2:
        return spread.edition**2
    squares = sum(
        one.weight * max(0.0, min((one.offset - mean) ** 2, FARTHEST) - one.counting)
        for one in observations
    )
    freedom = sum(one.weight for one in observations) * (1 - 1 / len(observations))
    return (TRUST * spread.edition**2 + squares) / (TRUST + freedom)


def share_now(
    days: float, steps: Sequence[float], earlier: Sequence[Edition], spread: Spread
) -> Estimate:
    """The logit of the share that is sold by now, of all that will be."""
    seen = [observed(edition, days) for edition in earlier if not edition.censored]
    offset = pooled([one for one in seen if one], spread)
    return Estimate(logit(expected_share(days, steps)) + offset.mean, offset.deviation)


def observed(edition: Edition, days: float) -> Observation | None:
    """What an earlier edition tells about this horizon, its own steps taken out."""
    sold = sold_at(edition.points, days)
    if sold is None or edition.final <= 0:
        return None
    rest = max(0.0, edition.final - sold)
    share = (sold + 0.5) / (sold + rest + 1)
    around = logit(expected_share(days, edition.steps))
    typical = expit((logit(share) + around) / 2)
    counting = FANO / (edition.final * typical * (1 - typical))
    return Observation(logit(share) - around, counting, YEARLY**edition.age)
