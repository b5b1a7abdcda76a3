"""Which tracks meet in which rooms of a session, and how many of their talks: the large decisions.

Where a track has several rooms in one session, who speaks in which of them is left to seating.py;
what that may cost is left out here, so the bound of this model is one for the whole puzzle.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from ortools.sat.python import cp_model

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.bundles import bundles
from cfp.schedule.csplib.instance import Instance

Whole = cp_model.LinearExpr
sum_of = cp_model.LinearExpr.sum


class BlockModel:
    """The variables of the blocks, the rules, and what each penalty adds to the objective."""

    def __init__(self, instance: Instance, *, alike: bool = False) -> None:
        """With ``alike``, rooms that nothing tells apart are one with a size: a relaxation."""
        self.instance = instance
        groups = (
            _rooms_alike(instance) if alike else [[room] for room in range(len(instance.rooms))]
        )
        self.size = {rooms[0]: len(rooms) for rooms in groups}
        self.model = cp_model.CpModel()
        self.bundles = bundles(instance)
        self.costs: list[tuple[int, cp_model.IntVar]] = []
        self.tracks = sorted({talk.track for talk in instance.talks})
        self.sessions = range(len(instance.sessions))
        self.rooms = list(self.size)
        self._of_track: dict[int, list[int]] = defaultdict(list)
        for number, bundle in enumerate(self.bundles):
            self._of_track[instance.talks[bundle[0]].track].append(number)
        self._make_variables()
        self._keep_the_structure()
        for charge in (
            self._tracks_where_they_suit,
            self._talks_when_they_suit,
            self._tracks_stay_in_their_room,
            self._tracks_are_not_parallel_to_themselves,
            self._tracks_run_without_a_break,
            self._similar_tracks_and_chairs_apart,
            self._people_miss_nothing,
            self._ordered_talks_in_their_session,
        ):
            charge()

    def _make_variables(self) -> None:
        model = self.model
        self.cell = {
            (track, session, room): model.new_int_var(
                0, self.size[room], f"cell {track} {session} {room}"
            )
            for track in self.tracks
            for session in self.sessions
            for room in self.rooms
        }
        self.here = {
            (track, session): model.new_bool_var(f"here {track} {session}")
            for track in self.tracks
            for session in self.sessions
        }
        self.count = {
            (number, session): model.new_int_var(0, len(bundle), f"talks {number} {session}")
            for number, bundle in enumerate(self.bundles)
            for session in self.sessions
        }

    def held(self, track: int, session: int) -> Whole:
        """How many rooms the track has in the session."""
        return sum_of([self.cell[track, session, room] for room in self.rooms])

    def talks(self, track: int, session: int) -> Whole:
        """How many talks of the track the session has."""
        return sum_of([self.count[number, session] for number in self._of_track[track]])

    def track_of(self, number: int) -> int:
        """The track of a bundle's talks."""
        return self.instance.talks[self.bundles[number][0]].track

    def refuse(self, track: int, session: int, counts: dict[int, int], rooms: int) -> None:
        """These talks, by bundle, cannot be packed in so many rooms: fewer talks or more rooms."""
        more = self._bool()
        self.model.add(self.held(track, session) >= rooms + 1).only_enforce_if(more)
        ways = [more]
        for number, count in counts.items():
            fewer = self._bool()
            self.model.add(self.count[number, session] <= count - 1).only_enforce_if(fewer)
            ways.append(fewer)
        self.model.add_bool_or(ways)

    def _keep_the_structure(self) -> None:
        model = self.model
        for number, bundle in enumerate(self.bundles):
            model.add(sum(self.count[number, s] for s in self.sessions) == len(bundle))
        for session in self.sessions:
            for room in self.rooms:
                held = sum(self.cell[track, session, room] for track in self.tracks)
                model.add(held <= self.size[room])
        for track, session in self.here:
            self._talks_fit_their_rooms(track, session)
            for room in self.rooms:
                here = self.size[room] * self.here[track, session]
                model.add(self.cell[track, session, room] <= here)
            model.add(self.held(track, session) >= self.here[track, session])
            model.add(self.held(track, session) <= self.talks(track, session))

    def _talks_fit_their_rooms(self, track: int, session: int) -> None:
        goes_on = self.instance.sessions[session].slots
        length = {n: self.instance.talks[self.bundles[n][0]].slots for n in self._of_track[track]}
        rooms = self.held(track, session)
        self.model.add(
            sum(slots * self.count[n, session] for n, slots in length.items()) <= goes_on * rooms
        )
        long = [self.count[n, session] for n, slots in length.items() if 2 * slots > goes_on]
        self.model.add(sum(long) <= rooms)
        for number, slots in length.items():
            if slots > goes_on:
                self.model.add(self.count[number, session] == 0)
            elif len(self.bundles[number]) == 1:
                self.model.add_implication(self.count[number, session], self.here[track, session])

    def _charge(self, key: str, value: int, variable: cp_model.IntVar) -> None:
        price = value * self.instance.weights[key]
        if price:
            self.costs.append((price, variable))

    def _bool(self) -> cp_model.IntVar:
        return self.model.new_bool_var("")

    def _tracks_where_they_suit(self) -> None:
        told = self.instance
        for (track, session, room), cell in self.cell.items():
            self._charge("ts", told.track_session[track][session], cell)
            self._charge("tr", told.track_room[track][room], cell)
            self._charge("sr", told.session_room[session][room], cell)

    def _talks_when_they_suit(self) -> None:
        for (number, session), count in self.count.items():
            talk = self.instance.talks[self.bundles[number][0]]
            zone = conflicts.zone_penalty(self.instance, talk, self.instance.sessions[session])
            self._charge("tz", zone * talk.slots, count)
            self._charge("ss", talk.by_session[session] * talk.slots, count)
            self._charge("srm", min(talk.by_room) * talk.slots, count)

    def _tracks_stay_in_their_room(self) -> None:
        if not self.instance.weights["rooms"]:
            return
        for track in self.tracks:
            used = {room: self.model.new_int_var(0, n, "") for room, n in self.size.items()}
            for session in self.sessions:
                for room in self.rooms:
                    self.model.add(self.cell[track, session, room] <= used[room])
            more = self.model.new_int_var(0, len(self.instance.rooms), "")
            self.model.add(more == sum(used.values()) - 1)
            self._charge("rooms", 1, more)

    def _tracks_are_not_parallel_to_themselves(self) -> None:
        if not self.instance.weights["par"]:
            return
        for track, session in self.here:
            more = self.model.new_int_var(0, len(self.instance.rooms), "")
            self.model.add(more == self.held(track, session) - self.here[track, session])
            self._charge("par", 1, more)

    def _tracks_run_without_a_break(self) -> None:
        if not self.instance.weights["cons"]:
            return
        for track in self.tracks:
            torn, starts = self._bool(), []
            for session in self.sessions:
                start = self.here[track, session]
                if session:
                    start = self._bool()
                    now, before = self.here[track, session], self.here[track, session - 1]
                    self.model.add(start >= now - before)
                starts.append(start)
            self.model.add(sum(starts) <= 1 + len(starts) * torn)
            self._charge("cons", 1, torn)

    def _similar_tracks_and_chairs_apart(self) -> None:
        told = self.instance
        for one, other in combinations(self.tracks, 2):
            price = {"sim": told.similar[one][other]}
            price["chair"] = int(conflicts.shares_a_chair(told, one, other))
            if not any(value * told.weights[key] for key, value in price.items()):
                continue
            for session in self.sessions:
                pairs = self.model.new_int_var(0, len(self.instance.rooms) ** 2, "")
                both = [self.here[one, session], self.here[other, session]]
                # exact unless both have several rooms; then a bound from below
                rooms = self.held(one, session) + self.held(other, session)
                self.model.add(pairs >= rooms - 1).only_enforce_if(both)
                for key, value in price.items():
                    self._charge(key, value, pairs)
        for track, session in self.here:
            if told.chairs[track] and told.weights["chair"]:
                pairs = self.model.new_int_var(0, len(self.instance.rooms) ** 2, "")
                for more in (1, 2):  # n rooms make n(n-1)/2 pairs: its tangents
                    rooms = self.held(track, session)
                    self.model.add(pairs >= more * rooms - more * (more + 1) // 2)
                self._charge("chair", 1, pairs)

    def _people_miss_nothing(self) -> None:
        number_of = {talk: n for n, bundle in enumerate(self.bundles) for talk in bundle}
        for key, pairs in (
            ("pres", conflicts.presenters_in_conflict(self.instance)),
            ("att", conflicts.attendees_in_conflict(self.instance)),
        ):
            if not self.instance.weights[key]:
                continue
            for a, b in sorted(pairs):
                if self.instance.talks[a].track == self.instance.talks[b].track:
                    continue
                meet = self._bool()
                for session in self.sessions:
                    one, other = (self.count[number_of[each], session] for each in (a, b))
                    self.model.add(meet >= one + other - 1)
                self._charge(key, 1, meet)

    def _ordered_talks_in_their_session(self) -> None:
        if not self.instance.weights["order"]:
            return
        for number, bundle in enumerate(self.bundles):
            talk = self.instance.talks[bundle[0]]
            if not talk.order:
                continue
            misplaced = self._bool()
            before: Whole = sum_of([])
            for session in self.sessions:
                until = before + self.talks(talk.track, session)
                needed = [self.count[number, session], misplaced.Not()]
                self.model.add(before <= talk.order - 1).only_enforce_if(needed)
                self.model.add(until >= talk.order).only_enforce_if(needed)
                before = until
            self._charge("order", 1, misplaced)


def _rooms_alike(instance: Instance) -> list[list[int]]:
    """Rooms grouped by what they cost: equal columns are one group."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for room in range(len(instance.rooms)):
        by_track = [row[room] for row in instance.track_room]
        by_session = [row[room] for row in instance.session_room]
        by_talk = [talk.by_room[room] for talk in instance.talks]
        groups[(*by_track, *by_session, *by_talk)].append(room)
    return list(groups.values())
