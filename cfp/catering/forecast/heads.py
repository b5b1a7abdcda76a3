"""Heads at each meal: tickets to come, entitlements, those who stay away, walk-ins, by simulation.

The draws are seeded, the tickets to come are taken at even quantiles: the same question gives the
same answer to the last head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cfp.catering.forecast.channels import CONFIRMED, TELL, WALK_INS, Channel, Meal
from cfp.catering.forecast.noshow import Rate, TicketClass, at_lead
from cfp.catering.forecast.posterior import Distribution

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
DRAWS = 4000
SEED = 20270218


@dataclass(frozen=True, slots=True)
class Crowd:
    """Draws of who is in the house, by channel of ticket, and of heads by meal."""

    house: Ints
    meals: tuple[Ints, ...]

    def quantiles(self, meal: int, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> list[int]:
        found = np.quantile(self.meals[meal], shares, method="inverted_cdf")
        return [int(number) for number in found]


def crowd(
    tickets: Distribution | None,
    sold: int,
    channels: Sequence[Channel],
    meals: Sequence[Meal],
    *,
    walk_ins: Rate = WALK_INS,
    draws: int = DRAWS,
) -> Crowd:
    """``tickets`` is the final number of tickets sold, of which ``sold`` stand in the channels."""
    random = np.random.default_rng(SEED)
    to_come = _still_to_come(random, tickets, sold, draws)
    shares = _of_those_to_come(channels)
    there = [
        (channel.days, _present(random, channel, _part(to_come, shares[n], shares[n + 1]), draws))
        for n, channel in enumerate(channels)
    ]
    without = random.poisson(_drawn(random, walk_ins, draws) * (sold + to_come))

    def on(day: int | None) -> Ints:
        found = [count for days, count in there if day is None or not days or day in days]
        return np.asarray(sum(found, without), dtype=np.int64)

    return Crowd(on(None), tuple(_eating(random, on(meal.day), meal) for meal in meals))


@dataclass(frozen=True, slots=True)
class Part:
    """One class of ticket on average: held, still to come, and who of all these stays away."""

    kind: TicketClass
    held: int
    to_come: float
    away: float


def composition(
    to_come: float, sold: int, channels: Sequence[Channel], walk_ins: Rate = WALK_INS
) -> tuple[list[Part], float]:
    """Who is counted, class by class, and how many come without any ticket; means, no draws."""
    shares = _of_those_to_come(channels)
    found: dict[TicketClass, Part] = {}
    for n, channel in enumerate(channels):
        coming = to_come * (shares[n + 1] - shares[n])
        if not channel.claims_closed:
            coming += channel.unclaimed * channel.redeemed.mean
        before = found.get(channel.kind, Part(channel.kind, 0, 0.0, 0.0))
        found[channel.kind] = Part(
            channel.kind,
            before.held + channel.held,
            before.to_come + coming,
            before.away + _away(channel, coming),
        )
    return list(found.values()), walk_ins.mean * (sold + to_come)


def _away(channel: Channel, coming: float) -> float:
    rate = min(0.99, channel.rate.mean * _lead_factor(channel))
    if channel.asked:
        rate = rate * (1 - TELL) / (1 - TELL * rate)
    silent = max(0, channel.held - channel.declined - channel.confirmed)
    told = channel.declined + channel.confirmed * (1 - CONFIRMED)
    return told + silent * rate + coming * at_lead(channel.rate.mean, 7.0)


def _of_those_to_come(channels: Sequence[Channel]) -> list[float]:
    """Where the part of each channel ends; who still pays buys as those before did."""
    paid = [c.held if c.kind is TicketClass.PAID else 0 for c in channels]
    if not sum(paid):
        first = next((n for n, c in enumerate(channels) if c.kind is TicketClass.PAID), None)
        paid = [int(n == first) for n in range(len(channels))]
    whole = max(1, sum(paid))
    return [sum(paid[:n]) / whole for n in range(len(channels) + 1)]


def _part(to_come: Ints, begin: float, end: float) -> Ints:
    """Whole people of a part; all parts together are everybody."""
    return np.asarray(np.round(to_come * end) - np.round(to_come * begin), dtype=np.int64)


def _still_to_come(
    random: np.random.Generator, tickets: Distribution | None, sold: int, draws: int
) -> Ints:
    if tickets is None:
        return np.zeros(draws, dtype=np.int64)
    even = (random.permutation(draws) + 0.5) / draws
    middle = np.cumsum(tickets.weights) - tickets.weights / 2
    final = np.interp(even, middle, tickets.values)
    return np.maximum(0, np.round(final - sold)).astype(np.int64)


def _present(random: np.random.Generator, channel: Channel, coming: Ints, draws: int) -> Ints:
    """Who of this channel is in the house."""
    absence = _drawn(random, channel.rate, draws)
    silent = max(0, channel.held - channel.declined - channel.confirmed)
    rate = absence * _lead_factor(channel)
    if channel.asked:
        rate = rate * (1 - TELL) / (1 - TELL * np.clip(rate, 0, 0.99))
    there = random.binomial(silent, 1 - np.clip(rate, 0, 1))
    there = there + random.binomial(channel.confirmed, CONFIRMED, draws)
    late = np.clip(absence * at_lead(channel.rate.mean, 7.0) / channel.rate.mean, 0, 1)
    there = there + random.binomial(coming, 1 - late)
    if channel.unclaimed and not channel.claims_closed:
        claimed = random.binomial(channel.unclaimed, _drawn(random, channel.redeemed, draws))
        there = there + random.binomial(claimed, 1 - late)
    return np.asarray(there, dtype=np.int64)


def _lead_factor(channel: Channel) -> float:
    """How the absence of these holders compares to the usual one, by when they bought."""
    whole = sum(count for count, _ in channel.leads)
    if not whole:
        return 1.0
    usual = channel.rate.mean
    mean = sum(count * at_lead(usual, days) for count, days in channel.leads) / whole
    return mean / usual


def _drawn(random: np.random.Generator, rate: Rate, draws: int) -> Floats:
    a, b = rate.mean * rate.belief, (1 - rate.mean) * rate.belief
    return random.beta(max(a, 1e-3), max(b, 1e-3), draws)


def _eating(random: np.random.Generator, house: Ints, meal: Meal) -> Ints:
    draws = len(house)
    share = _drawn(random, meal.present, draws) * _drawn(random, meal.eat, draws)
    return np.asarray(random.binomial(house, np.clip(share, 0, 1)), dtype=np.int64)
