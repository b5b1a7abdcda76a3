"""Plans a conference of blocks: the largest penalties first, then all, then what still improves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from cfp.schedule.csplib.bundles import bundles
from cfp.schedule.csplib.charges import charge_for_everything
from cfp.schedule.csplib.climb import Climb
from cfp.schedule.csplib.first import first_layout
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.model import BlockModel
from cfp.schedule.csplib.penalties import Place, plain
from cfp.schedule.csplib.seated import Seated

TIERS_SHARE = 0.2  # of the time: at most so much for the large penalties alone
TURN_SHARE = 0.12  # for improving parts, before and after a try to prove
PROOF_SHARE = 0.25  # for the whole puzzle at once, from which a bound comes
ROOMS_SHARE = 0.08  # rooms for times that came from taking rooms as alike
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
        self.instance, self.say, self.seed = instance, tell, seed
        self.seated = Seated(instance, bundles(instance))
        ends = self.began + seconds
        self.climb = Climb(instance, self.seated, ends, seed, self._tell)

    def solve(self) -> Outcome | None:
        climb = self.climb
        first = first_layout(self.instance, self.seated.bundles, self.seed)
        if first:
            climb.offer(first, {})
        while climb.best is None and climb.left() > 0:
            climb.structure(climb.left())
        small = self._size() <= WHOLE
        steps: list[Callable[[], None]] = [self._tiers] if small else []
        steps += [self._improve, self._prove, self._improve, self._prove] if small else []
        for step in (*steps, self._rest):
            if not climb.is_done:
                step()
        if climb.best is None:
            return None
        objective, bound = self._plain(climb.best.cost), self._plain(climb.bound)
        return Outcome(climb.best.plan, objective, bound, monotonic() - self.began)

    def _size(self) -> int:
        told = self.instance
        return len(told.sessions) * (len(told.tracks) * len(told.rooms) + len(self.seated.bundles))

    def _tiers(self) -> None:
        self.climb.largest_first(self.seconds * TIERS_SHARE)

    def _improve(self) -> None:
        self.climb.neighbourhoods(self.seconds * TURN_SHARE)

    def _rest(self) -> None:
        self.climb.neighbourhoods(self.climb.left())

    def _prove(self) -> None:
        """All at once, rooms that nothing tells apart as one; then room by room at these times."""
        seconds = min(self.seconds * PROOF_SHARE, self.climb.left() / 2)
        blocks = BlockModel(self.instance, self.seated.bundles, alike=True)
        charge_for_everything(blocks, tight=True)
        values = self.climb.prove(blocks, seconds)
        if values and not self.climb.is_done:
            self.climb.rooms_for(blocks.layout(values), self.seconds * ROOMS_SHARE)

    def _plain(self, cost: int) -> float:
        return plain(cost / self.instance.scale)

    def _tell(self) -> None:
        if self.climb.best:
            took, cost = monotonic() - self.began, self._plain(self.climb.best.cost)
            self.say(f"{took:.1f} s: {cost}, at least {self._plain(self.climb.bound)}")
