"""Who speaks in which room and slot of one session, when its blocks are decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.penalties import Place

Rooms = dict[int, list[int]]  # the rooms of each track
PACKING_SECONDS = 1.0


@dataclass(frozen=True)
class Asked:
    """One session: the rooms of each track, talks, and how many of a track came before."""

    session: int
    rooms: Rooms
    talks: Sequence[int]
    earlier: Mapping[int, int]


class Seating:
    """Seats the talks of a session; penalties within it as low as can be."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.presenters = _by_talk(conflicts.presenters_in_conflict(instance).pairs)
        self.attendees = _by_talk(conflicts.attendees_in_conflict(instance).pairs)

    def seat(
        self, asked: Asked, slots: Mapping[int, int], seconds: float
    ) -> dict[int, Place] | None:
        """A place for each talk, if they can be packed; ``slots`` are where to begin with some."""
        one = _OneSession(self.instance, asked.session, asked.rooms, asked.talks)
        one.by_room()
        one.by_order(asked.earlier)
        one.by_people(self.presenters, "pres", "pres_ts")
        one.by_people(self.attendees, "att", "att_ts")
        if one.costs:
            return one.solve(slots, seconds) or one.in_turn()
        return one.in_turn() or one.solve({}, PACKING_SECONDS)

    def fits(self, session: int, rooms: Rooms, talks: Sequence[int], seconds: float) -> bool:
        """Whether the talks can be packed in these rooms at all; not known in time is yes."""
        return not _OneSession(self.instance, session, rooms, talks).is_impossible(seconds)


class _OneSession:
    def __init__(
        self, instance: Instance, session: int, rooms: Rooms, talks: Sequence[int]
    ) -> None:
        self.instance, self.session, self.talks, self.rooms = instance, session, talks, rooms
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
            for room, inside in self.inside[number].items():
                self._charge("srm", talk.by_room[room] * talk.slots, inside)

    def by_order(self, earlier: Mapping[int, int]) -> None:
        """Talks at their position within the track."""
        told = self.instance.talks
        ordered = [n for n in self.talks if told[n].order and self.instance.price("order")]
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
            self._charge("order", 1, wrong)
        for one, other in combinations(ordered, 2):
            if told[one].track == told[other].track:
                self._charge("order", 1, self._at_once(one, other))

    def by_people(self, minded: Mapping[int, set[int]], in_session: str, in_slot: str) -> None:
        """Talks of one person not in two rooms, or at least not at once."""
        present = set(self.talks)
        pairs = ((a, b) for a in self.talks for b in sorted(minded.get(a, set()) & present))
        for one, other in ((a, b) for a, b in pairs if a < b):
            shared = self.inside[one].keys() & self.inside[other].keys()
            if self.instance.price(in_session) and shared and len(self.inside[one]) > 1:
                apart = self.model.new_bool_var("")
                for room, inside in self.inside[one].items():
                    self.model.add_implication(inside, self.inside[other][room]).only_enforce_if(
                        ~apart
                    )
                self._charge(in_session, 1, apart)
            may_overlap = len(self.inside[one]) > 1 or not shared
            if self.instance.price(in_slot) and may_overlap:
                self._charge(in_slot, 1, self._at_once(one, other))

    def _charge(self, key: str, value: float, variable: cp_model.IntVar) -> None:
        price = self.instance.price(key, value)
        if price:
            self.costs.append(price * variable)

    def is_impossible(self, seconds: float) -> bool:
        """Whether it is proven that the talks cannot be packed."""
        return _solver(seconds).solve(self.model) == cp_model.INFEASIBLE

    def in_turn(self) -> dict[int, Place] | None:
        """The longest first, each where its track's room goes on; for talks that mind nothing."""
        used: dict[int, int] = defaultdict(int)
        found: dict[int, Place] = {}
        goes_on = self.instance.sessions[self.session].slots
        for number in sorted(self.talks, key=lambda each: -self.instance.talks[each].slots):
            talk = self.instance.talks[number]
            fits = [room for room in self.rooms[talk.track] if used[room] + talk.slots <= goes_on]
            if not fits:
                return None
            room = max(fits, key=lambda each: used[each])
            found[number] = Place(self.session, room, used[room])
            used[room] += talk.slots
        return found

    def solve(self, slots: Mapping[int, int], seconds: float) -> dict[int, Place] | None:
        """The places found, None where the talks cannot be packed."""
        for number, slot in slots.items():
            if number in self.start:
                self.model.add_hint(self.start[number], slot)
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


def _by_talk(pairs: Iterable[conflicts.Pair]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = seconds
    return solver
