"""What others do with a booking curve: the plain count, additive and multiplicative pick-up.

Pick-up as in Weatherford and Kimes (International Journal of Forecasting 19, 2003): the mean number
still to come, or the mean share sold, of all earlier editions at the same horizon.
A first edition has none; then the reference share takes their place, and the target where a number
is needed. Their 80 % interval is what a spreadsheet gives: Student's t on the spread of the earlier
editions; with fewer than two, the chance of counting alone. The plain count has none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from scipy.special import stdtrit

from cfp.catering.forecast.editions import Edition, Situation, sold_at
from cfp.catering.forecast.reference import share_at

TENTH = 1.2816


@dataclass(frozen=True)
class Guess:
    """A number, and its interval of 80 %."""

    likely: float
    low: float
    high: float

    def holds(self, truth: float) -> bool:
        """Whole people: an interval covers a number if it reaches to its nearest half."""
        return self.low - 0.5 <= truth <= self.high + 0.5


def rivals(asked: Situation, earlier: tuple[Edition, ...]) -> tuple[Guess, Guess, Guess]:
    """Plain count, additive and multiplicative pick-up, in this order."""
    pairs = [(sold_at(one.points, asked.days), one.final) for one in earlier]
    seen = [(sold, final) for sold, final in pairs if sold is not None and final > 0]
    sold = asked.sold
    if seen:
        come = [final - then for then, final in seen]
        shares = [then / final for then, final in seen]
    else:
        shares = [share_at(asked.days)]
        come = [(asked.target or 0) * (1 - shares[0])]
    return (
        Guess(float(sold), float(sold), float(sold)),
        _guess(sold, sold + fmean(come), [float(sold + more) for more in come]),
        _guess(sold, sold / max(fmean(shares), 0.02), [sold / max(one, 0.02) for one in shares]),
    )


def _guess(sold: int, likely: float, numbers: Sequence[float]) -> Guess:
    n = len(numbers)
    if n > 1:
        off = float(stdtrit(n - 1, 0.9)) * stdev(numbers) * math.sqrt(1 + 1 / n)
    else:
        off = TENTH * math.sqrt(max(0.0, likely - sold))
    return Guess(likely, max(float(sold), likely - off), likely + off)
