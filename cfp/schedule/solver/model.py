"""The variables: for each free talk a start, and for each room and day whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from ortools.sat.python import cp_model

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Spot, day_of
from cfp.schedule.solver.grid import Grid, Mask, Position, minutes_of, span_mask
from cfp.schedule.solver.layout import Layout

Berth = tuple[str, date]  # a room on a day
Expr = cp_model.LinearExprT
Literal = cp_model.IntVar | cp_model.LinearExpr  # a boolean variable or its negation


class Model:
    """A CP-SAT model of some free talks among others that stay where the layout has them.

    Places that a talk cannot have, by itself or beside the fixed ones, are left out from the start;
    what free talks owe each other is added by `hard` and `soft`. `narrow` may leave fewer starts.
    """

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        free: Iterable[str],
        narrow: Callable[[str, Berth, Mask], Mask] = lambda _talk, _berth, starts: starts,
    ) -> None:
        self.grid = grid
        self.layout = layout
        self.narrow = narrow
        self.cp = cp_model.CpModel()
        self.talks: dict[str, Talk] = {name: grid.problem.talk[name] for name in free}
        self.starts: dict[str, dict[Berth, Mask]] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.at: dict[str, dict[Berth, cp_model.IntVar]] = {}
        self.placed: dict[str, cp_model.IntVar] = {}
        self.whole: dict[str, cp_model.IntervalVar] = {}
        self.berths: dict[Berth, dict[str, cp_model.IntervalVar]] = {}
        self._before: dict[tuple[str, str], cp_model.IntVar] = {}
        self._sums: dict[tuple[str, object], cp_model.IntVar] = {}
        for talk in self.talks.values():
            self._add(talk)

    def _add(self, talk: Talk) -> None:
        name, cp = talk.id, self.cp
        self.starts[name] = dict(self._berths_of(talk))
        minutes = sorted({m for mask in self.starts[name].values() for m in minutes_of(mask)})
        start = cp.new_int_var_from_domain(self.domain(minutes or [0]), name)
        placed = cp.new_bool_var(f"{name} placed")
        at = {berth: cp.new_bool_var(f"{name} at {berth}") for berth in self.starts[name]}
        cp.add_exactly_one([*at.values(), ~placed])
        self.start[name], self.placed[name], self.at[name] = start, placed, at
        self.whole[name] = cp.new_optional_fixed_size_interval_var(
            start, talk.minutes, placed, name
        )
        for berth, literal in at.items():
            here = self.domain(minutes_of(self.starts[name][berth]))
            cp.add_linear_expression_in_domain(start, here).only_enforce_if(literal)
            self.berths.setdefault(berth, {})[name] = cp.new_optional_fixed_size_interval_var(
                start, talk.minutes, literal, f"{name} at {berth}"
            )

    def _berths_of(self, talk: Talk) -> Iterator[tuple[Berth, Mask]]:
        for room, mask in self.layout.free_starts(talk):
            left = mask
            for day, first, last in self.grid.days[room]:
                here = left & span_mask(first, last)
                left ^= here
                here = self.narrow(talk.id, (room, day), here) if here else 0
                if here:
                    yield (room, day), here

    def end(self, name: str) -> cp_model.LinearExpr:
        return self.start[name] + self.talks[name].minutes

    def on_day(self, name: str, day: date) -> cp_model.IntVar | None:
        """True if the free talk is on this day; None if it cannot be."""
        return self._one_of(
            name, day, [at for berth, at in self.at[name].items() if berth[1] == day]
        )

    def in_room(self, name: str, room: str) -> cp_model.IntVar | None:
        """True if the free talk is in this room; None if it cannot be."""
        return self._one_of(
            name, room, [at for berth, at in self.at[name].items() if berth[0] == room]
        )

    def _one_of(
        self, name: str, what: object, literals: list[cp_model.IntVar]
    ) -> cp_model.IntVar | None:
        if len(literals) < 2:
            return literals[0] if literals else None
        if (name, what) not in self._sums:
            literal = self.cp.new_bool_var(f"{name} {what}")
            self.cp.add(sum(literals) == literal)
            self._sums[name, what] = literal
        return self._sums[name, what]

    def before(self, a: str, b: str) -> cp_model.IntVar:
        """If true, free talk a is over when free talk b begins."""
        if (a, b) not in self._before:
            literal = self.cp.new_bool_var(f"{a} before {b}")
            self.cp.add(self.end(a) <= self.start[b]).only_enforce_if(literal)
            self._before[a, b] = literal
        return self._before[a, b]

    @staticmethod
    def domain(minutes: Iterable[int]) -> cp_model.Domain:
        return cp_model.Domain.from_values(list(minutes))

    def fixed(self, talks: Iterable[Talk]) -> list[Spot]:
        """Those of the talks that are fixed, where they are."""
        spots = self.layout.spots
        return [spots[talk.id] for talk in talks if talk.id in spots]

    def fixed_on(self, day: date, talks: Iterable[Talk]) -> list[Spot]:
        problem = self.grid.problem
        return [spot for spot in self.fixed(talks) if day_of(problem, spot) == day]

    def hint(self, positions: Mapping[str, Position]) -> None:
        """Begin the search at this plan."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for name, start in self.start.items():
            position = positions.get(name)
            self.cp.add_hint(self.placed[name], position is not None)
            if position is not None:
                self.cp.add_hint(start, position[1])
            for berth, literal in self.at[name].items():
                there = position is not None and (
                    berth[0] == position[0] and bool(self.starts[name][berth] >> position[1] & 1)
                )
                self.cp.add_hint(literal, there)

    def positions(
        self, value: cp_model.CpSolver | cp_model.CpSolverSolutionCallback
    ) -> dict[str, Position]:
        """Where the free talks are in a solution; those that are not placed are missing."""
        return {
            name: (berth[0], value.value(self.start[name]))
            for name, berths in self.at.items()
            for berth, literal in berths.items()
            if value.boolean_value(literal)
        }
