"""Talks at their slots, where people mind what runs at the same time rather than in a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python.cp_model import IntVar

from cfp.schedule.csplib.charges import minded
from cfp.schedule.csplib.model import BlockModel, Whole, sum_of

MANY = 100_000  # comparisons of two talks at a slot; beyond them seating has to do its best


class Timing:
    """Starts of the talks that somebody would miss; the other talks of a cell fill its holes."""

    def __init__(self, blocks: BlockModel) -> None:
        self.blocks = blocks
        self.start: dict[tuple[int, int, int], IntVar] = {}  # of bundle, session and slot
        self._minded = minded(blocks, "pres_ts", "att_ts")
        pairs = list(self._pairs())
        self._make_starts({talk for _, *pair in pairs for talk in pair})
        for key, one, other in pairs:
            self._not_at_once(key, one, other)
        for key, found in self._minded:
            for talk, track in sorted(found.chaired):
                self._not_beside_a_full_track(key, talk, track)

    def starts_of(self, values: Sequence[int]) -> dict[int, int]:
        """The slots of the timed talks in a solution, by talk."""
        return {
            self.blocks.bundles[number][0]: slot
            for (number, _, slot), variable in self.start.items()
            if len(self.blocks.bundles[number]) == 1 and values[variable.index]
        }

    def _pairs(self) -> Iterator[tuple[str, int, int]]:
        """Pairs of talks, those with the weightier penalty first, as many as are bearable."""
        told, left = self.blocks.instance, MANY
        slots = sum(session.slots for session in told.sessions)
        active = set(self.blocks.tracks)
        for key, found in sorted(self._minded, key=lambda each: -told.price(each[0])):
            for one, other in sorted(found.talks):
                if active & {told.talks[one].track, told.talks[other].track}:
                    left -= slots
                    if left > 0:
                        yield key, one, other

    def _make_starts(self, talks: set[int]) -> None:
        """Starts for these talks and, where their track has long talks, for all of the track."""
        blocks = self.blocks
        numbers = {blocks.number_of[talk] for talk in talks}
        for track, session in blocks.free:
            own = blocks.of_track[track]
            timed = numbers.intersection(own)
            if timed and any(blocks.slots_of(number) > 1 for number in own):
                timed = set(own)
            if timed and isinstance(blocks.held[track, session], IntVar):
                self._in_a_session(track, session, sorted(timed))

    def _in_a_session(self, track: int, session: int, timed: list[int]) -> None:
        blocks, goes_on = self.blocks, self.blocks.instance.sessions[session].slots
        for number in timed:
            slots = range(goes_on - blocks.slots_of(number) + 1)
            most = len(blocks.bundles[number])
            starts = [blocks.model.new_int_var(0, most, "") for _ in slots]
            self.start.update({(number, session, slot): starts[slot] for slot in slots})
            blocks.model.add(sum_of(starts) == blocks.count[number, session])
        for slot in range(goes_on):
            running = [self._running(number, session, slot) for number in timed]
            blocks.model.add(sum_of(running) <= blocks.held[track, session])

    def _running(self, number: int, session: int, slot: int) -> Whole:
        """How many talks of the bundle run in a slot; those that stay are where they are."""
        count = self.blocks.count[number, session]
        if isinstance(count, int):
            if not count or not self.blocks.around:
                return 0
            place = self.blocks.around.layout.plan[self.blocks.bundles[number][0]]
            return int(place.slot <= slot < place.slot + self.blocks.slots_of(number))
        first = max(0, slot - self.blocks.slots_of(number) + 1)
        keys = [(number, session, each) for each in range(first, slot + 1)]
        return sum_of([self.start[key] for key in keys if key in self.start])

    def _not_at_once(self, key: str, one: int, other: int) -> None:
        blocks, at_once = self.blocks, None
        a, b = blocks.number_of[one], blocks.number_of[other]
        for number, session in enumerate(blocks.instance.sessions):
            counts = blocks.count[a, number], blocks.count[b, number]
            if 0 in [count for count in counts if isinstance(count, int)]:
                continue
            if all(isinstance(count, int) for count in counts):
                return
            at_once = blocks.new_bool() if at_once is None else at_once
            for slot in range(session.slots):
                both = self._running(a, number, slot) + self._running(b, number, slot)
                blocks.model.add(both <= 1 + at_once)
        if at_once is not None:
            blocks.charge(key, 1, at_once)

    def _not_beside_a_full_track(self, key: str, talk: int, track: int) -> None:
        """A talk whose person chairs a track that leaves it no slot meets one of its talks."""
        blocks, own = self.blocks, self.blocks.instance.talks[talk]
        if track not in blocks.tracks or not isinstance(blocks.held[blocks.free[0]], IntVar):
            return
        bad = blocks.new_bool()
        for number, session in enumerate(blocks.instance.sessions):
            there, here = blocks.count[blocks.number_of[talk], number], blocks.here[track, number]
            if isinstance(here, int) or (isinstance(there, int) and not there):
                continue
            counts = [(blocks.slots_of(n), blocks.count[n, number]) for n in blocks.of_track[track]]
            used = sum_of([slots * count for slots, count in counts])
            room = session.slots * blocks.held[track, number] + own.slots * bad
            both = [here, there] if isinstance(there, IntVar) else [here]
            blocks.model.add(used + own.slots <= room).only_enforce_if(both)
        blocks.charge(key, 1, bad)
