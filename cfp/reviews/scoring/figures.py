"""What can be read off a proposal's scores without any model: mean, spread, who fights for it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import NamedTuple

Key = int | str

LOWEST, HIGHEST = 1, 5  # "I will fight against it" and "I want it and will fight for it"


class Score(NamedTuple):
    """One reviewer's number for one proposal."""

    submission: Key
    reviewer: Key
    value: float


@dataclass(frozen=True, slots=True)
class Tally:
    """One proposal's scores as they were given. `deviation` needs two scores, else it is None."""

    count: int
    mean: float
    deviation: float | None
    lowest: float
    highest: float
    champions: tuple[Key, ...]
    opponents: tuple[Key, ...]

    @property
    def reach(self) -> float:
        """How far the kindest and the strictest score lie apart."""
        return self.highest - self.lowest


def tally(scores: Iterable[Score]) -> dict[Key, Tally]:
    """Each reviewed proposal's plain figures; champions gave a 5, opponents a 1."""
    by_submission = defaultdict(list)
    for score in once_each(scores):
        by_submission[score.submission].append(score)
    return {submission: _tally_one(given) for submission, given in by_submission.items()}


def once_each(scores: Iterable[Score]) -> list[Score]:
    """The scores in an order of their own; refuses two by one reviewer, and what is no number."""
    ordered = sorted(scores, key=_place)
    for before, score in zip([None, *ordered], ordered, strict=False):
        if not math.isfinite(score.value):
            raise ValueError(f"{score.reviewer}, {score.submission}: {score.value} is no number.")
        if before is not None and before[:2] == score[:2]:
            raise ValueError(f"{score.reviewer} scored {score.submission} twice.")
    return ordered


def _place(score: Score) -> tuple[str, Key, str, Key]:
    """Sorts numbers as numbers and codes as codes, whatever order the scores came in."""
    submission, reviewer, _ = score
    return type(submission).__name__, submission, type(reviewer).__name__, reviewer


def _tally_one(scores: list[Score]) -> Tally:
    values = [score.value for score in scores]
    return Tally(
        count=len(values),
        mean=fmean(values),
        deviation=stdev(values) if len(values) > 1 else None,
        lowest=min(values),
        highest=max(values),
        champions=tuple(score.reviewer for score in scores if score.value >= HIGHEST),
        opponents=tuple(score.reviewer for score in scores if score.value <= LOWEST),
    )
