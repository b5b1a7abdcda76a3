"""The forecast of tickets: how many will be sold in the end, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cfp.catering.forecast.editions import Edition, Situation
from cfp.catering.forecast.pace import judged
from cfp.catering.forecast.pooling import Estimate, share_now
from cfp.catering.forecast.posterior import Distribution, certain, posterior, stretched
from cfp.catering.forecast.reference import expit, logit, spread_of, surprise
from cfp.catering.forecast.size import size_prior
from cfp.catering.forecast.steps import expected_share

MODEL = "tickets-2"


class Strength(StrEnum):
    """How much is known: a number on a weak ground is never shown without its interval."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The final number of tickets as quantiles, and the whole distribution behind them."""

    sold: int
    q025: float
    q10: float
    q50: float
    q90: float
    q975: float
    strength: Strength
    distribution: Distribution


def forecast(situation: Situation, earlier: Sequence[Edition] = (), widen: float = 1.0) -> Forecast:
    """``widen`` above one stretches the interval: earlier ones were missed too often by so much."""
    if situation.days < 0 and situation.seen:
        found = certain(situation.sold)
    else:
        least = max(0, situation.sold - situation.refunds)
        factor = widen * surprise(situation.kind, situation.days)
        found = stretched(_expected(situation, earlier), factor, least, situation.capacity)
    low, middle, high = (found.quantile(share) for share in (0.1, 0.5, 0.9))
    return Forecast(
        sold=situation.sold,
        q025=found.quantile(0.025),
        q10=low,
        q50=middle,
        q90=high,
        q975=found.quantile(0.975),
        strength=_strength(low, middle, high, earlier),
        distribution=found,
    )


def _expected(situation: Situation, earlier: Sequence[Edition]) -> Distribution:
    sold, most = situation.sold, situation.capacity
    least = max(0, sold - situation.refunds)
    ended = situation.sale_ends is not None and situation.days <= situation.sale_ends
    if ended or (most is not None and least >= most):
        return certain(least if ended else max(least, most or 0))
    prior = size_prior(earlier, situation.target, situation.kind, seen=situation.seen)
    if not situation.seen:
        return posterior(0, 0, most, prior, None, None)
    looked = situation.known[-1].days  # an old count tells about its own day
    stranger = not earlier and not situation.target
    spread = spread_of(situation.kind, looked, stranger=stranger)
    share = _of_what_is_sold(situation, share_now(looked, situation.steps, earlier, spread))
    pace = judged(situation, earlier, spread)
    return posterior(sold, least, most, prior, share, pace)


def _of_what_is_sold(situation: Situation, share: Estimate) -> Estimate:
    """Where selling ends early, the last days of the curve never come."""
    if situation.sale_ends is None or situation.sale_ends <= 0:
        return share
    end = expected_share(situation.sale_ends, situation.steps)
    return Estimate(logit(min(0.9995, expit(share.mean) / end)), share.deviation)


def _strength(low: float, middle: float, high: float, earlier: Sequence[Edition]) -> Strength:
    width = (high - low) / max(1.0, middle)
    if width > 0.4 or (not earlier and width > 0.25):
        return Strength.WEAK
    return Strength.STRONG if width <= 0.15 else Strength.FAIR
