"""From blocks to a plan: every talk in a room and slot of its block, remembered block by block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from cfp.schedule.csplib.bundles import Bundle
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.layout import Layout
from cfp.schedule.csplib.model import Refusal
from cfp.schedule.csplib.penalties import Place, evaluate
from cfp.schedule.csplib.seating import Asked, Rooms, Seating

SEATING_SECONDS = 1.0  # at most, for one session
MOST_REMEMBERED = 20_000


class Seated:
    """Seats the talks of blocks, and learns which blocks are too tight for theirs."""

    def __init__(self, instance: Instance, bundles: Sequence[Bundle]) -> None:
        self.instance, self.bundles = instance, bundles
        self.seating = Seating(instance)
        self.refusals: list[Refusal] = []
        self._number_of = {talk: n for n, bundle in enumerate(bundles) for talk in bundle}
        self._known: dict[Hashable, list[Place]] = {}

    def seat(self, layout: Layout, slots: Mapping[int, int], seconds: float) -> Layout | None:
        """The layout with a plan that uses no other cells; None where a block is too tight."""
        plan = self._plan(layout, slots, seconds)
        if plan is None:
            return None
        return self.taken(plan)

    def taken(self, plan: Sequence[Place]) -> Layout:
        """A whole plan as the layout that it has."""
        cost = round(evaluate(self.instance, plan).objective * self.instance.scale)
        return replace(self._blocks(plan), plan=tuple(plan), cost=cost)

    def _blocks(self, plan: Sequence[Place]) -> Layout:
        rooms: dict[tuple[int, int], set[int]] = defaultdict(set)
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for talk, place in enumerate(plan):
            rooms[self.instance.talks[talk].track, place.session].add(place.room)
            counts[self._number_of[talk], place.session] += 1
        return Layout({block: tuple(sorted(held)) for block, held in rooms.items()}, dict(counts))

    def _plan(self, layout: Layout, slots: Mapping[int, int], seconds: float) -> list[Place] | None:
        until = monotonic() + seconds
        waiting = [list(bundle) for bundle in self.bundles]
        earlier: dict[int, int] = defaultdict(int)
        places: dict[int, Place] = {}
        for session in range(len(self.instance.sessions)):
            rooms, talks = self._block(layout, session, waiting)
            asked = Asked(session, rooms, talks, earlier)
            seated = self._seat(asked, slots, min(SEATING_SECONDS, (until - monotonic()) / 4))
            if seated is None:
                self._refuse(asked)
                return None
            places.update(zip(talks, seated, strict=True))
            for talk in talks:
                earlier[self.instance.talks[talk].track] += 1
        return [places[number] for number in range(len(self.instance.talks))]

    def _seat(self, asked: Asked, slots: Mapping[int, int], seconds: float) -> list[Place] | None:
        """Places in the order of the talks, which stand for all others of their bundles."""
        key = (
            asked.session,
            tuple((track, tuple(rooms)) for track, rooms in sorted(asked.rooms.items())),
            tuple(self._number_of[talk] for talk in asked.talks),
            tuple(asked.earlier[track] for track in sorted(asked.rooms)),
        )
        if key not in self._known:
            if seconds <= 0:
                return None
            seated = self.seating.seat(asked, slots, seconds)
            if seated is None:
                return None
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = [seated[talk] for talk in asked.talks]
        return self._known[key]

    def _block(
        self, layout: Layout, session: int, waiting: list[list[int]]
    ) -> tuple[Rooms, list[int]]:
        """The rooms of each track in the session, and its talks, taken from those waiting."""
        rooms: Rooms = defaultdict(list)
        for (track, when), held in layout.rooms.items():
            if when == session and held:
                rooms[track].extend(held)
        talks = [
            bundle.pop()
            for number, bundle in enumerate(waiting)
            for _ in range(layout.counts.get((number, session), 0))
        ]
        return rooms, talks

    def _refuse(self, asked: Asked) -> None:
        """Notes which tracks of the session have too few rooms for their talks."""
        for track, held in asked.rooms.items():
            own = [talk for talk in asked.talks if self.instance.talks[talk].track == track]
            if not self.seating.fits(asked.session, {track: held}, own, SEATING_SECONDS):
                counts = Counter(self._number_of[talk] for talk in own)
                told = tuple(sorted(counts.items()))
                self.refusals.append(Refusal(track, asked.session, told, len(held)))
