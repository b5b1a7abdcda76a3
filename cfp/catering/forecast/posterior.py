"""The final number with its uncertainty: every number at or above what is sold gets its weight.

Weight = size prior x how well the count fits the curve x how well the pace fits, on a grid that
ends at the capacity. Counts are beta-binomial with a Fano factor of 2.6, offsets Student-t with
five degrees of freedom (real editions have heavy tails), the deviation that of the horizon.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, stdtrit

from cfp.catering.forecast.pace import Pace
from cfp.catering.forecast.pooling import FANO, Estimate

Floats = NDArray[np.float64]
PACE_WEIGHT = 0.4
FREEDOM = 5.0
NODES = 41
MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Distribution:
    """Numbers that may come true, rising, and the weight of each; weights sum to one."""

    values: Floats
    weights: Floats

    def quantile(self, share: float) -> float:
        """The number below which that share of the weight lies, between two values in proportion.

        Each value stands for the stretch around it, so that a coarse grid has no steps.
        """
        if len(self.values) == 1:
            return float(self.values[0])
        upper = np.cumsum(self.weights)
        middle = upper - self.weights / 2
        return float(np.interp(share, middle, self.values))

    @property
    def mean(self) -> float:
        return float(self.values @ self.weights)


def certain(value: float) -> Distribution:
    return Distribution(np.array([float(value)]), np.array([1.0]))


def stretched(found: Distribution, factor: float, least: int, most: int | None) -> Distribution:
    """The same median, and every other number so many times as far from it, within the bounds."""
    if factor == 1.0 or len(found.values) == 1:
        return found
    middle = found.quantile(0.5)
    highest = math.inf if most is None else float(max(most, least))
    values = (middle + (found.values - middle) * factor).clip(float(least), highest)
    return Distribution(values, found.weights)


def posterior(
    sold: int,
    least: int,
    most: int | None,
    prior: Estimate,
    share: Estimate | None,
    pace: Pace | None,
) -> Distribution:
    """``share`` is on the logit scale; ``most`` the capacity; ``least`` bounds the grid below."""
    values = _grid(least, most, prior, share, sold)
    if len(values) == 1:
        return certain(values[0])
    log = _student((np.log(np.maximum(values, 0.5)) - prior.mean) / prior.deviation)
    if share is not None:
        log += _fits_curve(values, sold, share)
    if pace is not None:
        log += PACE_WEIGHT * _fits_pace(values - sold, pace)
    log -= np.log(np.maximum(values, 0.5))
    weights = np.exp(log - log.max()) * np.gradient(values)
    return Distribution(values, weights / weights.sum())


def _grid(
    least: int, most: int | None, prior: Estimate, share: Estimate | None, sold: int
) -> Floats:
    """Whole numbers from what is sold on, each at first, then coarser."""
    farthest = math.exp(min(prior.mean + 4 * prior.deviation, 14.0))
    if share is not None:
        lowest = 1 / (1 + math.exp(-(share.mean - 4 * share.deviation)))
        farthest = min(max(farthest, 100.0), max((sold + 12) / max(lowest, 1e-4), 30.0))
    end = max(least + 1, math.ceil(farthest))
    if most is not None:
        end = min(end, max(most, least))
    width = end - least
    if width <= MOST_POINTS:
        return np.arange(least, end + 1, dtype=np.float64)
    steps = np.expm1(np.linspace(0, math.log1p(width), MOST_POINTS))
    return np.asarray(least + np.unique(np.round(steps)), dtype=np.float64)


def _student(z: Floats) -> Floats:
    return np.asarray(-(FREEDOM + 1) / 2 * np.log1p(z**2 / FREEDOM), dtype=np.float64)


def _fits_curve(values: Floats, sold: int, share: Estimate) -> Floats:
    """How likely the count is for each final number, over all that the share may be."""
    nodes = (np.arange(NODES) + 0.5) / NODES
    offsets = stdtrit(FREEDOM, nodes) * share.deviation
    shares = 1 / (1 + np.exp(-(share.mean + offsets)))
    counted = np.clip(sold, 0, values)[:, None]
    rest = values[:, None] - counted
    clumps = np.maximum((values - 1) / (FANO - 1) - 1, 3.0)[:, None]
    a, b = shares * clumps, (1 - shares) * clumps
    log = betaln(counted + a, rest + b) - betaln(a, b) - betaln(counted + 1, rest + 1)
    log -= np.log(values + 1)[:, None]
    top = log.max(axis=1)
    return np.asarray(top + np.log(np.exp(log - top[:, None]).mean(axis=1)), dtype=np.float64)


def _fits_pace(rest: Floats, pace: Pace) -> Floats:
    rest = np.maximum(rest, 0.0) + 0.5
    expected = math.exp(pace.remaining.mean)
    deviation = math.sqrt(pace.remaining.deviation**2 + FANO / (expected + FANO))
    return _student((np.log(rest) - pace.remaining.mean) / deviation)
