"""The second opinion: how many will still come, judged by how fast tickets go now.

The ratio of what remains to the velocity of the last two weeks, since the latest step, is known
for each horizon from the curve and from own earlier editions. A day counts with no more than four
times the usual one, so that fifty free tickets in one minute are no new pace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cfp.catering.forecast.editions import Count, Edition, Situation, sold_at
from cfp.catering.forecast.pooling import FANO, YEARLY, Estimate, Observation, pooled
from cfp.catering.forecast.reference import Spread
from cfp.catering.forecast.steps import expected_share

WINDOW = 14.0
LEAST = 3.0  # days that a velocity needs
SHOUT = 4.0
MANY = 20  # sold: who has sold so many and now sells next to nothing has a pace, too
FEWEST = 4.0  # sales in the window from which a velocity means something


@dataclass(frozen=True, slots=True)
class Pace:
    """The logarithm of the number still to come, and the sales that it was judged by."""

    remaining: Estimate
    sales: float


def judged(situation: Situation, earlier: Sequence[Edition], spread: Spread) -> Pace | None:
    """None where there is no pace to judge by: too young, paused, or next to nothing sold.

    In the first days after a step it is the pace that led up to it, less what was sold since.
    """
    latest = min((step for step in situation.steps if step > situation.days), default=math.inf)
    if latest - situation.days < LEAST:
        return _since(situation, latest, earlier, spread)
    width = _width(situation)
    if width is None or situation.paused:
        return None
    sales = _sales(situation.known, situation.days, width)
    if sales < FEWEST:
        if situation.sold < MANY:
            return None
        sales = max(sales, FEWEST * width / WINDOW)
    usual = _usual(situation.days, width, situation.steps)
    seen = [_observed(edition, situation.days, width) for edition in earlier]
    wider = Spread(spread.series * 1.3, spread.edition * 1.6)
    offset = pooled([one for one in seen if one], wider)
    deviation = math.hypot(offset.deviation, math.sqrt(FANO / sales))
    mean = math.log(sales / width) + usual + offset.mean
    return Pace(Estimate(mean, deviation), sales)


def _since(
    situation: Situation, step: float, earlier: Sequence[Edition], spread: Spread
) -> Pace | None:
    then = judged(replace(situation, days=step), earlier, spread)
    if then is None:
        return None
    sold = situation.sold - (sold_at(situation.known, step) or 0.0)
    rest = max(0.5, math.exp(then.remaining.mean) - sold)
    return Pace(Estimate(math.log(rest), then.remaining.deviation), then.sales)


def _width(situation: Situation) -> float | None:
    """Days of steady selling behind us: two weeks, or since the latest step or the first count.

    None where nobody has looked for days.
    """
    known = situation.known
    if not known or known[-1].days - situation.days >= LEAST:
        return None
    since = [step - situation.days for step in situation.steps if step > situation.days]
    width = min([WINDOW, known[0].days - situation.days, *since])
    return width if width >= LEAST else None


def _sales(points: Sequence[Count], days: float, width: float) -> float:
    """What was sold in the window; a day that shouts is heard like four usual ones."""
    daily = []
    for n in range(math.floor(width)):
        after, before = sold_at(points, days + n), sold_at(points, days + n + 1)
        if after is not None and before is not None:
            daily.append(max(0.0, after - before))
    if not daily:
        return 0.0
    usual = sorted(daily)[len(daily) // 2]
    most = SHOUT * max(1.0, usual)
    return sum(min(day, most) for day in daily) * width / len(daily)


def _usual(days: float, width: float, steps: Sequence[float]) -> float:
    now, before = (expected_share(at, steps) for at in (days, days + width))
    return math.log((1 - now) / max(1e-6, (now - before) / width))


def _observed(edition: Edition, days: float, width: float) -> Observation | None:
    now, before = (sold_at(edition.points, at) for at in (days, days + width))
    if now is None or before is None or edition.censored or now - before < FEWEST:
        return None
    rest = max(0.0, edition.final - now) + 0.5
    ratio = math.log(rest / ((now - before) / width))
    counting = FANO / (now - before) + FANO / rest
    offset = ratio - _usual(days, width, edition.steps)
    return Observation(offset, counting, YEARLY**edition.age)
