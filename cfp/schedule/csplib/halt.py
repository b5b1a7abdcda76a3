"""Stops a search at once, wherever it is: whoever has waited long enough takes the best so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from ortools.sat.python import cp_model


class Halt:
    """Pulled from another thread or by a signal; solvers at work are told."""

    def __init__(self) -> None:
        self.is_pulled = False
        self._lock = Lock()
        self._at_work: set[cp_model.CpSolver] = set()

    def pull(self) -> None:
        """No solver goes on, and none begins."""
        self.is_pulled = True
        for solver in list(self._at_work):
            solver.stop_search()

    @contextmanager
    def watching(self, solver: cp_model.CpSolver) -> Iterator[None]:
        """While the solver works, pulling stops it."""
        with self._lock:
            self._at_work.add(solver)
        try:
            yield
        finally:
            with self._lock:
                self._at_work.discard(solver)
