"""How far the committee agrees with itself beyond chance: Krippendorff's alpha.

1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement. Works with any
number of reviewers and with gaps. Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability
(2011), whose example is a test; Content Analysis (2004), chapter 11, for the metrics.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

import numpy as np
from numpy.typing import NDArray

from cfp.reviews.scoring.figures import Score, once_each

Floats = NDArray[np.float64]


FEWEST = 5  # proposals with two scores and more, for an interval


class Metric(StrEnum):
    """What counts as far apart: ranks (the default for scores with words) or points."""

    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with its bootstrap interval.

    None where nothing can be compared; the interval alone where the same few proposals would be
    drawn again and again, which looks surer than anybody is.
    """

    alpha: float | None
    low: float | None
    high: float | None


def alpha(scores: Iterable[Score], metric: Metric = Metric.ORDINAL) -> float | None:
    """Krippendorff's alpha; None unless two different scores stand beside others."""
    values, counts = _table(scores)
    if len(counts) == 0:
        return None
    result = float(_alphas(values, np.ones((1, len(counts))), counts, metric)[0])
    return None if np.isnan(result) else result


def agreement(
    scores: Iterable[Score],
    metric: Metric = Metric.ORDINAL,
    *,
    seed: int = 0,
    draws: int = 1000,
    level: float = 0.9,
) -> Agreement:
    """Alpha and the percentile interval of a bootstrap that draws proposals with replacement."""
    scores = list(scores)
    values, counts = _table(scores)
    units = len(counts)
    if units < FEWEST:
        return Agreement(alpha(scores, metric), None, None)
    weights = np.vstack([np.ones((1, units)), _resamples(units, draws, seed)])
    results = _alphas(values, weights, counts, metric)
    if np.isnan(results[0]):
        return Agreement(None, None, None)
    low, high = np.nanquantile(results[1:], [0.5 - level / 2, 0.5 + level / 2])
    return Agreement(float(results[0]), float(low), float(high))


def _resamples(units: int, draws: int, seed: int) -> Floats:
    """How often each of the units is drawn in each sample with replacement (draws x units).

    By Python's own generator: numpy's would cost each web worker some megabytes for this alone.
    """
    raw = Random(seed).randbytes(4 * draws * units)  # noqa: S311  (a simulation)
    drawn = np.frombuffer(raw, dtype="<u4").reshape(draws, units) % units
    places = drawn + units * np.arange(draws)[:, None]
    counted = np.bincount(places.ravel(), minlength=draws * units)
    return counted.reshape(draws, units).astype(np.float64)


def _table(scores: Iterable[Score]) -> tuple[Floats, Floats]:
    """The values that occur, sorted, and how often each proposal got each (proposals x values).

    Proposals with a single score say nothing about agreement and are left out.
    """
    ordered = once_each(scores)
    rows: dict[object, list[float]] = {}
    for score in ordered:
        rows.setdefault(score.submission, []).append(score.value)
    pairable = [given for given in rows.values() if len(given) > 1]
    values = np.unique(np.array([value for given in pairable for value in given]))
    counts = np.zeros((len(pairable), len(values)))
    for row, given in enumerate(pairable):
        np.add.at(counts[row], np.searchsorted(values, given), 1.0)
    return values, counts


def _alphas(values: Floats, weights: Floats, counts: Floats, metric: Metric) -> Floats:
    """Alpha for each row of weights (draws x proposals); NaN where all scores are the same."""
    per_unit = counts.sum(axis=1)
    pairs = np.einsum("ui,uj->uij", counts, counts)
    diagonal = np.arange(len(values))
    pairs[:, diagonal, diagonal] -= counts
    pairs /= (per_unit - 1)[:, None, None]
    observed = np.tensordot(weights, pairs, axes=1)  # draws x values x values: the coincidences
    totals: Floats = weights @ counts
    distance = _distance(values, totals, metric)
    scored = totals.sum(axis=1)
    seen = (observed * distance).sum(axis=(1, 2))
    by_chance = np.einsum("di,dj,dij->d", totals, totals, distance) / (scored - 1)
    quotient = np.divide(seen, by_chance, out=np.full_like(seen, np.nan), where=by_chance > 0)
    alphas: Floats = 1 - quotient
    return alphas


def _distance(values: Floats, totals: Floats, metric: Metric) -> Floats:
    """Squared distances between values, draws x values x values; ranks depend on the totals."""
    # a rank is the middle of its value's place in the queue of all scores
    places = (
        np.cumsum(totals, axis=1) - totals / 2
        if metric is Metric.ORDINAL
        else np.broadcast_to(values, totals.shape)
    )
    squared: Floats = (places[:, :, None] - places[:, None, :]) ** 2
    return squared
