"""How many heads there may be, as a table of chances: from a low, a likely, a high number."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

TENTH = 1.2815515655446004  # a normal distribution has a tenth beyond so many deviations


@dataclass(frozen=True, slots=True)
class Heads:
    """Whole numbers, rising, and the chance of each; chances sum to one."""

    numbers: tuple[int, ...]
    chances: tuple[float, ...]

    def chance_up_to(self, number: float) -> float:
        """The chance that no more than ``number`` come."""
        n = bisect_right(self.numbers, number)
        return min(1.0, math.fsum(self.chances[:n]))

    def quantile(self, share: float) -> int:
        """The least number that is enough with that chance."""
        sums = accumulate(self.chances)
        pairs = zip(self.numbers, sums, strict=True)
        return next((n for n, below in pairs if below >= share - 1e-12), self.numbers[-1])

    @property
    def mean(self) -> float:
        return math.fsum(n * p for n, p in zip(self.numbers, self.chances, strict=True))


def counted(draws: Iterable[int]) -> Heads:
    """The chances as often as each number was drawn."""
    times: dict[int, int] = {}
    for draw in draws:
        times[draw] = times.get(draw, 0) + 1
    whole = sum(times.values())
    numbers = tuple(sorted(times))
    return Heads(numbers, tuple(times[n] / whole for n in numbers))


def weighted(numbers: Sequence[int], weights: Sequence[float]) -> Heads:
    whole = math.fsum(weights)
    return Heads(tuple(numbers), tuple(weight / whole for weight in weights))


def between(low: float, likely: float, high: float) -> Heads:
    """``likely`` is the median, ``low`` and ``high`` are the 10 % and 90 % quantiles.

    On either side lies half a normal distribution (two-piece normal with its middle at the median).
    """
    if not low <= likely <= high:
        raise ValueError(
            f"Low, likely and high must rise; {low:.10g}, {likely:.10g}, {high:.10g} do not."
        )
    left, right = (max((side / TENTH), 1e-6) for side in (likely - low, high - likely))
    first = max(0, math.floor(likely - 5 * left))
    numbers = tuple(range(first, math.ceil(likely + 5 * right) + 1))

    def below(number: float) -> float:
        side = left if number < likely else right
        return 0.5 * (1 + math.erf((number - likely) / side / math.sqrt(2)))

    edges = [0.0, *(below(n + 0.5) for n in numbers[:-1]), 1.0]
    return weighted(numbers, [b - a for a, b in pairwise(edges)])


def scaled(heads: Heads, factor: float) -> Heads:
    """Portions for these heads, each eating ``factor`` of one; rounded to the nearest."""
    chances: dict[int, float] = {}
    for number, chance in zip(heads.numbers, heads.chances, strict=True):
        portions = math.floor(number * factor + 0.5)
        chances[portions] = chances.get(portions, 0.0) + chance
    numbers = tuple(sorted(chances))
    return Heads(numbers, tuple(chances[n] for n in numbers))
