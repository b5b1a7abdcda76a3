"""The time that a run may take: seconds on the clock for people, or counted work for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic

from ortools.sat.python import cp_model

GLANCE = 0.2  # seconds between two looks at whether somebody wants us to stop
STEP = 0.02  # what a piece of work counts at least, so that counted time comes to an end


@dataclass
class Budget:
    """How long there is, what is used, and whether somebody called it off."""

    seconds: float
    should_stop: Callable[[], bool] = lambda: False
    deterministic: bool = False
    workers: int = 2
    counted: float = 0.0
    began: float = field(default_factory=monotonic)

    @property
    def used(self) -> float:
        return self.counted if self.deterministic else monotonic() - self.began

    @property
    def left(self) -> float:
        return 0.0 if self.should_stop() else max(0.0, self.seconds - self.used)

    @property
    def elapsed(self) -> float:
        """Seconds on the clock, whatever counts."""
        return monotonic() - self.began

    def until(self, share: float, seconds: float = float("inf")) -> Callable[[], bool]:
        """Whether this share of the time, or so many seconds, are used up or called off."""
        end = min(share * self.seconds, seconds)
        return lambda: self.used >= end or self.left <= 0

    def count(self, work: float = 0.0) -> None:
        self.counted += STEP + work

    def solve(
        self,
        model: cp_model.CpModel,
        seconds: float,
        callback: cp_model.CpSolverSolutionCallback | None = None,
        seed: int = 0,
        workers: int | None = None,
    ) -> tuple[cp_model.CpSolver, int]:
        """Let CP-SAT work on a model for a while, but not longer than there is."""
        solver = cp_model.CpSolver()
        limit = min(seconds, self.left)
        given = solver.parameters
        given.num_workers = 1 if self.deterministic else workers or self.workers
        given.random_seed = seed
        given.catch_sigint_signal = False  # whoever stops us says so by should_stop
        given.symmetry_level = 0  # eats the start and finds nothing: talks differ
        given.cp_model_probing_level = 0
        if self.deterministic:
            given.max_deterministic_time = max(limit, 0.001)
        else:
            given.max_time_in_seconds = max(limit, 0.001)
        with _watched(solver, self.should_stop):
            status = solver.solve(model, callback)
        self.count(solver.response_proto.deterministic_time)
        return solver, int(status)


@contextmanager
def _watched(solver: cp_model.CpSolver, should_stop: Callable[[], bool]) -> Iterator[None]:
    """Stop the solver soon after somebody wants to stop."""
    over = Event()

    def watch() -> None:
        while not over.wait(GLANCE):
            if should_stop():
                solver.stop_search()
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
