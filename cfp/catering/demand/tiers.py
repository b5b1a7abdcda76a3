"""Income by tier: what each price has brought, and what it will probably bring.

Those still to come buy along the curve of the forecast, product by product as until today; each
pays the first price whose window is open and that has tickets left, as in the shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cfp.catering.demand.answers import PULLS, Band, tenths
from cfp.catering.demand.ladder import Demand
from cfp.catering.forecast.steps import expected_share

SHARES = tuple((n + 0.5) / 20 for n in range(20))


@dataclass(frozen=True, slots=True)
class Rung:
    """A price of a product: ``sold`` tickets brought ``cents``; ``left`` of them, if limited.

    ``starts`` and ``ends`` are days before the doors; none: from the beginning, until the doors.
    """

    product: str
    tier: str
    price: int
    sold: int = 0
    cents: int = 0
    starts: float | None = None
    ends: float | None = None
    left: int | None = None

    def is_open(self, after: float, until: float) -> bool:
        """Whether it is for sale on the days between two cuts."""
        begun = self.starts is None or self.starts >= after
        return begun and (self.ends is None or self.ends <= until)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A rung with what is still to come of it: tickets and money, each with its band."""

    rung: Rung
    tickets: Band
    cents: Band


def by_tier(demand: Demand, ladders: Sequence[Sequence[Rung]]) -> list[list[Ahead]]:
    """For each ladder its rungs in the order in which they sell, and the sum of all at the end.

    The prices that are paid are lower than those on the ladder where discounts are given; what is
    still to come pays as much less as what was sold.
    """
    parts = _parts(ladders)
    cases = [
        [_fill(demand, ladder, share, final, most) for ladder, share in parts]
        for most in PULLS
        for final in SHARES
    ]
    found = [
        [_ahead(rung, [case[n][m] for case in cases], paid) for m, rung in enumerate(ladder)]
        for n, (ladder, paid) in enumerate((one, _paid(one)) for one in ladders)
    ]
    return [*found, [_all(ladders, cases)]]


def _parts(ladders: Sequence[Sequence[Rung]]) -> list[tuple[Sequence[Rung], float]]:
    """Each ladder's share of those still to come: as until today; the first, where nothing sold."""
    sold = [sum(rung.sold for rung in ladder) for ladder in ladders]
    if not sum(sold):
        sold = [int(n == 0) for n in range(len(ladders))]
    return [(ladder, n / sum(sold)) for ladder, n in zip(ladders, sold, strict=True)]


def _fill(
    demand: Demand, ladder: Sequence[Rung], share: float, final: float, most: float
) -> list[float]:
    """How many buy on each rung; who finds no price open waits for the next one."""
    to_come = (min(demand.final(final), demand.capacity or 1e9) - demand.sold) * share
    to_come = max(0.0, to_come)
    ends = {d for rung in ladder for d in (rung.starts, rung.ends) if d is not None}
    cuts = sorted({demand.days, 0.0, *(d for d in ends if 0 < d < demand.days)}, reverse=True)
    sold = [expected_share(days, demand.steps, most) for days in cuts]
    whole = max(1e-9, sold[-1] - sold[0])
    found, waiting, before = [0.0] * len(ladder), 0.0, sold[0]
    for after, until, now in zip(cuts, cuts[1:], sold[1:], strict=False):
        waiting += to_come * max(0.0, now - before) / whole
        before = max(before, now)
        for n, rung in enumerate(ladder):
            if rung.is_open(after, until):
                room = waiting if rung.left is None else max(0.0, rung.left - found[n])
                taken = min(waiting, room)
                found[n] += taken
                waiting -= taken
    return found


def _paid(ladder: Sequence[Rung]) -> float:
    """What was paid so far, as a share of what stands on the ladder."""
    listed = sum(rung.price * rung.sold for rung in ladder)
    return min(1.0, sum(rung.cents for rung in ladder) / listed) if listed else 1.0


def _ahead(rung: Rung, numbers: Sequence[float], paid: float) -> Ahead:
    tickets = tenths(numbers)
    price = rung.price * paid
    return Ahead(rung, tickets, Band(*(number * price for number in tickets.ends())))


def _all(ladders: Sequence[Sequence[Rung]], cases: Sequence[Sequence[Sequence[float]]]) -> Ahead:
    prices = [[rung.price * _paid(ladder) for rung in ladder] for ladder in ladders]
    money = [
        sum(
            number * price
            for numbers, row in zip(case, prices, strict=True)
            for number, price in zip(numbers, row, strict=True)
        )
        for case in cases
    ]
    rungs = [rung for ladder in ladders for rung in ladder]
    whole = Rung("", "", 0, sum(r.sold for r in rungs), sum(r.cents for r in rungs))
    heads = tenths([sum(map(sum, case)) for case in cases])
    return Ahead(whole, heads, tenths(money))
