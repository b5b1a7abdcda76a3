"""What a proposal would have scored with an average reviewer of this committee, and how surely.

Three reviewers read a proposal, and by luck they may all be strict. Each score is taken as

    score = mean of the committee + quality of the proposal - severity of the reviewer + noise

with quality, severity and noise drawn from normal distributions of unknown variance. For known
variances Henderson's mixed model equations give the best linear unbiased predictions (BLUP) and
their errors. The variances are not known, so every split of the total into three shares is tried
on a grid and the answers are averaged, each weighted by its restricted likelihood: where the data
do not tell chance from severity the intervals are wider, and nothing can fail to converge.

Shrinkage makes it safe: who has few scores is moved little away from the middle, groups of
reviewers who share no proposal are compared as far as their sizes allow, and where no severity is
found the order is that of the raw means.

C. R. Henderson, Best linear unbiased estimation and prediction under a selection model,
    Biometrics 31 (1975), 423-447 (the equations and the prediction error variance)
G. K. Robinson, That BLUP is a good thing, Statistical Science 6 (1991), 15-32
H. D. Patterson and R. Thompson, Recovery of inter-block information when block sizes are unequal,
    Biometrika 58 (1971), 545-554 (the restricted likelihood)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from cfp.reviews.scoring.figures import Key, Score, once_each
from cfp.reviews.scoring.henderson import Equations, Fit, Floats, Shares, Table

STEPS = 24  # per axis of the grid; twice as many move an adjusted mean by 0.02 points or less


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number in points, its standard error, and the interval that holds the truth at `level`."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The committee's scores with severity taken out.

    `submissions`: adjusted mean in points of the scale. `reviewers`: severity, the points a
    reviewer gives less (+) or more (-) than the average colleague. `mean` is the committee's, and
    NaN where nobody scored yet; `variance` that of a single score.
    """

    mean: float
    variance: float
    shares: Shares
    submissions: Mapping[Key, Estimate]
    reviewers: Mapping[Key, Estimate]
    level: float

    def expected(self, submission: Key, reviewer: Key) -> float:
        """The score this reviewer would probably give; who is unknown counts as average."""
        quality = self.submissions.get(submission)
        severity = self.reviewers.get(reviewer)
        return (quality.value if quality else self.mean) - (severity.value if severity else 0.0)


def adjust(scores: Iterable[Score], level: float = 0.9) -> Adjustment:
    """Fit the model to all scores of an edition; `level` is the coverage of the intervals."""
    ordered = once_each(scores)
    if not ordered:
        return Adjustment(float("nan"), 0.0, Shares(0.0, 0.0, 1.0), {}, {}, level)
    table = Table(ordered)
    fits = list(_fits(table))
    weights = _weights(fits)
    qualities = _mixture(weights, [(fit.qualities, fit.quality_errors) for fit in fits])
    severities = _mixture(weights, [(fit.severities, fit.severity_errors) for fit in fits])
    return Adjustment(
        mean=table.centre + float(weights @ [fit.mean for fit in fits]),
        variance=float(weights @ [fit.variance for fit in fits]),
        shares=Shares(
            quality=float(weights @ [fit.shares.quality for fit in fits]),
            severity=float(weights @ [fit.shares.severity for fit in fits]),
            noise=float(weights @ [fit.shares.noise for fit in fits]),
        ),
        submissions=_estimates(table.submissions, table.centre + qualities[0], qualities[1], level),
        reviewers=_estimates(table.reviewers, severities[0], severities[1], level),
        level=level,
    )


def _fits(table: Table) -> Iterator[Fit]:
    """The answer for each split on the grid: quality's part without severity, severity's part."""
    parts = [step / STEPS for step in range(STEPS)]
    for reliability in parts:
        equations = Equations(table, ratio=reliability / (1 - reliability))
        for severity in parts:
            rest = 1 - severity
            yield equations.solve(Shares(rest * reliability, severity, rest * (1 - reliability)))


def _weights(fits: Sequence[Fit]) -> Floats:
    """How much each split is to be believed, if all were equally likely before the scores came."""
    # The grid is the denser the larger severity's part is: the second term evens that out.
    logarithms = np.array([fit.likelihood + np.log(1 - fit.shares.severity) for fit in fits])
    weights: Floats = np.exp(logarithms - logarithms.max())
    weights /= weights.sum()
    return weights


def _mixture(weights: Floats, parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Mean and variance over the splits: their own errors and their disagreement."""
    values = np.array([value for value, _ in parts])
    errors = np.array([error for _, error in parts])
    mean: Floats = weights @ values
    variance: Floats = weights @ errors + weights @ (values - mean) ** 2
    return mean, variance


def _estimates(
    keys: Sequence[Key], values: Floats, variances: Floats, level: float
) -> dict[Key, Estimate]:
    reach = NormalDist().inv_cdf(0.5 + level / 2)
    errors = np.sqrt(variances)
    return {
        key: Estimate(value, error, value - reach * error, value + reach * error)
        for key, value, error in zip(keys, values.tolist(), errors.tolist(), strict=True)
    }
