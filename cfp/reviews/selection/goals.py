"""Soft goals: so many for beginners, so many by people who never spoke here, at what price.

A quota is kept; a goal has a price in points. The best line-up within the quotas is the one with
the highest sum of scores, plus the price for every place of a goal that is met: so a proposal that
serves a goal is preferred to one that scored up to the price more, as long as the goal is open.

Goals lie across formats and tracks, and three groupings at once are no network any more. So this
choice is an integer programme, solved to proven optimality by HiGHS (Q. Huangfu and J. A. J. Hall,
Parallelizing the dual revised simplex method, Mathematical Programming Computation 10 (2018),
119-142); what it fills of the quotas is what the network of the table fills. The lot then takes, of
all equally good line-ups, the one with the proposal drawn first, and so on, as it always does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isinf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from cfp.reviews.selection.places import Choice, Places, most_of, points
from cfp.reviews.selection.quotas import Candidate, Key

Floats = NDArray[np.float64]
UNIT = 1000  # millionths of a point in one unit of the solver, whose own tolerance is far below


@dataclass
class Programme:
    """The integer programme: a variable for each candidate, then one for each thing to be met."""

    candidates: Sequence[Candidate]
    places: Places
    base: Choice
    rows: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        quotas, places = self.places.quotas, self.places
        self.formats = {key: max(n - places.formats[key], 0) for key, n in quotas.formats.items()}
        least = {key: bounds.minimum for key, bounds in quotas.tracks.items()}
        self.tracks = {key: max(n - places.tracks[key], 0) for key, n in least.items()}
        self.goals = {key: max(n - places.marks[key], 0) for key, n in quotas.goals.items()}
        self.met = [
            *(("format", key) for key in self.formats),
            *(("track", key) for key in self.tracks),
            *(("goal", key) for key in self.goals),
        ]
        self.size = len(self.candidates) + len(self.met)
        self.worth = np.array(
            [*(points(each) or 0 for each in self.candidates), *self._prices()], dtype=np.int64
        )
        self._constrain()

    def _prices(self) -> list[int]:
        price = round(self.places.quotas.price * 1_000_000)
        return [price if kind == "goal" else 0 for kind, _key in self.met]

    def _constrain(self) -> None:
        """As many places, quotas and reviewed proposals as the best choice without goals has."""
        chosen = [each for each in self.candidates if each.id in self.base.chosen]
        self._sum(lambda _each: True, len(chosen), len(chosen))
        reviewed = sum(each.score is not None for each in chosen)
        self._sum(lambda each: each.score is not None, reviewed, np.inf)
        for key, left in self.formats.items():
            self._sum(lambda each, key=key: each.format == key, 0, left)
        for key, bounds in self.places.quotas.tracks.items():
            most = most_of(bounds) - self.places.tracks[key]
            if not isinf(most):
                self._sum(lambda each, key=key: each.track == key, 0, max(most, 0))
        for kind, wanted in (("format", self.formats), ("track", self.tracks)):
            reached = [min(sum(_has(c, kind, k) for c in chosen), n) for k, n in wanted.items()]
            row = np.array([0.0] * len(self.candidates) + [float(k == kind) for k, _ in self.met])
            if wanted:
                self._add(row, sum(reached), np.inf)
        for number, (kind, key) in enumerate(self.met):
            row = self._row(lambda each, kind=kind, key=key: _has(each, kind, key))
            row[len(self.candidates) + number] = -1.0
            self._add(row, 0, np.inf)

    def _row(self, belongs: Any) -> Floats:
        return np.array([float(belongs(c)) for c in self.candidates] + [0.0] * len(self.met))

    def _sum(self, belongs: Any, low: float, high: float) -> None:
        self._add(self._row(belongs), low, high)

    def _add(self, row: Floats, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def most(self) -> Floats:
        """The upper bound of each variable."""
        wanted = {"format": self.formats, "track": self.tracks, "goal": self.goals}
        ones = [1.0] * len(self.candidates)
        return np.array(ones + [float(wanted[kind][key]) for kind, key in self.met])

    def solve(self, fixed: dict[int, int], least: int | None = None) -> list[int] | None:
        """The best choice with some candidates fixed in or out; None where none is worth so much.

        With ``least`` any choice will do that is worth as much.
        """
        given = np.zeros(self.size)
        given[list(fixed)] = list(fixed.values())
        free = np.setdiff1d(np.arange(self.size), list(fixed))
        rows, lows, highs = list(self.rows), list(self.low), list(self.high)
        if least is not None:
            rows.append(self.worth / UNIT)
            lows.append((least - 0.5) / UNIT)
            highs.append(np.inf)
        table = np.array(rows)
        taken = table @ given
        found = milp(
            -self.worth[free] / UNIT,
            integrality=np.ones(len(free)),
            bounds=Bounds(0, self.most()[free]),
            constraints=LinearConstraint(table[:, free], lows - taken, highs - taken),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        given[free] = found.x
        return [round(value) for value in given]

    def value(self, solution: Sequence[int]) -> int:
        return int(self.worth @ np.array(solution, dtype=np.int64))

    def settled(self, best: int) -> dict[int, int]:
        """Whom every best choice has, or none: what the relaxed programme's prices prove."""
        rows, low, high = np.array(self.rows), np.array(self.low), np.array(self.high)
        upper, lower = np.isfinite(high), np.isfinite(low)
        relaxed = linprog(
            -self.worth / UNIT,
            A_ub=np.vstack([rows[upper], -rows[lower]]),
            b_ub=np.concatenate([high[upper], -low[lower]]),
            bounds=np.column_stack([np.zeros(self.size), self.most()]),
        )
        slack = -best / UNIT - relaxed.fun + 1e-3  # what a change may cost at most
        return {
            number: int(relaxed.x[number] > 0.5)
            for number in range(len(self.candidates))
            if relaxed.lower.marginals[number] > slack or -relaxed.upper.marginals[number] > slack
        }


def _has(candidate: Candidate, kind: str, key: Key | None) -> bool:
    if kind == "goal":
        return key in candidate.marks
    return (candidate.format if kind == "format" else candidate.track) == key


def fill_with_goals(
    candidates: Sequence[Candidate], order: Sequence[Key], places: Places
) -> Choice:
    """The best choice within the quotas, goals and their price counted in; of equals by the lot."""
    base = places.fill(candidates, order)
    if not base.chosen:
        return base
    programme = Programme(candidates, places, base)
    best = programme.solve({})
    if best is None:
        return base
    worth = programme.value(best)
    settled = programme.settled(worth)
    numbers = {each.id: number for number, each in enumerate(candidates)}
    open_ = [numbers[key] for key in order if numbers[key] not in settled]
    undecided = set[int]()
    for number in open_:
        if number not in undecided:
            # What is worth as much agrees in what is settled, so only few variables are left.
            other = programme.solve({**settled, number: 1 - best[number]}, worth)
            undecided |= {n for n in open_ if other and other[n] != best[n]}
    fixed = settled | {n: best[n] for n in open_ if n not in undecided}
    for number in (n for n in open_ if n in undecided):
        if best[number] != 1:
            other = programme.solve({**fixed, number: 1}, worth)
            best = other if other is not None else best
        fixed[number] = best[number]
    return Choice(
        frozenset(each.id for each, value in zip(candidates, best, strict=False) if value),
        frozenset(candidates[number].id for number in undecided),
    )
