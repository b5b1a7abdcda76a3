"""Searches blocks: tier by tier, as a whole, and in neighbourhoods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from random import Random
from threading import RLock
from time import monotonic

from ortools.sat.python import cp_model

from cfp.schedule.csplib.charges import charge_for_everything
from cfp.schedule.csplib.halt import Halt
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.layout import Around, Layout, merged
from cfp.schedule.csplib.model import BlockModel, total
from cfp.schedule.csplib.parts import Choice, Sight
from cfp.schedule.csplib.penalties import Place
from cfp.schedule.csplib.seated import Seated
from cfp.schedule.csplib.timing import Timing

WORKERS = 2
A_WHILE = 2.0  # seconds for one neighbourhood
QUICK = 0.3  # solved to the end in less: the next may be larger
KNOWN = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class Climb:
    """The best layout so far, and a proven bound below what any plan costs."""

    def __init__(
        self,
        instance: Instance,
        seated: Seated,
        ends: float,
        seed: int,
        tell: Callable[[], None],
        halt: Halt,
    ) -> None:
        self.instance, self.seated, self.ends, self.seed = instance, seated, ends, seed
        self.tell, self.halt = tell, halt
        self.best: Layout | None = None
        self.bound = 0
        self._lock = RLock()
        self._choice = Choice(Random(seed))  # noqa: S311  chooses parts, keeps no secret
        self._sight: Sight | None = None

    def left(self) -> float:
        """Seconds until the end."""
        return 0 if self.halt.is_pulled else self.ends - monotonic()

    @property
    def is_done(self) -> bool:
        """Nothing can be better, or there is no time for it."""
        return self.left() <= 0 or (self.best is not None and self.best.cost <= self.bound)

    @property
    def cost(self) -> int:
        """What the best plan costs."""
        assert self.best is not None  # noqa: S101  (whoever asks has begun with one)
        return self.best.cost

    def offer(self, layout: Layout, slots: Mapping[int, int]) -> bool:
        """Seat the talks, and keep the layout if it is no worse; says whether it is better."""
        with self._lock:
            seated = self.seated.seat(layout, slots, max(0.5, self.left()))
            if seated is None or (self.best and seated.cost > self.best.cost):
                return False
            better = self.best is None or seated.cost < self.best.cost
            self.best, self._sight = seated, None
            if better:
                self.tell()
            return better

    def take(self, plan: Sequence[Place]) -> None:
        """Keep a whole plan if it is better."""
        layout = self.seated.taken(plan)
        with self._lock:
            if self.best is None or layout.cost < self.best.cost:
                self.best, self._sight = layout, None
                self.tell()

    def model(self, around: Around | None = None) -> tuple[BlockModel, Timing]:
        """What is to be decided, and what it costs."""
        blocks = BlockModel(self.instance, self.seated.bundles, around=around)
        charge_for_everything(blocks)
        timing = Timing(blocks)
        for refusal in self.seated.refusals:
            blocks.refuse(refusal)
        return blocks, timing

    def structure(self, seconds: float) -> bool:
        """Any layout in which every talk has a place; says whether there may be one."""
        blocks = BlockModel(self.instance, self.seated.bundles)
        for refusal in self.seated.refusals:
            blocks.refuse(refusal)
        values, _ = self._search(blocks.model, seconds, {})
        if values:
            self.offer(blocks.layout(values), {})
        return bool(values)

    def largest_first(self, seconds: float) -> None:
        """Tier by tier: what costs most is lowered first and stays low."""
        until = monotonic() + seconds
        blocks, timing = self.model()
        tiered = self._limited(blocks)
        most = self.best.cost if self.best else None
        prices = [c.price for c in blocks.charges if most is None or c.price <= most]
        digits = sorted({len(str(price)) for price in prices}, reverse=True)
        hints: dict[int, int] = {}
        others: int | None = None  # what plans cost at least that are ruled out on the way
        for least in digits:
            if until <= monotonic() or self.is_done:
                return
            charged = [charge for charge in blocks.charges if len(str(charge.price)) >= least]
            cost = total(tiered, charged)
            tiered.minimize(cost)
            values, bound = self._search(tiered, max(1.0, 0.7 * (until - monotonic())), hints)
            # smaller prices only add to it; plans ruled out below cost what is said there
            self.learn(bound if others is None else min(bound, others))
            if not values:
                return
            self.offer(blocks.layout(values), timing.starts_of(values))
            hints = dict(enumerate(values))
            reached = sum(charge.price * values[charge.index] for charge in charged)
            tiered.add(cost <= reached)
            others = reached + 1 if others is None else min(others, reached + 1)

    def whole(self, seconds: float, around: Around | None = None) -> None:
        """All penalties at once."""
        blocks, timing = self.model(around)
        values, bound = self._search(self._limited(blocks), seconds, self._hints(blocks))
        if around is None:
            self.learn(bound)
        if values:
            self.offer(blocks.layout(values), timing.starts_of(values))

    def prove(self, blocks: BlockModel, seconds: float) -> list[int]:
        """A bound from a relaxation; returns its values, if any."""
        values, bound = self._search(self._limited(blocks), seconds, self._hints(blocks))
        self.learn(bound)
        return values

    def rooms_for(self, times: Layout, seconds: float) -> None:
        """The best rooms for talks that are in these sessions."""
        blocks, timing = self.model()
        model = self._limited(blocks)
        hints = blocks.hints(times)
        for count in blocks.count.values():
            if isinstance(count, cp_model.IntVar):
                domain = model.proto.variables[count.index].domain
                domain[0] = domain[1] = hints[count.index]
        known = {count.index: hints[count.index] for count in blocks.count.values()}  # type: ignore[union-attr]
        values, _ = self._search(model, seconds, known)
        if values:
            self.offer(blocks.layout(values), timing.starts_of(values))

    def learn(self, bound: int) -> None:
        """No plan costs less than this."""
        self.bound = max(self.bound, min(bound, self.best.cost) if self.best else bound)

    def neighbourhoods(self, seconds: float) -> None:
        """Two at a time, each frees a part of the best blocks and plans it again."""
        until = monotonic() + min(seconds, self.left())
        with ThreadPoolExecutor(WORKERS) as pool:
            for worker in [pool.submit(self._one_by_one, until) for _ in range(WORKERS)]:
                worker.result()

    def _one_by_one(self, until: float) -> None:
        while not self.is_done and monotonic() < until:
            with self._lock:
                sight = self._look()
                kind, part = self._choice.next(sight)
                seed = self._choice.rng.randrange(1 << 30)
            began = monotonic()
            blocks, timing = self.model(part)
            hints = blocks.hints(part.layout)
            model = self._limited(blocks)
            solver = _solver(min(A_WHILE, until - began), 1, seed)
            with self.halt.watching(solver):
                status = _solve(solver, model, hints)
            quick = status == cp_model.OPTIMAL and monotonic() - began < QUICK
            with self._lock:
                better = False
                if status in KNOWN:
                    values = list(solver.response_proto.solution)
                    layout = self._merged(part, blocks.layout(values))
                    if layout:
                        better = self.offer(layout, timing.starts_of(values))
                done = status == cp_model.OPTIMAL
                self._choice.learn(kind, better=better, finished=done, quick=quick)

    def _look(self) -> Sight:
        assert self.best is not None  # noqa: S101  (parts are parts of something)
        if self._sight is None:
            self._sight = Sight(self.instance, self.best)
        return self._sight

    def _merged(self, part: Around, new: Layout) -> Layout | None:
        """What is new in a part, in the layout that has become the best meanwhile, if it fits."""
        assert self.best is not None  # noqa: S101  (parts are parts of something)
        return new if self.best is part.layout else merged(part.layout, new, self.best)

    def _hints(self, blocks: BlockModel) -> dict[int, int]:
        return blocks.hints(self.best) if self.best else {}

    def _limited(self, blocks: BlockModel) -> cp_model.CpModel:
        """The model, without what alone would cost more than the best plan."""
        model = blocks.model
        model.minimize(total(model, blocks.charges))
        variables = model.proto.variables
        if self.best:
            for charge in blocks.charges:
                domain = variables[charge.index].domain
                domain[1] = max(domain[0], min(domain[1], self.best.cost // charge.price))
        return model

    def _search(
        self, model: cp_model.CpModel, seconds: float, hints: Mapping[int, int]
    ) -> tuple[list[int], int]:
        """Values, if any were found, and a bound for all others."""
        if not (seconds := min(seconds, self.left())) > 0:
            return [], 0
        solver = _solver(seconds, WORKERS, self.seed)
        with self.halt.watching(solver):
            status = _solve(solver, model, hints)
        if status not in KNOWN and status != cp_model.UNKNOWN:
            return [], 0
        values = list(solver.response_proto.solution) if status in KNOWN else []
        return values, ceil(solver.best_objective_bound - 1e-6)


def _solver(seconds: float, workers: int, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False  # whoever orders an end pulls the halt
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    return solver


def _solve(
    solver: cp_model.CpSolver, model: cp_model.CpModel, hints: Mapping[int, int]
) -> cp_model.CpSolverStatus:
    model.clear_hints()  # type: ignore[no-untyped-call]
    model.proto.solution_hint.vars.extend(hints.keys())
    model.proto.solution_hint.values.extend(hints.values())
    return solver.solve(model)
