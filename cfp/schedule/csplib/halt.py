"""Stops a search at once, wherever it is: whoever has waited long enough takes the best so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

AGAIN = 0.05  # seconds: a solver that was only about to begin has not heard


class Halt:
    """Pulled from another thread or by a signal; solvers at work are told."""

    def __init__(self) -> None:
        self._pulled = Event()
        self._lock = Lock()
        self._at_work: set[cp_model.CpSolver] = set()

    @property
    def is_pulled(self) -> bool:
        return self._pulled.is_set()

    def pull(self) -> None:
        """No solver goes on, and none begins."""
        if not self.is_pulled:
            self._pulled.set()
            Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        """Again and again, as long as anybody works."""
        while True:
            with self._lock:
                working = list(self._at_work)
            if not working:
                return
            for solver in working:
                solver.stop_search()
            Event().wait(AGAIN)

    @contextmanager
    def watching(self, solver: cp_model.CpSolver) -> Iterator[None]:
        """While the solver works, pulling stops it."""
        with self._lock:
            self._at_work.add(solver)
        if self.is_pulled:
            Thread(target=self._stop, daemon=True).start()
        try:
            yield
        finally:
            with self._lock:
                self._at_work.discard(solver)
