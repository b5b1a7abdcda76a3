"""A long walk from plan to plan: a step is taken unless it is worse than some time ago."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from random import Random

from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.moves import MOVES
from cfp.schedule.csplib.penalties import Place
from cfp.schedule.csplib.standing import Change, Prices, Standing

SOME = 256  # steps between two looks at the clock
GUILTY = 0.5  # of the steps begin with a talk whose place costs something
SHORT, LONG = 100, 3000  # steps that it looks back
PATIENCE = 40  # times as many steps without anything better, and the walk is over
STEEP = (0.0, 0.02, 0.05, 0.01, 0.1)  # the share of steps up that a walk may begin with


class Walk:
    """Late acceptance: no temperature that would have to know what penalties cost."""

    def __init__(self, instance: Instance, prices: Prices, rng: Random) -> None:
        self.instance, self.prices, self.rng = instance, prices, rng
        self.moves = [move for move, _ in MOVES]
        self.weights = [weight for _, weight in MOVES]
        self.steep, self.memory = cycle(STEEP), float(SHORT)

    def on(
        self, plan: Sequence[Place], enough: Callable[[], bool], rounds: int | None = None
    ) -> tuple[int, list[Place]]:
        """Walk after walk, each from the best so far and longer; returns it and what it costs.

        Not more than so many ``rounds`` one after the other that find nothing better.
        """
        now = Standing(self.instance, self.prices, plan)
        best, kept, unlucky = now.cost, now.plan(), 0
        while best and unlucky != rounds and not enough():
            reached, found = self._once(now, next(self.steep), enough)
            unlucky += 1
            if reached < best:
                best, kept, unlucky = reached, found, 0
            else:
                self.memory = min(LONG, 1.2 * self.memory)
            if now.cost > best:
                now = Standing(self.instance, self.prices, kept)
        return best, kept

    def _once(
        self, now: Standing, steep: float, enough: Callable[[], bool]
    ) -> tuple[int, list[Place]]:
        memory = round(self.memory)
        late = [now.cost + self._height(now, steep)] * memory
        best, kept, step, idle = now.cost, now.plan(), 0, 0
        while best and idle < PATIENCE * memory and not enough():
            for change in self._changes(now):
                step, idle = step + 1, idle + 1
                if change is None:
                    continue
                before, place = now.cost, step % memory
                undo = now.change(change)
                if now.cost > before and now.cost > late[place]:
                    now.change(undo)
                    continue
                late[place] = min(late[place], now.cost)
                if now.cost < best:
                    best, kept, idle = now.cost, now.plan(), 0
        return best, kept

    def _changes(self, now: Standing) -> Iterator[Change | None]:
        rng, talks, guilty = self.rng, range(len(now.where)), self._guilty(now)
        for move in rng.choices(self.moves, self.weights, k=SOME):
            yield move(rng, now, rng.choice(guilty if guilty and rng.random() < GUILTY else talks))

    def _height(self, now: Standing, share: float) -> int:
        """What so large a share of all steps up costs at most."""
        up, cost = [], now.cost
        for change in self._changes(now) if share else ():
            if change is not None:
                undo = now.change(change)
                up.append(now.cost - cost)
                now.change(undo)
        up = sorted(step for step in up if step > 0)
        return up[int(share * len(up))] if up else 0

    def _guilty(self, now: Standing) -> list[int]:
        """Talks that cost something by themselves, by whom they meet or by their track."""
        shapes = [shape + wrong for shape, wrong in zip(now.shape, now.disorder, strict=True)]
        return [
            talk
            for talk in range(len(now.where))
            if now.costs(talk) or shapes[self.prices.track[talk]]
        ]
