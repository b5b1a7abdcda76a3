"""What a ladder brings: heads, money, what is open on the caterer's day, each with its 80 % band.

Three things are uncertain: the final number (the forecast's own quantiles), how many a step pulls
(0.55 to 0.78 of those after it, on real editions), and where this edition lies on its curve on the
caterer's day (a deviation of 0.27 on the logit scale between editions). All of them together, at
even quantiles, are the cases of which the tenths are taken; no chance, so the same question has the
same answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cfp.catering.demand.ladder import MIDDLE, Demand, Ladder, buying, stretches
from cfp.catering.forecast.pooling import FANO
from cfp.catering.forecast.reference import expit, logit
from cfp.catering.forecast.steps import LEAST_PULLED, MOST_PULLED, PULLED

LEAN = 0.27  # deviation of the share that has come by the caterer's day, on the logit scale
PULLS = (LEAST_PULLED, PULLED, MOST_PULLED)
LEANS = (-1.22 * LEAN, 0.0, 1.22 * LEAN)  # three even points with that deviation
SHARES = tuple((n + 0.5) / 60 for n in range(60))
TENTH = 1.2816
CHEAP = 0.5


@dataclass(frozen=True, slots=True)
class Band:
    """Low, likely, high: one case in ten lies below, one in ten above."""

    low: float
    likely: float
    high: float

    def ends(self) -> tuple[float, float, float]:
        return self.low, self.likely, self.high


@dataclass(frozen=True, slots=True)
class Answer:
    """Heads, cents still to come, and how little is known on the caterer's day.

    ``unsold`` is the share of all tickets still to be sold then, ``width`` how many tickets lie
    between low and high then. ``price`` is what a ticket still to come brings, ``finals`` (share,
    heads), ``below`` the share of all tickets that are sold below the last price.
    """

    heads: Band
    cents: Band
    unsold: Band
    width: Band
    price: Band
    finals: tuple[tuple[float, float], ...]
    below: float
    is_full: bool


@dataclass(frozen=True, slots=True)
class _Case:
    cents: float
    unsold: float
    width: float
    price: float


def answer(
    demand: Demand, planned: Ladder, wanted: Ladder, due: float, elasticity: float = MIDDLE
) -> Answer:
    """The wanted ladder against the planned one; ``due`` is the caterer's day before the doors."""
    plan, wish = (stretches(demand, one, due) for one in (planned, wanted))
    likely = buying(plan, wish, due, elasticity)
    finals = tuple(
        (share, _heads(demand, number, likely.times)) for share, number in demand.quantiles
    )
    heads = Band(*(_heads(demand, demand.final(s), likely.times) for s in (0.1, 0.5, 0.9)))
    cases = list(_cases(demand, planned, wanted, due, elasticity))
    cheap = demand.sold_below(wanted.after) if wanted.rises else 0
    below = cheap + likely.below * (heads.likely - demand.sold)
    return Answer(
        heads=heads,
        cents=tenths([case.cents for case in cases]),
        unsold=tenths([case.unsold for case in cases]),
        width=tenths([case.width for case in cases]),
        price=tenths([case.price for case in cases]),
        finals=finals,
        below=below / heads.likely if heads.likely else 0.0,
        is_full=demand.capacity is not None and heads.high >= demand.capacity,
    )


def _cases(
    demand: Demand, planned: Ladder, wanted: Ladder, due: float, elasticity: float
) -> Iterator[_Case]:
    for most in PULLS:
        plan, wish = (stretches(demand, one, due, most) for one in (planned, wanted))
        found = buying(plan, wish, due, elasticity)
        lates = [_leaning(found.late, lean) for lean in LEANS]
        for share in SHARES:
            heads = _heads(demand, demand.final(share), found.times)
            coming = heads - demand.sold
            for late in lates:
                left = late * coming
                yield _Case(
                    cents=coming * found.price,
                    unsold=left / heads if heads else 0.0,
                    width=_width(demand, left, heads),
                    price=found.price,
                )


def _heads(demand: Demand, final: float, times: float) -> float:
    """So many tickets in the end: never more than the house holds, never fewer than are sold."""
    heads = demand.sold + max(0.0, final - demand.sold) * times
    if demand.capacity is None:
        return heads
    return max(float(demand.sold), min(heads, float(demand.capacity)))


def _leaning(late: float, lean: float) -> float:
    return expit(logit(late) - lean) if 0.0 < late < 1.0 else late


def _width(demand: Demand, left: float, heads: float) -> float:
    """The 80 % interval on the caterer's day: an edition's place on its curve, and the counting.

    A curve that lies ``LEAN`` higher on the logit scale leaves that part of the share sold less.
    """
    sold = 1 - left / heads if heads else 1.0
    deviation = math.hypot(LEAN * sold * left, math.sqrt(FANO * left))
    below, above = min(left, TENTH * deviation), TENTH * deviation
    if demand.capacity is not None:
        above = min(above, max(0.0, demand.capacity - heads))
    return below + above


def tenths(values: Sequence[float]) -> Band:
    """The 10, 50 and 90 % of equally likely values, between two of them in proportion."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = min(max(share * len(ordered) - 0.5, 0.0), len(ordered) - 1.0)
        n = min(int(place), len(ordered) - 2) if len(ordered) > 1 else 0
        after = ordered[min(n + 1, len(ordered) - 1)]
        return ordered[n] + (place - n) * (after - ordered[n])

    return Band(at(0.1), at(0.5), at(0.9))


def warnings(found: Answer, ladder: Ladder, due: float, *, waiting_list: bool) -> Sequence[str]:
    """What the organisers should think about: ``late``, ``cheap``, ``full``."""
    said = []
    if ladder.step is not None and ladder.step < due + 7:
        said.append("late")
    if found.below > CHEAP:
        said.append("cheap")
    if found.is_full and not waiting_list:
        said.append("full")
    return said
