"""The integer programme of a choice with goals: what may be in, what it is worth, what is best."""

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
Integers = NDArray[np.int64]
UNIT = 1000  # millionths of a point in one unit of the solver, whose own tolerance is far below


@dataclass
class Programme:
    """The integer programme: a variable for each group, then one for each thing to be met."""

    candidates: Sequence[Candidate]
    places: Places
    base: Choice
    rows: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        groups: dict[Any, list[Candidate]] = {}
        for one in self.candidates:
            groups.setdefault((points(one), one.format, one.track, one.marks), []).append(one)
        self.groups = list(groups.values())  # each in the order of the lot
        self.kinds = [group[0] for group in self.groups]
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
        wanted = {"format": self.formats, "track": self.tracks, "goal": self.goals}
        self.most = np.array(
            [*map(len, self.groups), *(wanted[kind][key] for kind, key in self.met)], dtype=np.int64
        )
        self.worth = np.array(
            [*(points(each) or 0 for each in self.kinds), *self._prices()], dtype=np.int64
        )
        self._constrain()
        self.table = np.array(self.rows)

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
            row = np.array([0.0] * len(self.kinds) + [float(k == kind) for k, _ in self.met])
            if wanted:
                self._add(row, sum(reached), np.inf)
        for number, (kind, key) in enumerate(self.met):
            row = self._row(lambda each, kind=kind, key=key: _has(each, kind, key))
            row[len(self.kinds) + number] = -1.0
            self._add(row, 0, np.inf)

    def _row(self, belongs: Any) -> Floats:
        return np.array([float(belongs(c)) for c in self.kinds] + [0.0] * len(self.met))

    def _sum(self, belongs: Any, low: float, high: float) -> None:
        self._add(self._row(belongs), low, high)

    def _add(self, row: Floats, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def value(self, solution: Integers) -> int:
        return int(self.worth @ solution)

    def best(self) -> Integers | None:
        """What is worth most."""
        bounds = Bounds(0, self.most)
        rules = LinearConstraint(self.table, self.low, self.high)
        return solved(self.worth / UNIT, bounds, rules)

    def settled(self, best: Integers) -> NDArray[np.bool_]:
        """Which groups are all in or all out in every best choice: the relaxed prices prove it."""
        low, high = np.array(self.low), np.array(self.high)
        upper, lower = np.isfinite(high), np.isfinite(low)
        relaxed = linprog(
            -self.worth / UNIT,
            A_ub=np.vstack([self.table[upper], -self.table[lower]]),
            b_ub=np.concatenate([high[upper], -low[lower]]),
            bounds=np.column_stack([np.zeros(len(self.most)), self.most]),
        )
        slack = -self.value(best) / UNIT - relaxed.fun + 1e-3  # what a change may cost at most
        proven = (relaxed.lower.marginals > slack) | (-relaxed.upper.marginals > slack)
        proven[len(self.kinds) :] = False
        return np.asarray(proven, dtype=bool)


def solved(wishes: Floats, bounds: Bounds, rules: LinearConstraint) -> Integers | None:
    """Whole numbers within bounds and rules that grant most of the wishes; None: there are none."""
    whole = np.ones(len(wishes))
    found = milp(
        -wishes, integrality=whole, bounds=bounds, constraints=rules, options={"mip_rel_gap": 0.0}
    )
    return None if found.x is None else np.rint(found.x).astype(np.int64)


def _has(candidate: Candidate, kind: str, key: Key | None) -> bool:
    if kind == "goal":
        return key in candidate.marks
    return (candidate.format if kind == "format" else candidate.track) == key
