"""Searches one model of blocks: tier by tier, as a whole, and in neighbourhoods."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from random import Random
from time import monotonic

from ortools.sat.python import cp_model

from cfp.schedule.csplib.model import BlockModel

WORKERS = 2
A_WHILE = 4.0  # seconds for one neighbourhood
Fixed = dict[int, int]  # values by the index of their variable


class Climb:
    """The best values so far, what they cost in the model, and a proven bound below."""

    def __init__(
        self,
        blocks: BlockModel,
        ends: float,
        seed: int,
        accepts: Callable[[list[int]], bool] = lambda _: True,
    ) -> None:
        self.blocks, self.ends, self.seed, self.accepts = blocks, ends, seed, accepts
        self.rng = Random(seed)  # noqa: S311  chooses neighbourhoods, keeps no secret
        self.values: list[int] = []
        self.cost = 0
        self.bound = 0
        self.hints: Fixed = {}  # used until there are values

    def left(self) -> float:
        """Seconds until the end."""
        return self.ends - monotonic()

    def largest_first(self, seconds: float) -> None:
        """Tier by tier: what costs most is lowered first and stays low."""
        until = monotonic() + seconds
        digits = sorted({len(str(price)) for price, _ in self.blocks.costs}, reverse=True)
        tiered = self.blocks.model.clone()
        for least in digits[:-1]:
            charged = [(p, v.index) for p, v in self.blocks.costs if len(str(p)) >= least]
            cost = sum(p * tiered.get_int_var_from_proto_index(at) for p, at in charged)
            tiered.minimize(cost)
            if not self._search(tiered, max(1.0, until - monotonic())):
                return
            tiered.add(cost <= sum(p * self.values[at] for p, at in charged))

    def whole(self, seconds: float, fixed: Fixed | None = None) -> None:
        """All penalties at once; a bound comes with it where nothing is ``fixed``."""
        self._search(self._charged(fixed or {}), seconds, bounds=not fixed)

    def neighbourhood(self) -> None:
        """Frees some tracks, or some sessions, of the best blocks and plans these again."""
        tracks, sessions = self.blocks.tracks, list(self.blocks.sessions)
        by_track = self.rng.random() < 0.5
        many = tracks if by_track else sessions
        free = set(self.rng.sample(many, min(len(many), max(2, len(many) // 3))))
        fixed = {}
        for (track, session, _), cell in self.blocks.cell.items():
            if (track if by_track else session) not in free:
                fixed[cell.index] = self.values[cell.index]
        for (number, session), count in self.blocks.count.items():
            if (self.blocks.track_of(number) if by_track else session) not in free:
                fixed[count.index] = self.values[count.index]
        self._search(self._charged(fixed), A_WHILE)

    def _charged(self, fixed: Fixed) -> cp_model.CpModel:
        model = self.blocks.model.clone()
        variable = model.get_int_var_from_proto_index
        model.minimize(sum(price * variable(v.index) for price, v in self.blocks.costs))
        for at, value in fixed.items():
            model.add(variable(at) == value)
        return model

    def _search(self, model: cp_model.CpModel, seconds: float, *, bounds: bool = False) -> bool:
        if not (seconds := min(seconds, self.left())) > 0:
            return False
        model.clear_hints()  # type: ignore[no-untyped-call]
        hints = dict(enumerate(self.values)) or self.hints
        for at, value in hints.items():  # a refusal later on adds variables: no matter
            model.add_hint(model.get_int_var_from_proto_index(at), value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = self.seed
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(model)
        if bounds and status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            self.bound = max(self.bound, ceil(solver.best_objective_bound - 1e-6))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        values = list(solver.response_proto.solution)
        cost = sum(price * values[v.index] for price, v in self.blocks.costs)
        if self.values and cost >= self.cost:
            return True
        if not self.accepts(values):
            return False
        self.values, self.cost = values, cost
        return True
