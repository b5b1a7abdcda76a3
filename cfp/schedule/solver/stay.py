"""After the news: what is announced stays, and what lost its place moves as few as can be."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ortools.sat.python import cp_model

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Spot, day_of
from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.eject import make_way
from cfp.schedule.solver.greedy import place_well
from cfp.schedule.solver.grid import Mask, Position, span_mask
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Berth, Model
from cfp.schedule.solver.soft import charge_for_wishes
from cfp.schedule.solver.squeeze import squeeze_in

A_WHILE = 0.3  # seconds for one part
SOON = 0.15  # solved to the end in less: the next part may be larger
FEWEST, MOST = 1.0, 8.0  # room days that are planned anew at once
FOR_MISSING = 0.7  # of the parts, as long as talks have no place
WAITING = 6  # talks without a place that are tried at once

Loss = tuple[int, int]  # priority of what has no place, and how many have left an announced one


def stay(best: Best, budget: Budget, rng: Random, enough: Callable[[], bool]) -> None:
    """What is announced stays; then parts are planned anew as long as fewer could move."""
    grid, layout = best.grid, Layout(best.grid)
    for talk in sorted(grid.problem.talks, key=lambda talk: talk.id not in grid.problem.pin):
        _put_home(layout, talk)
    waiting = [talk for talk in grid.problem.talks if talk.id not in layout.spots]
    for talk in sorted(waiting, key=lambda talk: (-talk.priority, -talk.minutes, talk.id)):
        if not place_well(layout, talk) and not squeeze_in(layout, talk, enough):
            make_way(layout, talk, enough)
    best.offer_sound_part(layout.positions)
    _Parts(best, budget, rng).until(enough)


def _put_home(layout: Layout, talk: Talk) -> None:
    if layout.grid.may_stay(talk):
        room, start = layout.grid.announced[talk.id]
        if layout.free_starts_in(talk, room) >> start & 1:
            layout.put(talk.id, (room, start))


class _Parts:
    """Plans some room days anew, again and again; no plan loses more than the one before."""

    def __init__(self, best: Best, budget: Budget, rng: Random) -> None:
        self.best, self.grid, self.budget, self.rng = best, best.grid, budget, rng
        self.positions: dict[str, Position] = dict(best.positions)
        self.berths = [(room, day) for room, of in self.grid.days.items() for day, _, _ in of]
        self.size = 2.0

    def until(self, enough: Callable[[], bool]) -> None:
        """Until it is enough, or nothing is lost any more."""
        while self.berths and any(loss := self._loss()) and not enough():
            before = self.positions
            self._anew(self._some_berths())
            if self._loss() > loss:
                self.positions = before
            elif self._loss() < loss:
                self.best.offer(self.positions)

    def _loss(self) -> Loss:
        talks = self.grid.problem.talks
        missing = sum(talk.priority for talk in talks if self._is_missing(talk))
        return missing, sum(map(self._has_moved, talks))

    def _is_missing(self, talk: Talk) -> bool:
        return talk.id not in self.positions and bool(self.grid.starts(talk))

    def _has_moved(self, talk: Talk) -> bool:
        """Those whose announced place is gone are not counted: they cannot but move."""
        stays = self.positions.get(talk.id) == self.grid.announced.get(talk.id)
        return not stays and self.grid.may_stay(talk)

    def _some_berths(self) -> set[Berth]:
        """Where a lost talk is, was announced for or could be, and others, perhaps of that day."""
        talks = self.grid.problem.talks
        missing = [talk for talk in talks if self._is_missing(talk)]
        if missing and self.rng.random() < FOR_MISSING:
            near = [self.rng.choice(self._able(self.rng.choice(missing)))]
        else:
            near = self._berths_of(self.rng.choice(missing + list(filter(self._has_moved, talks))))
        others = self.berths
        if near and self.rng.random() < 0.5:
            others = [berth for berth in others if berth[1] == near[0][1]]
        some = self.rng.sample(others, min(len(others), round(self.size)))
        return set([*near, *some][: max(2, round(self.size))])

    def _able(self, talk: Talk) -> list[Berth]:
        """The room days in which the talk could have a place."""
        return [
            (room, day)
            for room, mask in self.grid.starts(talk).items()
            for day, first, last in self.grid.days[room]
            if mask & span_mask(first, last)
        ]

    def _berths_of(self, talk: Talk) -> list[Berth]:
        """Where the talk could be at home, then where it is."""
        home = self.grid.announced.get(talk.id) if self.grid.may_stay(talk) else None
        there = [place for place in (home, self.positions.get(talk.id)) if place]
        return [self._berth(talk, *place) for place in there]

    def _berth(self, talk: Talk, room: str, start: int) -> Berth:
        return room, day_of(self.grid.problem, Spot(talk, room, start, start + talk.minutes))

    def _anew(self, berths: set[Berth]) -> None:
        """These room days, with what is in them, belongs there or has no place."""
        talks = self.grid.problem.talks
        free = [talk.id for talk in talks if berths.intersection(self._berths_of(talk))]
        waiting = [talk.id for talk in talks if self._is_missing(talk) and talk.id not in free]
        free += self.rng.sample(waiting, min(len(waiting), WAITING))
        now = {name: self._here(name) for name in free}
        rest = {name: at for name, at in self.positions.items() if name not in now}

        def narrow(talk: str, berth: Berth, mask: Mask) -> Mask:
            where, start = now[talk]
            return mask if berth in berths else mask & start if berth == where else 0

        model = Model(self.grid, Layout(self.grid, rest), free, narrow)
        keep_the_strict_rules(model)
        charge_for_wishes(model, wishes=False).place_and_stay()
        model.hint(self.positions)
        seed = self.rng.randrange(1 << 30)
        before = self.budget.used
        solver, status = self.budget.solve(model.cp, A_WHILE, seed=seed)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            self.positions = rest | model.positions(solver)
        self._resize(soon=self.budget.used - before < SOON, done=status == cp_model.OPTIMAL)

    def _here(self, name: str) -> tuple[Berth | None, Mask]:
        """The room day of a talk, and the start that it has there."""
        if name not in self.positions:
            return None, 0
        room, start = self.positions[name]
        return self._berth(self.grid.problem.talk[name], room, start), 1 << start

    def _resize(self, *, soon: bool, done: bool) -> None:
        if done and soon:
            self.size = min(MOST, 1.1 * self.size)
        elif not done:
            self.size = max(FEWEST, 0.9 * self.size)
