"""How many portions to order, given what one too many and one too few cost.

The newsvendor (Arrow, Harris and Marschak, Econometrica 19, 1951) with a band: the caterer serves
up to Q + T and bills at least Q - T, so that the best Q solves c_o F(Q - T) = c_u (1 - F(Q + T)).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from cfp.catering.portions.spread import Heads

ALMOST = 1e-12


@dataclass(frozen=True, slots=True)
class Costs:
    """A portion too many, one too few (emergency food, reputation), and the caterer's band."""

    portion: float
    shortage: float
    tolerance: int = 0


def band(percent: float, portions: int) -> int:
    """A tolerance of so many percent as a number of portions."""
    return math.floor(portions * percent / 100)


def expected_cost(heads: Heads, costs: Costs, order: int) -> float:
    """What the order costs beyond the portions that are eaten, on average."""
    least, most = order - costs.tolerance, order + costs.tolerance
    return math.fsum(
        chance * (costs.portion * max(0, least - n) + costs.shortage * max(0, n - most))
        for n, chance in zip(heads.numbers, heads.chances, strict=True)
    )


def best_order(heads: Heads, costs: Costs) -> int:
    """The order of least expected cost; of equally good ones the nearest to the likely number.

    The cost is convex: one more portion changes it by c_o F(Q - T) - c_u (1 - F(Q + T)), which
    never falls, so that halving finds where it turns.
    """

    def slope(order: int) -> float:
        below = heads.chance_up_to(order - costs.tolerance)
        above = 1 - heads.chance_up_to(order + costs.tolerance)
        return costs.portion * below - costs.shortage * above

    start = max(0, heads.numbers[0] - costs.tolerance - 1)
    end = heads.numbers[-1] + costs.tolerance + 1
    candidates = range(start, end + 1)
    first = bisect_left(candidates, 1, key=lambda q: int(slope(q) >= -ALMOST))
    last = bisect_left(candidates, 1, first, key=lambda q: int(slope(q) > ALMOST))
    least, most = (start + min(n, end - start) for n in (first, last))
    return min(max(heads.quantile(0.5), least), most)


def all_registered(heads: Heads, costs: Costs, registered: int) -> float:
    """What it costs to order for everybody on the list: the usual way, to compare with."""
    return expected_cost(heads, costs, registered)
