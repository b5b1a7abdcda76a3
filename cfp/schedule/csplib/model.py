"""Which tracks meet in which rooms of a session, and how many of their talks: the large decisions.

Where a track has several rooms in one session, who speaks in which of them is left to seating.py;
what that may cost is left out here, so the bound of the whole model is one for the whole puzzle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from cfp.schedule.csplib.bundles import Bundle
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.layout import Around, Block, Layout

Whole = cp_model.LinearExpr | int  # a variable, a sum of some, or a number that is known


def sum_of(parts: Sequence[Whole]) -> cp_model.LinearExpr:
    """Their sum, also where some or all of them are known."""
    return cp_model.LinearExpr.sum(list(parts))


@dataclass(frozen=True, slots=True)
class Charge:
    """What a penalty costs for each unit of a variable."""

    price: int
    index: int  # of the variable


@dataclass(frozen=True)
class Refusal:
    """Talks of a track, by bundle, that cannot be packed in so many rooms of a session."""

    track: int
    session: int
    counts: tuple[tuple[int, int], ...]
    rooms: int


class BlockModel:
    """Variables of the blocks and the rules of their structure; what stays is a number in them."""

    def __init__(
        self,
        instance: Instance,
        bundles: Sequence[Bundle],
        *,
        alike: bool = False,
        around: Around | None = None,
    ) -> None:
        """With ``alike``, rooms that nothing tells apart are one with a size: a relaxation."""
        self.instance, self.bundles, self.around = instance, bundles, around
        groups = rooms_alike(instance) if alike else [[room] for room in range(len(instance.rooms))]
        self.size = {rooms[0]: len(rooms) for rooms in groups}
        self.model = cp_model.CpModel()
        self.charges: list[Charge] = []
        self.sessions = range(len(instance.sessions))
        self.rooms = list(self.size)
        self.of_track: dict[int, list[int]] = defaultdict(list)
        for number in range(len(bundles)):
            self.of_track[self.track_of(number)].append(number)
        self.number_of = {talk: n for n, bundle in enumerate(bundles) for talk in bundle}
        self.all_tracks = sorted(self.of_track)
        blocks = [(track, session) for track in self.all_tracks for session in self.sessions]
        self.free = [block for block in blocks if around is None or block in around.free]
        self.tracks = sorted({track for track, _ in self.free})
        self.here: dict[Block, Whole] = {}
        self.held: dict[Block, Whole] = {}
        self.talks: dict[Block, Whole] = {}
        self.count: dict[tuple[int, int], Whole] = {}
        self.cell: dict[tuple[int, int, int], cp_model.IntVar] = {}
        if around:
            self._note_what_stays(around.layout)
        for block in self.free:
            self._make_variables(*block)
        self._keep_the_structure()

    def _note_what_stays(self, layout: Layout) -> None:
        for track in self.all_tracks:
            for session in self.sessions:
                held = len(layout.rooms.get((track, session), ()))
                self.here[track, session], self.held[track, session] = int(held > 0), held
                self.talks[track, session] = 0
        self.count = dict.fromkeys(
            ((number, session) for number in range(len(self.bundles)) for session in self.sessions),
            0,
        )
        for (number, session), count in layout.counts.items():
            self.count[number, session] = count
            self.talks[self.track_of(number), session] += count

    def _make_variables(self, track: int, session: int) -> None:
        model, block = self.model, (track, session)
        for room in self.rooms:
            self.cell[track, session, room] = model.new_int_var(0, self.size[room], "")
        if self.around and self.around.rooms_only:
            return
        numbers = self.of_track[track]
        self.here[block] = model.new_bool_var("")
        self.held[block] = model.new_int_var(0, len(self.instance.rooms), "")
        self.talks[block] = model.new_int_var(0, sum(len(self.bundles[n]) for n in numbers), "")
        for number in numbers:
            self.count[number, session] = model.new_int_var(0, len(self.bundles[number]), "")

    def track_of(self, number: int) -> int:
        """The track of a bundle's talks."""
        return self.instance.talks[self.bundles[number][0]].track

    def slots_of(self, number: int) -> int:
        """How many slots each talk of a bundle needs."""
        return self.instance.talks[self.bundles[number][0]].slots

    def least_cells(self, track: int) -> int:
        """So many cells at least hold the talks of a track."""
        slots = sum(self.slots_of(n) * len(self.bundles[n]) for n in self.of_track[track])
        longest = max(session.slots for session in self.instance.sessions)
        return -(-slots // max(1, longest))

    def rooms_that_stay(self, track: int) -> set[int]:
        """Where the track is in sessions that are not planned anew."""
        if self.around is None:
            return set()
        stay = (s for s in self.sessions if (track, s) not in self.around.free)
        rooms = self.around.layout.rooms
        return {room for session in stay for room in rooms.get((track, session), ())}

    def new_bool(self) -> cp_model.IntVar:
        """A decision without a name."""
        return self.model.new_bool_var("")

    def charge(self, key: str, value: float, amount: Whole) -> None:
        """Each unit costs the value times the penalty's weight; what is known changes nothing."""
        self.charge_price(self.instance.price(key, value), amount)

    def charge_price(self, price: int, amount: Whole) -> None:
        """Each unit costs the price."""
        if price and isinstance(amount, cp_model.IntVar):
            self.charges.append(Charge(price, amount.index))

    def refuse(self, refusal: Refusal) -> None:
        """Fewer of these talks, or more rooms."""
        block = refusal.track, refusal.session
        ways = []
        if block in self.free and not (self.around and self.around.rooms_only):
            ways.append(self.new_bool())
            more = self.model.add(self.held[block] >= refusal.rooms + 1)
            more.only_enforce_if(ways[0])
            for number, count in refusal.counts:
                fewer = self.new_bool()
                less = self.model.add(self.count[number, refusal.session] <= count - 1)
                less.only_enforce_if(fewer)
                ways.append(fewer)
            self.model.add_bool_or(ways)

    def _keep_the_structure(self) -> None:
        free, rooms_only = set(self.free), bool(self.around and self.around.rooms_only)
        for session in sorted({session for _, session in self.free}):
            self._rooms_hold_one_track(session, free)
        for block in self.free:
            rooms = [self.cell[*block, room] for room in self.rooms]
            self.model.add(self.held[block] == sum_of(rooms))
            if not rooms_only:
                self._a_track_in_a_session(block, rooms)
        if not rooms_only:
            for track in self.tracks:
                self._all_talks_of_a_track(track)

    def _rooms_hold_one_track(self, session: int, free: set[Block]) -> None:
        taken: dict[int, int] = defaultdict(int)
        for track in self.all_tracks:
            if (track, session) not in free and self.around:
                for room in self.around.layout.rooms.get((track, session), ()):
                    taken[room] += 1
        tracks = [track for track in self.tracks if (track, session) in free]
        for room in self.rooms:
            held = [self.cell[track, session, room] for track in tracks]
            self.model.add(sum_of(held) <= self.size[room] - taken[room])

    def _all_talks_of_a_track(self, track: int) -> None:
        for number in self.of_track[track]:
            times = [self.count[number, session] for session in self.sessions]
            self.model.add(sum_of(times) == len(self.bundles[number]))
        held = [self.held[track, session] for session in self.sessions]
        self.model.add(sum_of(held) >= self.least_cells(track))

    def _a_track_in_a_session(self, block: Block, rooms: Sequence[cp_model.IntVar]) -> None:
        model, (track, session) = self.model, block
        here, held, talks = self.here[block], self.held[block], self.talks[block]
        counts = [self.count[number, session] for number in self.of_track[track]]
        model.add(talks == sum_of(counts))
        for room, cell in zip(self.rooms, rooms, strict=True):
            model.add(cell <= self.size[room] * here)
        model.add(held >= here)
        model.add(held <= talks)
        self._talks_fit_their_rooms(track, session)

    def _talks_fit_their_rooms(self, track: int, session: int) -> None:
        """Not more slots than there are, and of long talks not more than can stand in a row."""
        goes_on, held = self.instance.sessions[session].slots, self.held[track, session]
        length = {number: self.slots_of(number) for number in self.of_track[track]}
        counts = {number: self.count[number, session] for number in length}
        self.model.add(sum_of([n * counts[at] for at, n in length.items()]) <= goes_on * held)
        for least in sorted(set(length.values()) - {1}):
            long = [counts[number] for number, slots in length.items() if slots >= least]
            self.model.add(sum_of(long) <= goes_on // least * held)
        for number, slots in length.items():
            most = len(self.bundles[number]) if slots <= goes_on else 0
            self.model.add(counts[number] <= most * self.here[track, session])

    def layout(self, values: Sequence[int]) -> Layout:
        """The blocks of a solution, those that stayed included."""
        rooms = dict(self.around.layout.rooms) if self.around else {}
        counts = dict(self.around.layout.counts) if self.around else {}
        for block in self.free:
            rooms[block] = tuple(r for r in self.rooms if values[self.cell[*block, r].index])
        for key, count in self.count.items():
            if isinstance(count, cp_model.IntVar):
                counts[key] = values[count.index]
        return Layout(rooms, counts)

    def hints(self, layout: Layout) -> dict[int, int]:
        """Values of the variables in a layout, by their index."""
        found: dict[int, int] = {}
        for (track, session, room), cell in self.cell.items():
            found[cell.index] = int(room in layout.rooms.get((track, session), ()))
        talks: dict[Block, int] = defaultdict(int)
        for (number, session), count in layout.counts.items():
            talks[self.track_of(number), session] += count
            _hint(found, self.count[number, session], count)
        for block in self.free:
            held = len(layout.rooms.get(block, ()))
            _hint(found, self.held[block], held)
            _hint(found, self.here[block], int(held > 0))
            _hint(found, self.talks[block], talks[block])
        for (number, session), variable in self.count.items():
            _hint(found, variable, layout.counts.get((number, session), 0))
        return found


def _hint(found: dict[int, int], variable: Whole, value: int) -> None:
    if isinstance(variable, cp_model.IntVar):
        found[variable.index] = value


def rooms_alike(instance: Instance) -> list[list[int]]:
    """Rooms grouped by what they cost: equal columns are one group."""
    groups: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for room in range(len(instance.rooms)):
        by_track = [instance.price("tr", row[room]) for row in instance.track_room]
        by_session = [instance.price("sr", row[room]) for row in instance.session_room]
        by_talk = [instance.price("srm", talk.by_room[room]) for talk in instance.talks]
        groups[(*by_track, *by_session, *by_talk)].append(room)
    return list(groups.values())


def total(model: cp_model.CpModel, charges: Iterable[Charge]) -> cp_model.LinearExpr:
    """What the charges come to, in a copy of their model."""
    charges = list(charges)
    variables = [model.get_int_var_from_proto_index(charge.index) for charge in charges]
    return cp_model.LinearExpr.weighted_sum(variables, [charge.price for charge in charges])
