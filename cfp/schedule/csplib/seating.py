"""Who speaks in which room and slot of one session, when its blocks are decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.penalties import Place

Rooms = dict[int, list[int]]  # the rooms of each track


class Seating:
    """Seats the talks of a session; penalties within it as low as can be."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.presenters = conflicts.presenters_in_conflict(instance)
        self.attendees = conflicts.attendees_in_conflict(instance)

    def seat(
        self,
        session: int,
        rooms: Rooms,
        talks: Sequence[int],
        earlier: dict[int, int],
        seconds: float,
    ) -> dict[int, Place] | None:
        """A place for each talk, ``earlier`` talks of each track being before; None: no room."""
        one = _OneSession(self.instance, session, rooms, talks)
        one.by_room()
        one.by_order(earlier)
        one.by_people(self.presenters, "pres", "pres_ts")
        one.by_people(self.attendees, "att", "att_ts")
        return one.solve(seconds)

    def fits(self, session: int, rooms: Rooms, talks: Sequence[int], seconds: float) -> bool:
        """Whether the talks can be packed in these rooms at all; not known in time is yes."""
        return not _OneSession(self.instance, session, rooms, talks).is_impossible(seconds)


class _OneSession:
    def __init__(
        self, instance: Instance, session: int, rooms: Rooms, talks: Sequence[int]
    ) -> None:
        self.instance, self.session, self.talks = instance, session, talks
        self.model = cp_model.CpModel()
        self.costs: list[cp_model.LinearExprT] = []
        self.inside: dict[int, dict[int, cp_model.IntVar]] = {}
        self.start: dict[int, cp_model.IntVar] = {}
        goes_on = instance.sessions[session].slots
        stays = defaultdict(list)
        for number in talks:
            talk = instance.talks[number]
            start = self.model.new_int_var(0, goes_on - talk.slots, "")
            self.start[number] = start
            self.inside[number] = {}
            for room in rooms[talk.track]:
                inside = self.model.new_bool_var("")
                self.inside[number][room] = inside
                stays[room].append(
                    self.model.new_optional_fixed_size_interval_var(start, talk.slots, inside, "")
                )
            self.model.add_exactly_one(self.inside[number].values())
        for intervals in stays.values():
            self.model.add_no_overlap(intervals)

    def room(self, number: int) -> cp_model.LinearExpr:
        rooms = self.inside[number]
        return cp_model.LinearExpr.weighted_sum(list(rooms.values()), list(rooms))

    def by_room(self) -> None:
        """Talks in the rooms that suit them."""
        for number in self.talks:
            talk = self.instance.talks[number]
            price = self.instance.weights["srm"] * talk.slots
            self.costs += [price * talk.by_room[r] * at for r, at in self.inside[number].items()]

    def by_order(self, earlier: dict[int, int]) -> None:
        """Talks at their position within the track."""
        weight, told = self.instance.weights["order"], self.instance.talks
        ordered = [number for number in self.talks if told[number].order and weight]
        for number in ordered:
            before = []
            for other in self.talks:
                if other != number and told[other].track == told[number].track:
                    first = self.model.new_bool_var("")
                    self.model.add(self._when(other) < self._when(number)).only_enforce_if(first)
                    self.model.add(self._when(other) > self._when(number)).only_enforce_if(~first)
                    before.append(first)
            wrong = self.model.new_bool_var("")
            position = earlier.get(told[number].track, 0) + 1 + sum(before)
            self.model.add(position == told[number].order).only_enforce_if(~wrong)
            self.costs.append(weight * wrong)
        for one, other in combinations(ordered, 2):
            if told[one].track == told[other].track:
                self.costs.append(weight * self._at_once(one, other))

    def by_people(self, pairs: conflicts.Pairs, in_session: str, in_slot: str) -> None:
        """Talks of one person not in two rooms, or at least not at once."""
        weights = self.instance.weights
        present = set(self.talks)
        for one, other in sorted(pairs):
            if one not in present or other not in present:
                continue
            shared = self.inside[one].keys() & self.inside[other].keys()
            if weights[in_session] and shared and len(self.inside[one]) > 1:
                apart = self.model.new_bool_var("")
                for room, inside in self.inside[one].items():
                    self.model.add_implication(inside, self.inside[other][room]).only_enforce_if(
                        ~apart
                    )
                self.costs.append(weights[in_session] * apart)
            if weights[in_slot]:
                self.costs.append(weights[in_slot] * self._at_once(one, other))

    def is_impossible(self, seconds: float) -> bool:
        """Whether it is proven that the talks cannot be packed."""
        return _solver(seconds).solve(self.model) == cp_model.INFEASIBLE

    def solve(self, seconds: float) -> dict[int, Place] | None:
        """The places found, None where the talks cannot be packed."""
        self.model.minimize(sum(self.costs))
        solver = _solver(seconds)
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return {
            number: Place(
                self.session,
                next(room for room, inside in rooms.items() if solver.boolean_value(inside)),
                solver.value(self.start[number]),
            )
            for number, rooms in self.inside.items()
        }

    def _when(self, number: int) -> cp_model.LinearExpr:
        return self.room(number) * self.instance.sessions[self.session].slots + self.start[number]

    def _at_once(self, one: int, other: int) -> cp_model.IntVar:
        a, b = self.start[one], self.start[other]
        at_once, first, second = (self.model.new_bool_var("") for _ in range(3))
        self.model.add(a + self.instance.talks[one].slots <= b).only_enforce_if(first)
        self.model.add(b + self.instance.talks[other].slots <= a).only_enforce_if(second)
        self.model.add_bool_or(at_once, first, second)
        return at_once


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    return solver
