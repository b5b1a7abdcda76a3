"""What a price step does: who buys when, how many, and for how much, under three elasticities.

Whoever still wants a ticket buys along the curve of the forecast; a late step pulls buying before
itself (see ``forecast.steps``). A price that differs from the planned one changes how many buy by
its ratio to the power of the elasticity. Nobody knows the elasticity of a conference: -0.2, -0.5
and -1.0 are assumed, and every answer is given for all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cfp.catering.forecast.steps import expected_share

LOW, MIDDLE, HIGH = -0.2, -0.5, -1.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Prices in cents: ``before`` the step, ``after`` it; ``step`` in days before the doors."""

    before: int
    after: int
    step: float | None

    def price(self, days: float) -> int:
        """The price on a day so many days before the doors; a step ends at the end of its day."""
        return self.before if self.step is None or days >= self.step else self.after


@dataclass(frozen=True, slots=True)
class Demand:
    """What the forecast knows: sold, (10, 50, 90 %) of the final number, earlier steps, days."""

    days: float
    sold: int
    quantiles: tuple[float, float, float]
    steps: tuple[float, ...] = ()
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Low, likely, high of each: heads, cents still to come; then shares and tickets.

    ``unsold`` is the share of all tickets still to be sold on the caterer's day, ``width`` how many
    tickets lie between low and high then, ``below`` the share sold below the price after the step.
    """

    heads: tuple[int, int, int]
    cents: tuple[int, int, int]
    unsold: float
    width: int
    below: float
    is_full: bool


def answer(demand: Demand, planned: Ladder, wanted: Ladder, due: float) -> Answer:
    """The wanted ladder against the planned one; ``due`` is the caterer's day before the doors."""
    low, likely, high = demand.quantiles
    cases = [(likely, MIDDLE), *((n, e) for n in (low, high) for e in (LOW, HIGH))]
    found = [_case(demand, planned, wanted, final, e) for final, e in cases]
    heads = [head for head, _ in found]
    cents = [money for _, money in found]
    left = 1 - _arrived(demand, wanted, due)
    to_come = heads[0] - demand.sold
    unsold = left * to_come / heads[0] if heads[0] else 0.0
    spread = (max(heads) - min(heads)) * left
    return Answer(
        heads=(min(heads), heads[0], max(heads)),
        cents=(min(cents), cents[0], max(cents)),
        unsold=unsold,
        width=round(spread),
        below=_below(demand, wanted, heads[0]),
        is_full=demand.capacity is not None and max(heads) >= demand.capacity,
    )


def _case(
    demand: Demand, planned: Ladder, wanted: Ladder, final: float, elasticity: float
) -> tuple[int, int]:
    """Heads and cents still to come for one final number and one elasticity."""
    to_come = max(0.0, final - demand.sold)
    plan = [(share, planned.price(days)) for days, share in _days(demand, planned)]
    middle = sum(share * price for share, price in plan) or 1.0
    usual = sum(share * _pull(price, middle, elasticity) for share, price in plan) or 1.0
    buying = [
        (to_come * share * _pull(price, middle, elasticity) / usual, price)
        for share, price in ((s, wanted.price(d)) for d, s in _days(demand, wanted))
    ]
    coming = sum(number for number, _ in buying)
    room = coming if demand.capacity is None else max(0.0, demand.capacity - demand.sold)
    part = min(1.0, room / coming) if coming else 0.0
    cents = sum(number * price for number, price in buying) * part
    return round(demand.sold + coming * part), round(cents)


def _pull(price: int, middle: float, elasticity: float) -> float:
    pull: float = (max(price, 1) / max(middle, 1.0)) ** elasticity
    return pull


def _days(demand: Demand, ladder: Ladder) -> list[tuple[float, float]]:
    """(days before, share of those still to come that buys on that day), summing to one."""
    steps = _steps(demand, ladder)
    at = [demand.days - n for n in range(int(demand.days) + 1)]
    shares = [expected_share(days, steps) for days in at]
    width = max(1e-9, shares[-1] - shares[0])
    if len(at) == 1:
        return [(at[0], 1.0)]
    return [
        (days, max(0.0, after - before) / width)
        for days, before, after in zip(at[1:], shares, shares[1:], strict=False)
    ]


def _arrived(demand: Demand, ladder: Ladder, due: float) -> float:
    return min(1.0, sum(share for days, share in _days(demand, ladder) if days >= due))


def _steps(demand: Demand, ladder: Ladder) -> tuple[float, ...]:
    rises = ladder.step is not None and ladder.after > ladder.before
    return (*demand.steps, ladder.step) if rises and ladder.step is not None else demand.steps


def _below(demand: Demand, ladder: Ladder, heads: int) -> float:
    """The share of the tickets still to come that is sold before the step, at the lower price."""
    del heads
    if ladder.step is None or ladder.after <= ladder.before:
        return 0.0
    return sum(share for days, share in _days(demand, ladder) if days >= ladder.step)


def warnings(found: Answer, ladder: Ladder, due: float, *, waiting_list: bool) -> Sequence[str]:
    """What the organisers should think about: ``late``, ``cheap``, ``full``."""
    said = []
    if ladder.step is not None and ladder.step < due + 7:
        said.append("late")
    if found.below > 0.5:
        said.append("cheap")
    if found.is_full and not waiting_list:
        said.append("full")
    return said
