"""Who eats, simulated: tickets, codes, crew and speakers of an edition, seven days before.

60 free codes, of which 34 % are claimed seven days before and 84 % in the end (real: 50 % on one
single day, two days before the doors). 20 crew, 40 speakers. Stay away: paid 8 % (deviation 2.5
points between editions), codes 25 (6.5), crew 8 (3.5), speakers 3 (2); early buyers more often.
One day, one meal: 97 % of the house eat (1.5). A portion costs 28, one too few 56, tolerance 10.
With the claim deadline the codes are settled before; with the mail 60 % of the absent say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cfp.catering.forecast.channels import TELL, Channel, Meal
from cfp.catering.forecast.editions import Situation
from cfp.catering.forecast.heads import Crowd, crowd
from cfp.catering.forecast.noshow import Rate, TicketClass, at_lead
from cfp.catering.forecast.posterior import certain
from cfp.catering.forecast.tickets import forecast
from cfp.catering.portions.diets import ANY, split
from cfp.catering.portions.order import Costs, best_order
from cfp.catering.portions.spread import counted

from .families import Family

DAYS = 7
SIZES = (140.0, 250.0)  # tickets sold, so that about 300 people eat
CODES, CLAIMED_THEN, CLAIMED = 60, 0.34, Rate(0.84, 40.0)
CREW, SPEAKERS = 20, 40
ABSENT = {
    "paid": (0.08, 0.025),
    "code": (0.25, 0.065),
    "crew": (0.08, 0.035),
    "speaker": (0.03, 0.02),
}
EAT = (0.97, 0.015)
COSTS = Costs(28.0, 56.0, 10)
DIETS = {ANY: 0.66, "vegetarian": 0.22, "vegan": 0.09, "gluten_free": 0.03}
ANSWERED = 0.6
LUNCH, SURE = Meal("lunch", present=Rate(0.999, 5000.0)), 1e9


@dataclass(frozen=True)
class Served:
    """How one meal ended: truth, median, cost of the order and of two usual ones, diets.

    ``usual`` orders for everybody with a ticket on that day, ``entitled`` for open codes, too.
    ``oracles``: what our order would have cost had it known how many of each class stay away and
    eat at this very edition, and had it known how many tickets are sold in the end.
    """

    heads: int
    median: float
    covered: bool
    cost: float
    usual: float
    entitled: float
    oracles: tuple[float, float]
    nobody_short: bool


def served(random: np.random.Generator, one: Family, *, claims: bool, mail: bool) -> Served:
    """Forecast, order and meal of one edition."""
    asked = Situation(float(DAYS), one.points, one.steps)
    tickets = forecast(asked, one.earlier)
    sold, rates = asked.sold, {k: beta(random, *v) for k, v in ABSENT.items()}
    claimed = random.binomial(CODES, random.beta(CLAIMED.mean * 40, (1 - CLAIMED.mean) * 40))
    then = claimed if claims else min(claimed, random.binomial(CODES, CLAIMED_THEN))
    held = {"paid": sold, "code": then, "crew": CREW, "speaker": SPEAKERS}
    late = {"paid": max(0, one.final - sold), "code": claimed - then, "crew": 0, "speaker": 0}
    here, channels = 0, []
    for name, count in held.items():
        lead = 40.0 if name == "paid" else 20.0
        away = random.binomial(count, at_lead(rates[name], lead))
        here += count - away
        here += late[name] - random.binomial(late[name], at_lead(rates[name], 5.0))
        open_codes = CODES - then if name == "code" and not claims else 0
        channel = Channel(TicketClass(name), count, open_codes, ((count, lead),), claims)
        if mail:
            channel = replace(channel, asked=True, declined=random.binomial(away, TELL))
        channels.append(channel)
    here += random.poisson(0.012 * one.final)
    eat = beta(random, *EAT)
    heads = random.binomial(here, eat)
    draws = crowd(tickets.distribution, sold, channels, [LUNCH]).meals[0]
    spread = counted(draws.tolist())
    order = best_order(spread, COSTS)
    known = [replace(one, absence=Rate(rates[one.kind.value], SURE)) for one in channels]
    lunch = replace(LUNCH, eat=Rate(eat, SURE))
    oracles = (
        of_best(crowd(tickets.distribution, sold, known, [lunch]), int(heads)),
        of_best(crowd(certain(max(sold, one.final)), sold, channels, [LUNCH]), int(heads)),
    )
    return Served(
        heads=int(heads),
        median=float(np.median(draws)),
        covered=bool(np.quantile(draws, 0.1) <= heads <= np.quantile(draws, 0.9)),
        cost=cost(order, heads),
        usual=cost(sum(held.values()), heads),
        entitled=cost(sum(held.values()) + (0 if claims else CODES - then), heads),
        oracles=oracles,
        nobody_short=enough(random, order, spread.quantile(0.5), spread.quantile(0.9), int(heads)),
    )


def of_best(draws: Crowd, heads: int) -> float:
    """What the best order for these draws cost in the end."""
    return cost(best_order(counted(draws.meals[0].tolist()), COSTS), heads)


def cost(order: int, heads: int) -> float:
    """What this order cost in the end beyond the portions that were eaten."""
    least, most = order - COSTS.tolerance, order + COSTS.tolerance
    return COSTS.portion * max(0, least - heads) + COSTS.shortage * max(0, heads - most)


def enough(random: np.random.Generator, order: int, likely: int, high: int, heads: int) -> bool:
    """Whether nobody with a restricted diet went without."""
    names = list(DIETS)
    shares = random.dirichlet([60 * share for share in DIETS.values()])
    present = random.multinomial(heads, shares)
    answered = random.binomial(present, ANSWERED)
    told: Mapping[str, int] = dict(zip(names, answered.tolist(), strict=True))
    portions = split(order, likely, told, high=high)
    return all(
        count <= portions.by_diet.get(name, 0)
        for name, count in zip(names, present.tolist(), strict=True)
        if name != ANY
    )


def beta(random: np.random.Generator, mean: float, deviation: float) -> float:
    worth = mean * (1 - mean) / deviation**2 - 1
    return float(random.beta(mean * worth, (1 - mean) * worth))
