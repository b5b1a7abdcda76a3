"""The look ahead itself: tickets, heads and orders by meal, what the levers are worth, the fan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from cfp.catering.forecast import Count, levers
from cfp.catering.forecast.channels import Channel, Meal
from cfp.catering.forecast.heads import Crowd, composition, crowd
from cfp.catering.forecast.levers import Lever
from cfp.catering.forecast.noshow import Rate, TicketClass
from cfp.catering.forecast.steps import expected_share, late_step
from cfp.catering.forecast.tickets import Forecast, forecast
from cfp.catering.outlook.known import Known, Served
from cfp.catering.portions.diets import split
from cfp.catering.portions.order import Costs, band, best_order, expected_cost
from cfp.catering.portions.spread import Heads, counted, scaled

PRESENT, EAT = 200.0, 300.0  # how many people a percentage of the organiser's is worth


@dataclass(frozen=True, slots=True)
class Line:
    """A meal's chances and its order."""

    heads: Heads
    order: int
    cost: float


def look(known: Known) -> dict[str, Any]:
    """Everything that a snapshot keeps, ready for JSON."""
    tickets = forecast(known.situation, known.earlier, known.widen)
    start = levers.Known(tickets.distribution, known.situation.sold, known.channels)
    lines = _lines(known, start)
    return {
        "tickets": {
            "sold": tickets.sold,
            **{q: round(getattr(tickets, q), 1) for q in ("q025", "q10", "q50", "q90", "q975")},
            "strength": tickets.strength.value,
        },
        "meals": [_meal(known, meal, line) for meal, line in zip(known.meals, lines, strict=True)],
        "crowd": _crowd(known, tickets),
        "meals_cents": sum(
            meal.price * line.order for meal, line in zip(known.meals, lines, strict=True)
        ),
        "meals_each": round(sum(_each(known, meal) for meal in known.meals)),
        "levers": _levers(known, tickets),
        "fan": fan(known, tickets),
        "factor": round(known.factor, 3),
        "told": sum(known.answered.values()),
        "widen": round(known.widen, 3),
    }


def _crowd(known: Known, tickets: Forecast) -> dict[str, Any]:
    """Who is counted, on average, for the likely number of tickets."""
    sold = known.situation.sold
    to_come = max(0.0, tickets.q50 - sold)
    parts, without = composition(to_come, sold, known.channels)
    return {
        "parts": [
            {
                "kind": part.kind.value,
                "held": part.held,
                "to_come": round(part.to_come),
                "away": round(part.away),
            }
            for part in parts
        ],
        "walk_ins": round(without),
    }


def _each(known: Known, meal: Served) -> float:
    """What one ticket more asks of the kitchen at a meal, in cents."""
    rate = next((c.rate.mean for c in known.channels if c.kind is TicketClass.PAID), 0.0)
    eats = (1 - rate) * meal.present_percent / 100 * meal.eat_percent / 100
    return meal.price * known.factor * eats


def _levers(known: Known, tickets: Forecast) -> dict[str, dict[str, int]]:
    """What each lever, and all of them, save on the caterer's day, and by how much they narrow.

    A late step that is planned already is compared with the same edition without it.
    """
    plain = tuple(
        step for step in known.situation.steps if step != late_step(known.situation.steps)
    )
    with_step = (*plain, _good_step(known)) if plain == known.situation.steps else None
    planned = with_step is None
    without = caterers_day(known, tickets, plain)
    stepped = caterers_day(known, tickets, with_step or known.situation.steps)
    base = stepped if planned else without
    others = (Lever.CLAIMS, Lever.MAIL)
    before, nothing = _lines(known, base), _lines(known, without)
    return {
        Lever.STEP: _saved(nothing, _lines(known, stepped)),
        **{one: _saved(before, _lines(known, levers.pulled(base, [one]))) for one in others},
        "all": _saved(nothing, _lines(known, levers.pulled(stepped, others))),
    }


def _good_step(known: Known) -> float:
    """A step a week before the caterer has to know, 25 to 15 days before the doors if it can be."""
    best = min(25.0, max(15.0, known.due + 7))
    return max(1.0, min(best, known.situation.days - 1))


def caterers_day(known: Known, tickets: Forecast, steps: tuple[float, ...]) -> levers.Known:
    """The edition as it will probably stand on the caterer's day, with these steps."""
    asked = known.situation
    ahead = [float(d) for d in range(int(known.due), int(asked.days))][::-1]
    now, end = (expected_share(days, steps) for days in (asked.days, 0.0))
    path = tuple(
        Count(
            days,
            round(
                tickets.sold
                + (tickets.q50 - tickets.sold)
                * min(1.0, max(0.0, (expected_share(days, steps) - now) / max(1e-9, end - now)))
            ),
        )
        for days in ahead
    )
    then = replace(asked, days=min(asked.days, known.due), points=asked.points + path, steps=steps)
    found = forecast(then, known.earlier, known.widen)
    grown = then.sold / max(1, asked.sold)
    channels = tuple(_grown(one, grown, then.sold) for one in known.channels)
    return levers.Known(found.distribution, then.sold, channels)


def _grown(channel: Channel, factor: float, sold: int) -> Channel:
    """The tickets sold by then, by day passes as until today."""
    if channel.kind is not TicketClass.PAID:
        return channel
    held = round(channel.held * factor) if channel.held else 0 if channel.days else sold
    return replace(channel, held=held, leads=())


def _saved(before: Sequence[Line], after: Sequence[Line]) -> dict[str, int]:
    cost = sum(line.cost for line in before) - sum(line.cost for line in after)
    return {"cents": round(max(0.0, cost)), "narrower": max(0, _width(before) - _width(after))}


def _lines(known: Known, start: levers.Known) -> list[Line]:
    meals = [
        Meal(
            meal.name,
            meal.day,
            present=Rate(meal.present_percent / 100 - 1e-4, PRESENT),
            eat=Rate(meal.eat_percent / 100 - 1e-4, EAT),
        )
        for meal in known.meals
    ]
    found: Crowd = crowd(start.tickets, start.sold, start.channels, meals)
    return [
        _line(known, meal, draws.tolist())
        for meal, draws in zip(known.meals, found.meals, strict=True)
    ]


def _line(known: Known, meal: Served, draws: Sequence[int]) -> Line:
    heads = counted(draws)
    portions = scaled(heads, known.factor)
    costs = costs_of(meal, portions.quantile(0.5))
    order = best_order(portions, costs)
    return Line(heads, order, expected_cost(portions, costs, order))


def costs_of(meal: Served, portions: int) -> Costs:
    tolerance = band(meal.tolerance, portions) if meal.in_percent else meal.tolerance
    return Costs(meal.price, meal.shortage, tolerance)


def _meal(known: Known, meal: Served, line: Line) -> dict[str, Any]:
    low, likely, high = (line.heads.quantile(share) for share in (0.1, 0.5, 0.9))
    factor = known.factor
    diets = split(line.order, likely * factor, known.answered, known.eaten, high=high * factor)
    return {
        "code": meal.code,
        "name": meal.name,
        "on": meal.on.isoformat(),
        "low": low,
        "likely": likely,
        "high": high,
        "order": diets.order,
        "diets": dict(diets.by_diet),
        "cents": round(line.cost),
    }


def _width(lines: Sequence[Line]) -> int:
    """Between low and high at the meal with the most heads."""
    widths = [line.heads.quantile(0.9) - line.heads.quantile(0.1) for line in lines]
    return max(widths, default=0)


def fan(known: Known, tickets: Forecast) -> list[list[Any]]:
    """[day, low, likely, high] of the tickets sold, from today to the doors."""
    days, steps = (known.doors - known.today).days, known.situation.steps
    if days <= 0:
        return []
    now, end = expected_share(known.situation.days, steps), expected_share(0, steps)
    every = max(1, round(days / 40))
    ahead = sorted({*range(0, days + 1, every), days})
    found = []
    for n in ahead:
        share = (expected_share(days - n, steps) - now) / max(1e-9, end - now)
        low, likely, high = (
            round(tickets.sold + (q - tickets.sold) * min(1.0, max(0.0, share)), 1)
            for q in (tickets.q10, tickets.q50, tickets.q90)
        )
        found.append([(known.today + timedelta(days=n)).isoformat(), low, likely, high])
    return found
