"""How many of the truly best proposals a committee finds, by raw and adjusted means, and at best.

``scripts/bench scoring [FOLDER]`` simulates committees: 150 proposals, 20 reviewers, three reviews
each, whole scores from 1 to 5, and 40 places. The ceiling is what nobody beats on average: the
exact posterior of somebody who knows how severe each reviewer is and how large the noise. With
FOLDER, which holds preferences/*.csv of real ratings (attendee, talk_by, rating), it also predicts
ratings that were held out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from cfp.reviews.scoring.figures import HIGHEST, LOWEST, Score, tally
from cfp.reviews.scoring.severity import adjust

PROPOSALS, REVIEWERS, EACH, PLACES = 150, 20, 3, 40
COMMITTEES = 100
FOLDS = 5
LEVELS = (0.8, 0.9, 0.95)


def main() -> None:
    """Print both tables."""
    began = perf_counter()
    print(f"Best {PLACES} of {PROPOSALS} found, mean of {COMMITTEES} committees")
    print("severity (sd)  noise (sd)   raw mean  adjusted   ceiling")
    for severity in (0.0, 0.5, 1.0):
        for noise in (0.1, 0.3, 0.5, 0.7):
            raw, adjusted, ceiling = simulate(severity, noise)
            print(f"{severity:13.1f} {noise:11.1f} {raw:10.1f} {adjusted:9.1f} {ceiling:9.1f}")
    print("\nRanges that hold what the whole committee would have given on average")
    print("severity (sd)  " + "  ".join(f"promised {level:.0%}" for level in LEVELS))
    for severity in (0.0, 0.5, 1.0):
        print(f"{severity:13.1f}  " + "  ".join(f"{held:12.1%}" for held in coverage(severity)))
    for folder in sys.argv[1:]:
        for path in sorted(Path(folder).glob("preferences/*.csv")):
            print(f"\nError of predicted ratings in {path.name} (root mean square, points)")
            for name, error in held_out(read_ratings(path)).items():
                print(f"{name:>32} {error:.3f}")
    print(f"\n{perf_counter() - began:.0f} s")


class Found(NamedTuple):
    """How many of the best are found on average."""

    raw: float
    adjusted: float
    ceiling: float


@dataclass(frozen=True)
class Committee:
    """True qualities (deviation 1 point) and severities, and the scores that are given."""

    qualities: list[float]
    severities: list[float]
    scores: list[Score]


def simulate(severity: float, noise: float, committees: int = COMMITTEES) -> Found:
    """What is found by the raw mean, by the adjusted mean, and by whoever knows the reviewers."""
    random = np.random.default_rng(20270218)
    found = []
    for _ in range(committees):
        one = committee(random, severity, noise)
        best = top(dict(enumerate(one.qualities)))
        # Ties are broken by number, which says nothing about quality.
        raw = {key: figures.mean for key, figures in tally(one.scores).items()}
        adjusted = {key: made.value for key, made in adjust(one.scores).submissions.items()}
        found.append([len(best & top(by)) for by in (raw, adjusted, knowing(one, noise))])
    return Found(*(fmean(counts) for counts in zip(*found, strict=True)))


def committee(random: np.random.Generator, severity: float, noise: float) -> Committee:
    """Qualities and severities by lot, and what they make of each other."""
    qualities = random.normal(0, 1, PROPOSALS)
    severities = random.normal(0, severity, REVIEWERS)
    scores = []
    for proposal, reviewers in enumerate(assignment(random)):
        for reviewer in reviewers:
            value = 3 + qualities[proposal] - severities[reviewer] + random.normal(0, noise)
            scores.append(Score(proposal, reviewer, min(max(round(value), 1), 5)))
    return Committee(qualities.tolist(), severities.tolist(), scores)


def coverage(severity: float, noise: float = 0.7, committees: int = 10) -> list[float]:
    """How many of the ranges hold the truth, for each level."""
    random = np.random.default_rng(20270219)
    held: list[list[bool]] = [[] for _level in LEVELS]
    for _ in range(committees):
        one = committee(random, severity, noise)
        truth = expected_of_all(one, noise)
        for found, level in zip(held, LEVELS, strict=True):
            made = adjust(one.scores, level).submissions
            found += [each.low <= truth[int(key)] <= each.high for key, each in made.items()]
    return [fmean(found) for found in held]


def expected_of_all(one: Committee, noise: float) -> list[float]:
    """The mean score of each proposal if every member had read it, over all chances."""
    centre = 3 + np.subtract.outer(one.qualities, one.severities)
    steps = [1 - ndtr((score - 0.5 - centre) / noise) for score in range(LOWEST + 1, HIGHEST + 1)]
    expected: list[float] = (LOWEST + np.sum(steps, axis=0)).mean(axis=1).tolist()
    return expected


def knowing(one: Committee, noise: float) -> dict[int, float]:
    """Each quality as expected by somebody who knows the severities, the noise and the rounding."""
    grid = np.linspace(-4, 4, 161)
    chances = np.tile(-(grid**2) / 2, (PROPOSALS, 1))
    for proposal, reviewer, score in one.scores:
        centre = 3 + grid - one.severities[int(reviewer)]
        above = 1.0 if score == HIGHEST else ndtr((score + 0.5 - centre) / noise)
        below = 0.0 if score == LOWEST else ndtr((score - 0.5 - centre) / noise)
        chances[int(proposal)] += np.log(np.maximum(above - below, 1e-300))
    weights = np.exp(chances - chances.max(axis=1, keepdims=True))
    expected = weights @ grid / weights.sum(axis=1)
    return dict(enumerate(expected.tolist()))


def assignment(random: np.random.Generator) -> list[list[int]]:
    """Each proposal's reviewers: those with the fewest so far, by lot among equals."""
    loads = np.zeros(REVIEWERS)
    chosen = []
    for _ in range(PROPOSALS):
        reviewers = np.lexsort((random.random(REVIEWERS), loads))[:EACH]
        loads[reviewers] += 1
        chosen.append(reviewers.tolist())
    return chosen


def top(values: dict[int, float] | dict[int | str, float]) -> set[int | str]:
    """The keys of the largest values, as many as there are places."""
    return set(sorted(values, key=lambda key: (-values[key], key))[:PLACES])


def read_ratings(path: Path) -> list[Score]:
    """One line a rating; lines without a number and repetitions are passed over."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["rating"]]
    given = {(row["talk_by"], row["attendee"]): float(row["rating"]) for row in rows}
    return [Score(talk, attendee, rating) for (talk, attendee), rating in given.items()]


def held_out(ratings: list[Score]) -> dict[str, float]:
    """Root mean square error when a fifth at a time is predicted from the rest."""
    squares = defaultdict[str, list[float]](list)
    order = np.random.default_rng(2019).permutation(len(ratings))
    for fold in range(FOLDS):
        hidden = {int(number) for number in order[fold::FOLDS]}
        known = [rating for number, rating in enumerate(ratings) if number not in hidden]
        overall = fmean(rating.value for rating in known)
        raw = tally(known)
        adjustment = adjust(known)
        for number in sorted(hidden):
            talk, attendee, truth = ratings[number]
            mean = raw[talk].mean if talk in raw else overall
            squares["raw mean of the talk"].append((mean - truth) ** 2)
            predicted = adjustment.expected(talk, attendee)
            squares["adjusted for talk and attendee"].append((predicted - truth) ** 2)
    return {name: float(np.sqrt(fmean(errors))) for name, errors in squares.items()}


if __name__ == "__main__":
    main()
