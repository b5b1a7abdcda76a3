"""Walks beside the solver, which proves and plans parts anew: each goes on from the best so far."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Event, Thread
from time import monotonic
from typing import Self

from cfp.schedule.csplib import tiers
from cfp.schedule.csplib.climb import Climb
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.standing import Prices
from cfp.schedule.csplib.walk import STEEP, Walk

SLICE = 1.5  # seconds, then it looks at what the solver has found
ROUNDS = len(STEEP)  # without luck, and it is time to begin with the solver;
LARGE = 1000  # times what is least: a penalty that is lowered before the others count
FEW = 100  # twice as many where there are more talks than these
NAP, LONGEST_NAP = 0.5, 6.0  # seconds for each slice without luck: the solver needs the processor


class Walker:
    """With it as a context somebody walks; nobody does where there is no plan yet."""

    def __init__(self, instance: Instance, climb: Climb, seed: int) -> None:
        self.instance, self.climb = instance, climb
        self.rng = Random(seed)  # noqa: S311  steps of a walk, no secret
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def down(self, seconds: float) -> None:
        """As if only the largest penalties counted, then with the next ones, then with all."""
        climb = self.climb
        if climb.best is None or climb.is_done:
            return
        plan, until = list(climb.best.plan), monotonic() + seconds
        magnitudes = tiers.magnitudes(self.instance) or [0.0]
        large = [least for least in magnitudes if least >= LARGE * magnitudes[-1] > 0]
        tiered = [tiers.only_from(self.instance, least) for least in large]
        puzzles = [*tiered, self.instance]
        rounds = ROUNDS if len(plan) < FEW else 2 * ROUNDS
        for puzzle in puzzles:
            walk = Walk(puzzle, Prices(puzzle), self.rng)
            left = (until - monotonic()) / (1 if puzzle is self.instance else 2)
            _, plan = walk.on(plan, self._until(left), rounds)
        climb.take(plan)

    def _until(self, seconds: float) -> Callable[[], bool]:
        ends = monotonic() + seconds
        return lambda: monotonic() > ends or self.climb.is_done or self._over.is_set()

    def __enter__(self) -> Self:
        if self.climb.best is not None:
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        walk, unlucky = Walk(self.instance, Prices(self.instance), self.rng), 0
        while not self._over.is_set() and not self.climb.is_done:
            best = self.climb.best
            assert best is not None  # noqa: S101  (nobody walks without a plan)
            cost, plan = walk.on(best.plan, self._until(SLICE))
            unlucky = 0 if cost < best.cost else unlucky + 1
            if cost < best.cost:
                self.climb.take(plan)
            self._over.wait(min(LONGEST_NAP, NAP * unlucky))
