"""Plans a conference of blocks: the largest penalties first, then all, then what still improves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cfp.schedule.csplib.climb import Climb, Fixed
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.model import BlockModel
from cfp.schedule.csplib.penalties import Place, evaluate
from cfp.schedule.csplib.seating import Rooms, Seating

TIERS_SHARE = 0.2  # of the time: at most so much for the large penalties alone
ALIKE_SHARE = 0.45  # rooms that nothing tells apart taken as one: times and a bound
ROOMS_SHARE = 0.1  # rooms for these times
WHOLE_SHARE = 0.3  # of what is left: the whole puzzle, before neighbourhoods
SEATING_SECONDS = 1.0  # at most, for one session


@dataclass(frozen=True)
class Outcome:
    """The best plan, its objective, a proven bound below it, and the seconds it took."""

    plan: tuple[Place, ...]
    objective: int
    bound: int
    seconds: float

    @property
    def is_optimal(self) -> bool:
        """Whether no plan can be better."""
        return self.objective == self.bound


def solve(
    instance: Instance,
    seconds: float = 60,
    seed: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome | None:
    """The best plan found in the time, None where none was found."""
    return _Plans(instance, seconds, seed, tell).solve()


class _Plans:
    def __init__(
        self, instance: Instance, seconds: float, seed: int, tell: Callable[[str], None]
    ) -> None:
        self.began, self.seconds = monotonic(), seconds
        self.instance, self.tell = instance, tell
        ends = self.began + seconds
        self.alike = Climb(BlockModel(instance, alike=True), ends, seed)
        self.full = Climb(BlockModel(instance), ends, seed, self._take)
        self.seating = Seating(instance)
        self.best: tuple[int, list[Place]] | None = None

    def solve(self) -> Outcome | None:
        self.full.largest_first(self.seconds * TIERS_SHARE)
        if self.full.values:
            self.alike.hints = self._times(self.full, self.alike)
        self.alike.whole(self.seconds * ALIKE_SHARE)
        if self.alike.values and not self._is_done():
            self.full.whole(self.seconds * ROOMS_SHARE, self._times(self.alike, self.full))
        if not self._is_done():
            self.full.whole(self.full.left() * (WHOLE_SHARE if self.full.values else 1))
        while not self._is_done() and self.full.left() > 0:
            if self.full.values:
                self.full.neighbourhood()
            else:
                self.full.whole(self.full.left())
        if self.best is None:
            return None
        return Outcome(tuple(self.best[1]), self.best[0], self.bound, monotonic() - self.began)

    @property
    def bound(self) -> int:
        return max(self.alike.bound, self.full.bound)

    def _is_done(self) -> bool:
        """Nothing the blocks decide can be better."""
        return bool(self.full.values) and self.full.cost <= self.bound

    def _times(self, source: Climb, target: Climb) -> Fixed:
        """When every talk is, from one model for the other."""
        return {
            target.blocks.count[key].index: source.values[count.index]
            for key, count in source.blocks.count.items()
        }

    def _take(self, values: list[int]) -> bool:
        plan = self._seated(values)
        if plan is None:
            return False
        objective = evaluate(self.instance, plan).objective
        if self.best is None or objective < self.best[0]:
            self.best = objective, plan
            took = monotonic() - self.began
            self.tell(f"{took:.1f} s: {objective}, at least {self.bound}")
        return True

    def _seated(self, values: list[int]) -> list[Place] | None:
        """Every talk in a room and slot of its block; None where the blocks are too tight."""
        blocks = self.full.blocks
        waiting = [list(bundle) for bundle in blocks.bundles]
        earlier: dict[int, int] = defaultdict(int)
        places: dict[int, Place] = {}
        for session in blocks.sessions:
            rooms, talks = self._block(values, session, waiting)
            seconds = min(SEATING_SECONDS, self.full.left() / 4)
            if seconds <= 0:
                return None
            seated = self.seating.seat(session, rooms, talks, earlier, seconds)
            if seated is None:
                self._refuse(session, rooms, talks)
                return None
            places |= seated
            for talk in talks:
                earlier[self.instance.talks[talk].track] += 1
        return [places[number] for number in range(len(self.instance.talks))]

    def _block(
        self, values: list[int], session: int, waiting: list[list[int]]
    ) -> tuple[Rooms, list[int]]:
        """The rooms of each track in the session, and its talks, taken from those waiting."""
        rooms: Rooms = defaultdict(list)
        for (track, when, room), cell in self.full.blocks.cell.items():
            if when == session and values[cell.index]:
                rooms[track].append(room)
        counts = self.full.blocks.count
        talks = [
            bundle.pop()
            for number, bundle in enumerate(waiting)
            for _ in range(values[counts[number, session].index])
        ]
        return rooms, talks

    def _refuse(self, session: int, rooms: Rooms, talks: list[int]) -> None:
        """Tells the model which tracks of the session have too few rooms for their talks."""
        bundle_of = {t: n for n, bundle in enumerate(self.full.blocks.bundles) for t in bundle}
        for track, held in rooms.items():
            own = [talk for talk in talks if self.instance.talks[talk].track == track]
            if not self.seating.fits(session, {track: held}, own, SEATING_SECONDS):
                counts = Counter(bundle_of[talk] for talk in own)
                self.full.blocks.refuse(track, session, counts, len(held))
