"""Henderson's mixed model equations for scores: the best answers if the variance's split is known.

The unknowns are the committee's mean, a quality for each submission, a severity for each reviewer.
The submissions' block of the equations is diagonal, so they are eliminated first, then the mean.
What is left has a row for each reviewer, and its eigenvectors serve for every share of severity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cfp.reviews.scoring.figures import Score

Floats = NDArray[np.float64]

GUESS = 1.0  # the variance of scores (points squared) believed before any is seen: worth one score


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of the scores' variance each cause explains; together 1, noise is never 0."""

    quality: float
    severity: float
    noise: float


class Table:
    """The scores as counts and sums: all that the equations need. Scores are centred."""

    def __init__(self, scores: Sequence[Score]) -> None:
        self.submissions = list(dict.fromkeys(score.submission for score in scores))
        self.reviewers = list(dict.fromkeys(score.reviewer for score in scores))
        row_of = {submission: row for row, submission in enumerate(self.submissions)}
        column_of = {reviewer: column for column, reviewer in enumerate(self.reviewers)}
        rows = np.array([row_of[score.submission] for score in scores])
        columns = np.array([column_of[score.reviewer] for score in scores])
        values = np.array([score.value for score in scores], dtype=np.float64)

        self.count = len(scores)
        self.centre = float(values.mean())
        values -= self.centre
        self.squares = float(values @ values)
        # What submissions share is one block: the mean first, then the reviewers.
        self.own_sums = np.bincount(rows, values).astype(np.float64)
        self.common_sums = np.append(values.sum(), np.bincount(columns, values))
        met = np.zeros((len(self.submissions), len(self.reviewers)))
        met[rows, columns] = 1.0
        self.reads = met.sum(axis=1)
        self.links = np.column_stack([self.reads, met])
        loads = met.sum(axis=0)
        self.corner = np.diag(np.append(float(self.count), loads))
        self.corner[0, 1:] = self.corner[1:, 0] = loads


@dataclass(frozen=True, slots=True)
class Fit:
    """The answer for one split. Qualities include the mean; all are relative to the table's centre.

    `likelihood`: logarithm of the restricted likelihood but for a constant; errors are variances.
    """

    shares: Shares
    likelihood: float
    variance: float
    mean: float
    qualities: Floats
    quality_errors: Floats
    severities: Floats
    severity_errors: Floats


class Equations:
    """What is left of the equations once submissions and mean are eliminated.

    `ratio` is the variance of qualities divided by that of the noise.
    """

    def __init__(self, table: Table, ratio: float) -> None:
        self.table, self.ratio = table, ratio
        self.block = 1.0 + ratio * table.reads
        kept = table.links / self.block[:, None]
        left = table.corner - ratio * table.links.T @ kept
        right = table.common_sums - ratio * kept.T @ table.own_sums
        self.pivot = left[0, 0]
        self.slope = left[0, 1:] / self.pivot
        self.level = right[0] / self.pivot
        rest = left[1:, 1:] - self.pivot * np.outer(self.slope, self.slope)
        values, self.vectors = np.linalg.eigh(rest)
        self.values = np.maximum(values, 0.0)  # rounding may leave a -1e-16
        self.target = self.vectors.T @ (right[1:] - self.slope * right[0])
        # How errors in the reviewers' leniences reach what is asked for: a submission's score with
        # the average of these reviewers, and a reviewer's severity beside that average.
        average = 1 / len(table.reviewers)
        reach = average - ratio * kept[:, 1:] - np.outer(1 / self.block, self.slope)
        self.quality_reach = (reach @ self.vectors) ** 2
        self.severity_reach = (self.vectors - self.vectors.mean(axis=0)) ** 2

    def solve(self, shares: Shares) -> Fit:
        """Best linear unbiased predictions and their errors; `shares` must fit the ratio."""
        table, ratio = self.table, shares.severity / shares.noise
        damped = ratio / (1.0 + ratio * self.values)
        leniences = self.vectors @ (damped * self.target)
        mean = float(self.level - self.slope @ leniences)
        common = np.append(mean, leniences)
        own = self.ratio * (table.own_sums - table.links @ common) / self.block

        residual = table.squares - table.own_sums @ own - table.common_sums @ common
        # One score's worth of guess replaces the one that the mean used up.
        variance = float(residual / shares.noise + GUESS) / table.count
        determinant = np.log(self.block).sum() + np.log1p(ratio * self.values).sum()
        determinant += np.log(self.pivot) + (table.count - 1) * np.log(shares.noise)
        noise = variance * shares.noise
        errors = self.ratio / self.block + 1 / (self.pivot * self.block**2)
        return Fit(
            shares=shares,
            likelihood=-0.5 * float(determinant + table.count * np.log(variance)),
            variance=variance,
            mean=mean,
            qualities=mean + own,
            quality_errors=noise * (errors + self.quality_reach @ damped),
            severities=-leniences,
            severity_errors=noise * (self.severity_reach @ damped),
        )
