"""A plan as it stands, cell by cell; what a change of some cells costs is known at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.charges import minding_tracks
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.penalties import Place

Cell = int  # sessions one after the other, each with its rooms in turn
Change = Mapping[Cell, Sequence[int]]  # what cells are to hold: talks, one after the other


class Prices:
    """What each penalty costs in parts of the instance's scale, looked up rather than reckoned."""

    def __init__(self, instance: Instance) -> None:
        told, price = instance, instance.price
        self.track = [talk.track for talk in told.talks]
        self.slots = [talk.slots for talk in told.talks]
        self.order = [talk.order for talk in told.talks]
        self.at: list[list[int]] = [
            [
                price("ss", value * talk.slots)
                + price("tz", conflicts.zone_penalty(told, talk, session) * talk.slots)
                for value, session in zip(talk.by_session, told.sessions, strict=True)
            ]
            for talk in told.talks
        ]
        self.inside = [[price("srm", v * talk.slots) for v in talk.by_room] for talk in told.talks]
        self.times = [[price("ts", value) for value in row] for row in told.track_session]
        self.rooms = [[price("tr", value) for value in row] for row in told.track_room]
        self.cells = [price("sr", value) for row in told.session_room for value in row]
        self.hopping, self.torn, self.wrong = price("rooms"), price("cons"), price("order")
        self.twice = price("par")
        self.chaired = [price("chair", bool(chairs)) for chairs in told.chairs]
        self.minding: list[dict[int, int]] = [{} for _ in told.tracks]
        for one, other, each in minding_tracks(told):
            self.minding[one][other] = self.minding[other][one] = each
        self.mates = _mates(told)
        ordered = {talk.track for talk in told.talks if talk.order} if self.wrong else set()
        self.ordered = frozenset(ordered)


def _mates(instance: Instance) -> list[list[tuple[int, int, int]]]:
    """For each talk those that its people mind: in another room, and at the same time."""
    prices: dict[conflicts.Pair, tuple[int, int]] = {}
    for key, found in (
        ("pres", conflicts.presenters_in_conflict(instance)),
        ("att", conflicts.attendees_in_conflict(instance)),
    ):
        apart, at_once = instance.price(key), instance.price(f"{key}_ts")
        for pair in found.pairs if apart or at_once else ():
            before = prices.get(pair, (0, 0))
            prices[pair] = before[0] + apart, before[1] + at_once
    mates: list[list[tuple[int, int, int]]] = [[] for _ in instance.talks]
    for (one, other), (apart, at_once) in sorted(prices.items()):
        mates[one].append((other, apart, at_once))
        mates[other].append((one, apart, at_once))
    return mates


class Standing:
    """Cells with talks in a row, each beginning when the one before it is over."""

    def __init__(self, instance: Instance, prices: Prices, plan: Sequence[Place]) -> None:
        self.prices, self.width = prices, len(instance.rooms)
        self.room_for = [s.slots for s in instance.sessions for _ in instance.rooms]
        self.cells: list[list[int]] = [[] for _ in self.room_for]
        self.where, self.slot = [0] * len(plan), [0] * len(plan)
        self.held: list[Counter[int]] = [Counter() for _ in instance.sessions]
        self.of_track: list[set[Cell]] = [set() for _ in instance.tracks]
        self.shape, self.disorder = [0] * len(instance.tracks), [0] * len(instance.tracks)
        self.cost = 0
        talks: dict[Cell, list[tuple[int, int]]] = defaultdict(list)
        for talk, place in enumerate(plan):
            talks[place.session * self.width + place.room].append((place.slot, talk))
        self.change({cell: [talk for _, talk in sorted(told)] for cell, told in talks.items()})

    def plan(self) -> list[Place]:
        places = [divmod(cell, self.width) for cell in self.where]
        return [Place(*place, slot) for place, slot in zip(places, self.slot, strict=True)]

    def used(self, cell: Cell) -> int:
        slots = self.prices.slots
        return sum(slots[talk] for talk in self.cells[cell])

    def costs(self, talk: int) -> int:
        """What the place of a talk costs, by itself, by its cell and by whom it meets."""
        cell = self.where[talk]
        session, track = cell // self.width, self.prices.track[talk]
        return self._of_talks([talk]) + self._of_cell(cell, session, track)

    def change(self, change: Change) -> Change:
        """Let cells hold other talks; returns what would undo it. The talks are the same ones."""
        before = {cell: self.cells[cell] for cell in change}
        talks = [talk for told in before.values() for talk in told]
        self.cost -= self._of_talks(talks)
        tracks = {self.prices.track[talk] for talk in talks}
        self._retrack(change)
        for cell, told in change.items():
            self.cells[cell] = list(told)
            slot = 0
            for talk in told:
                self.where[talk], self.slot[talk] = cell, slot
                slot += self.prices.slots[talk]
        talks = [talk for told in change.values() for talk in told]
        self.cost += self._of_talks(talks)
        self._reckon(tracks | {self.prices.track[talk] for talk in talks})
        return before

    def _retrack(self, change: Change) -> None:
        """Cells that go over to other tracks: what meets in their sessions."""
        track = self.prices.track
        turns = []
        for cell, told in change.items():
            old = track[self.cells[cell][0]] if self.cells[cell] else -1
            new = track[told[0]] if told else -1
            if old != new:
                turns.append((cell, old, new))
        for cell, old, _ in turns:
            if old >= 0:
                self._leave(cell, old)
        for cell, _, new in turns:
            if new >= 0:
                self._enter(cell, new)

    def _leave(self, cell: Cell, track: int) -> None:
        session = cell // self.width
        held = self.held[session]
        held[track] -= 1
        if not held[track]:
            del held[track]
        self.of_track[track].discard(cell)
        self.cost -= self._of_cell(cell, session, track)

    def _enter(self, cell: Cell, track: int) -> None:
        session = cell // self.width
        self.cost += self._of_cell(cell, session, track)
        self.held[session][track] += 1
        self.of_track[track].add(cell)

    def _of_cell(self, cell: Cell, session: int, track: int) -> int:
        """What one more cell of the track costs beside those that are there."""
        prices, held = self.prices, self.held[session]
        cost = prices.times[track][session] + prices.rooms[track][cell % self.width]
        cost += prices.cells[cell]
        if same := held.get(track, 0):
            cost += prices.twice + prices.chaired[track] * same
        for other, price in prices.minding[track].items():
            if other in held:
                cost += price * held[other]
        return cost

    def _of_talks(self, talks: Sequence[int]) -> int:
        """Where and when they are, and whom they keep from what; within them each pair once."""
        prices, where, width, cost = self.prices, self.where, self.width, 0
        done: set[int] = set()
        for talk in talks:
            cell, start = where[talk], self.slot[talk]
            session = cell // width
            cost += prices.at[talk][session] + prices.inside[talk][cell % width]
            for other, apart, at_once in prices.mates[talk]:
                there = where[other]
                if there // width == session and there != cell and other not in done:
                    cost += apart
                    begins = self.slot[other]
                    if start < begins + prices.slots[other] and begins < start + prices.slots[talk]:
                        cost += at_once
            done.add(talk)
        return cost

    def _reckon(self, tracks: Iterable[int]) -> None:
        """The run, the rooms and the order of whole tracks."""
        for track in tracks:
            cells = self.of_track[track]
            rooms = {cell % self.width for cell in cells}
            sessions = {cell // self.width for cell in cells}
            shape = self.prices.hopping * (len(rooms) - 1) if cells else 0
            if cells and max(sessions) - min(sessions) >= len(sessions):
                shape += self.prices.torn
            self.cost += shape - self.shape[track]
            self.shape[track] = shape
            if track in self.prices.ordered:
                wrong = self.prices.wrong * self._wrong(sorted(cells))
                self.cost += wrong - self.disorder[track]
                self.disorder[track] = wrong

    def _wrong(self, cells: Sequence[Cell]) -> int:
        """Talks that are not at their position, and pairs of ordered ones at the same time."""
        order, count, place = self.prices.order, 0, 0
        for cell in cells:
            for talk in self.cells[cell]:
                place += 1
                count += order[talk] not in (0, place)
        for one, other in combinations(cells, 2):
            if one // self.width == other // self.width:
                count += sum(
                    self._at_once(a, b)
                    for a in self.cells[one]
                    for b in self.cells[other]
                    if order[a] and order[b]
                )
        return count

    def _at_once(self, one: int, other: int) -> bool:
        a, b, slots = self.slot[one], self.slot[other], self.prices.slots
        return a < b + slots[other] and b < a + slots[one]
