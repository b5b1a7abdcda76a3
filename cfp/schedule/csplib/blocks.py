"""Plans a conference of blocks: the largest penalties first, then all, then what still improves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from time import monotonic

from cfp.schedule.csplib import tiers
from cfp.schedule.csplib.bundles import bundles
from cfp.schedule.csplib.charges import charge_for_everything
from cfp.schedule.csplib.climb import Climb
from cfp.schedule.csplib.first import first_layout
from cfp.schedule.csplib.halt import Halt
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.model import BlockModel
from cfp.schedule.csplib.penalties import Place, evaluate, plain
from cfp.schedule.csplib.seated import Seated
from cfp.schedule.csplib.walker import Walker

WALK_SHARE = 0.15  # of the time: before anything is solved
LARGE_SHARE = 0.55  # of the time: at most so much while only the large penalties count
STAGE_SHARE = 0.45  # of what is left of that, for each magnitude
FIRST_TURN, LONGER = 2.0, 1.5  # seconds in a magnitude before the next way, and how that grows
LONG = 6.0  # who brought nothing better for so long will hardly do so at this magnitude
TURN_SHARE = 0.12  # for improving parts, before and after a try to prove
PROOF_SHARE = 0.5  # for the whole puzzle at once, from which a bound comes
WHOLE_SHARE = 0.1  # for the whole as it is, where no magnitude came first
ROOMS_SHARE = 0.08  # rooms for times that came from taking rooms as alike
SMALL = 1e-6
WHOLE = 12_000  # cells and bundles by session, up to which the whole is worth a try


@dataclass(frozen=True)
class Outcome:
    """The best plan, its objective, a proven bound below it, and the seconds it took."""

    plan: tuple[Place, ...]
    objective: float
    bound: float
    seconds: float

    @property
    def is_optimal(self) -> bool:
        """Whether no plan can be better."""
        return self.objective == self.bound

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s: {self.objective}, at least {self.bound}"


def solve(
    instance: Instance,
    seconds: float = 60,
    seed: int = 1,
    tell: Callable[[Outcome], None] = lambda _: None,
    halt: Halt | None = None,
) -> Outcome | None:
    """The best plan found in the time, or until halted; None where none was found."""
    return _Plans(instance, seconds, seed, tell, halt or Halt()).solve()


class _Plans:
    def __init__(
        self,
        instance: Instance,
        seconds: float,
        seed: int,
        tell: Callable[[Outcome], None],
        halt: Halt,
    ) -> None:
        self.began, self.seconds = monotonic(), seconds
        self.instance, self.say, self.seed = instance, tell, seed
        self.seated = Seated(instance, bundles(instance))
        ends = self.began + seconds
        self.halt = halt
        self.climb = Climb(instance, self.seated, ends, seed, self._tell, halt)

    def solve(self) -> Outcome | None:
        self._begin()
        walker = Walker(self.instance, self.climb, self.seed)
        walker.down(self.seconds * WALK_SHARE)
        with walker:
            self._solve()
        return self._outcome()

    def _solve(self) -> None:
        """While somebody walks: large penalties, the whole, and parts of it in turn."""
        climb = self.climb
        staged = self._largest_first()
        small = self._size() <= WHOLE
        steps: list[Callable[[], None]] = []
        if small:
            steps = [self._improve, self._prove]
            steps = steps if staged else [self._whole, *steps]
        for step in (*steps, self._rest):
            if climb.best is not None and not climb.is_done:
                step()

    def _outcome(self) -> Outcome | None:
        best, took = self.climb.best, monotonic() - self.began
        if best is None:
            return None
        return Outcome(best.plan, self._plain(best.cost), self.bound, took)

    def _begin(self) -> None:
        """Any plan at all."""
        first = first_layout(self.instance, self.seated.bundles, self.seed)
        if first:
            self.climb.offer(first, {})
        while self.climb.best is None and self.climb.left() > 0:
            if not self.climb.structure(self.climb.left()):
                return

    def _largest_first(self) -> bool:
        """Magnitude by magnitude, as long as the best plan pays for anything of that size."""
        staged = False
        share = LARGE_SHARE if self._size() <= WHOLE else LARGE_SHARE / 2
        climb, until = self.climb, self.began + self.seconds * share
        for least in tiers.magnitudes(self.instance)[:-1]:
            reduced = tiers.only_from(self.instance, least)
            if climb.best is None or climb.is_done or until <= monotonic():
                break
            if evaluate(reduced, climb.best.plan).objective:
                seconds = (until - monotonic()) * STAGE_SHARE
                stage = _Plans(reduced, seconds, self.seed, lambda _: None, self.halt)
                stage.by_turns(climb.best.plan)
                found = stage.climb
                if found.best:
                    climb.take(found.best.plan)
                climb.learn(ceil(stage.bound * self.instance.scale - SMALL))
                staged = True
        return staged

    def by_turns(self, plan: Sequence[Place]) -> None:
        """From this plan on: parts, the whole, parts again, each time for longer."""
        climb, turn, small = self.climb, FIRST_TURN, self._size() <= WHOLE
        climb.take(plan)
        before = cost = climb.cost
        while not climb.is_done and (turn < LONG or cost < before):
            climb.neighbourhoods(turn)
            if small and not climb.is_done:
                self._prove(turn)
            turn *= LONGER
            before, cost = cost, climb.cost

    @property
    def bound(self) -> float:
        """No plan costs less."""
        return self._plain(self.climb.bound)

    def _size(self) -> int:
        told = self.instance
        return len(told.sessions) * (len(told.tracks) * len(told.rooms) + len(self.seated.bundles))

    def _whole(self) -> None:
        self.climb.whole(self.seconds * WHOLE_SHARE)

    def _improve(self) -> None:
        self.climb.neighbourhoods(self.seconds * TURN_SHARE)

    def _rest(self) -> None:
        self.climb.neighbourhoods(self.climb.left())

    def _prove(self, most: float | None = None) -> None:
        """All at once, rooms that nothing tells apart as one; then room by room at these times."""
        seconds = min(most or self.seconds * PROOF_SHARE, self.climb.left() * 0.75)
        blocks = BlockModel(self.instance, self.seated.bundles, alike=True)
        charge_for_everything(blocks, tight=True)
        values = self.climb.prove(blocks, seconds)
        if values and not self.climb.is_done:
            self.climb.rooms_for(blocks.layout(values), most or self.seconds * ROOMS_SHARE)

    def _plain(self, cost: int) -> float:
        return plain(cost / self.instance.scale)

    def _tell(self) -> None:
        if outcome := self._outcome():
            self.say(outcome)
