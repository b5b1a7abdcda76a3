"""A price that rises once, and who buys before and after it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cfp.catering.forecast.steps import PULLED, expected_share

LOW, MIDDLE, HIGH = -0.2, -0.5, -1.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Prices in cents: ``before`` the step, ``after`` it; ``step`` in days before the doors."""

    before: int
    after: int
    step: float | None

    @property
    def rises(self) -> bool:
        return self.step is not None and self.after > self.before

    def until(self, days: float) -> int:
        """The price of the days that end then; a step ends at the end of its day."""
        return self.before if self.step is None or days >= self.step else self.after


@dataclass(frozen=True, slots=True)
class Demand:
    """What the forecast knows: tickets sold, (share, final number) rising, earlier steps, days.

    ``paid`` are the prices of the tickets sold so far, rising.
    """

    days: float
    sold: int
    quantiles: tuple[tuple[float, float], ...]
    steps: tuple[float, ...] = ()
    capacity: int | None = None
    paid: tuple[int, ...] = ()

    def final(self, share: float) -> float:
        """The final number at a quantile; between two of them in proportion."""
        shares = [known for known, _ in self.quantiles]
        n = min(max(bisect_right(shares, share), 1), len(shares) - 1)
        (a, low), (b, high) = self.quantiles[n - 1], self.quantiles[n]
        part = min(1.0, max(0.0, (share - a) / (b - a)))
        return max(float(self.sold), low + part * (high - low))

    def sold_below(self, cents: int) -> int:
        return bisect_left(self.paid, cents)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days with one price: ``share`` of those still to come buys in them."""

    ends: float
    price: int
    share: float


def stretches(
    demand: Demand, ladder: Ladder, due: float, most: float = PULLED
) -> tuple[Stretch, ...]:
    """From today to the doors, cut at the step and on the caterer's day; shares sum to one."""
    steps = (*demand.steps, ladder.step) if ladder.rises and ladder.step else demand.steps
    cuts = {days for days in (ladder.step, due) if days is not None and 0 < days < demand.days}
    at = sorted({demand.days, 0.0, *cuts}, reverse=True)
    sold = [expected_share(days, steps, most) for days in at]
    rising = [max(0.0, after - before) for before, after in pairwise(sold)]
    whole = sum(rising)
    if not whole:
        return (Stretch(0.0, ladder.until(0.0), 1.0),)
    return tuple(
        Stretch(ends, ladder.until(ends), share / whole)
        for ends, share in zip(at[1:], rising, strict=True)
    )


def arrival(demand: Demand, ladder: Ladder, days: Sequence[float]) -> list[float]:
    """The share of those still to come that has come by the end of each of these days."""
    steps = (*demand.steps, ladder.step) if ladder.rises and ladder.step else demand.steps
    now, end = (expected_share(at, steps) for at in (demand.days, 0.0))
    width = max(1e-9, end - now)
    return [min(1.0, max(0.0, (expected_share(at, steps) - now) / width)) for at in days]


@dataclass(frozen=True, slots=True)
class Buying:
    """Those still to come: how many times the planned number, their mean price, who comes late."""

    times: float
    price: float
    late: float
    below: float


def buying(
    planned: Sequence[Stretch], wanted: Sequence[Stretch], due: float, elasticity: float
) -> Buying:
    """The wanted prices against the planned ones; ``below`` pays less than the last price."""
    middle = max(1.0, sum(one.share * one.price for one in planned))

    def weights(all_of: Sequence[Stretch]) -> list[float]:
        return [one.share * (max(one.price, 1) / middle) ** elasticity for one in all_of]

    found = weights(wanted)
    whole = sum(found)
    pairs = list(zip(found, wanted, strict=True))
    last = wanted[-1].price
    return Buying(
        times=whole / sum(weights(planned)),
        price=sum(weight * one.price for weight, one in pairs) / whole,
        late=sum(weight for weight, one in pairs if one.ends < due) / whole,
        below=sum(weight for weight, one in pairs if one.price < last) / whole,
    )
