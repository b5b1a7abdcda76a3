"""A first layout in no time: the largest tracks first, each cell where it costs least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.bundles import Bundle
from cfp.schedule.csplib.charges import minding_tracks
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.layout import Block, Layout

Cell = tuple[int, int]  # session, room
TRIES = 12
FRESH = 0.5  # what an empty cell costs at least; a slot of it that nobody needs costs one
WASTE = 10  # what it costs to open a cell while another one of the track still has room
AT_ONCE = 4  # meeting in a session is only so seldom meeting in a slot


def first_layout(instance: Instance, bundles: Sequence[Bundle], seed: int) -> Layout | None:
    """Blocks that hold all talks, if a few tries find some."""
    rng = Random(seed)  # noqa: S311  the order of a few tries
    for attempt in range(TRIES):
        found = _First(instance, bundles, thrift=10.0 ** (attempt - 1)).layout(
            rng if attempt else None
        )
        if found:
            return found
    return None


class _First:
    def __init__(self, instance: Instance, bundles: Sequence[Bundle], thrift: float) -> None:
        self.instance, self.bundles = instance, bundles
        self.thrift = thrift  # how much an unused slot counts beside the penalties
        rooms = range(len(instance.rooms))
        self.empty = {(s, room) for s in range(len(instance.sessions)) for room in rooms}
        self.held: dict[int, list[int]] = defaultdict(list)  # the tracks in a session
        self.cells: dict[int, list[Cell]] = defaultdict(list)
        self.left: dict[Cell, int] = {}
        self.session_of: dict[int, int] = {}
        self.minding: dict[tuple[int, int], int] = {}
        for one, other, price in minding_tracks(instance):
            self.minding[one, other] = self.minding[other, one] = price
        self.minds: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._note_conflicts("pres", conflicts.presenters_in_conflict(instance))
        self._note_conflicts("att", conflicts.attendees_in_conflict(instance))

    def _note_conflicts(self, key: str, found: conflicts.Conflicts) -> None:
        told = self.instance
        price = told.price(key) + told.price(f"{key}_ts") / AT_ONCE
        for one, other in found.pairs if price else ():
            self.minds[one].append((other, price))
            self.minds[other].append((one, price))

    def layout(self, rng: Random | None) -> Layout | None:
        """Track by track, the longest talks of each first."""
        talks_of: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for number, bundle in enumerate(self.bundles):
            told = self.instance.talks[bundle[0]]
            talks_of[told.track] += [(-told.slots, talk, number) for talk in bundle]
        size = {track: -sum(slots for slots, *_ in told) for track, told in talks_of.items()}
        luck = {track: rng.random() if rng else 0 for track in talks_of}
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for track in sorted(
            size, key=lambda each: (min(talks_of[each])[0], luck[each], -size[each])
        ):
            waiting = size[track]
            for slots, talk, number in sorted(talks_of[track]):
                cell = self._place(track, talk, waiting)
                if cell is None:
                    return None
                waiting += slots
                counts[number, cell[0]] += 1
        rooms: dict[Block, list[int]] = defaultdict(list)
        for track, cells in self.cells.items():
            for session, room in cells:
                rooms[track, session].append(room)
        return Layout({block: tuple(sorted(held)) for block, held in rooms.items()}, dict(counts))

    def _place(self, track: int, talk: int, waiting: int) -> Cell | None:
        """In a cell of the track that has room, or in an empty one, whatever costs less."""
        slots = self.instance.talks[talk].slots
        prices = {
            cell: self._of_talk(talk, cell)
            for cell in self.cells[track]
            if self.left[cell] >= slots
        }
        waste = WASTE * self.thrift if prices else 0
        for cell in self.empty:
            if self.instance.sessions[cell[0]].slots >= slots:
                new = self._of_cell(track, cell, waiting) + waste
                prices[cell] = self._of_talk(talk, cell) + new
        if not prices:
            return None
        cell = min(prices, key=lambda each: (prices[each], each))
        if cell in self.empty:
            self.empty.remove(cell)
            self.cells[track].append(cell)
            self.held[cell[0]].append(track)
            self.left[cell] = self.instance.sessions[cell[0]].slots
        self.left[cell] -= slots
        self.session_of[talk] = cell[0]
        return cell

    def _of_talk(self, talk: int, cell: Cell) -> float:
        told, (session, room) = self.instance.talks[talk], cell
        zone = conflicts.zone_penalty(self.instance, told, self.instance.sessions[session])
        price: float = self.instance.price("tz", zone * told.slots)
        price += self.instance.price("ss", told.by_session[session] * told.slots)
        price += self.instance.price("srm", told.by_room[room] * told.slots)
        return price + sum(
            each for other, each in self.minds[talk] if self.session_of.get(other) == session
        )

    def _of_cell(self, track: int, cell: Cell, waiting: int) -> float:
        told, (session, room), own = self.instance, cell, self.cells[track]
        price: float = told.price("ts", told.track_session[track][session])
        price += told.price("tr", told.track_room[track][room])
        price += told.price("sr", told.session_room[session][room])
        price += sum(self.minding.get((track, other), 0) for other in self.held[session])
        price += told.price("par", any(session == when for when, _ in own))
        price += told.price("rooms", bool(own) and all(room != where for _, where in own))
        price += told.price("cons", bool(own) and all(abs(session - when) > 1 for when, _ in own))
        unused = max(0, told.sessions[session].slots - waiting)
        return price + self.thrift * (FRESH + unused)
