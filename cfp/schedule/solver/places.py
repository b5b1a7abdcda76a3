"""What the place of each free talk costs: by itself, and beside the talks that are fixed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ortools.sat.python.cp_model import IntVar

from cfp.schedule.problem import Talk
from cfp.schedule.rules.rule import LooksAt, TalkRule
from cfp.schedule.solver.charges import Charges
from cfp.schedule.solver.grid import minutes_of
from cfp.schedule.solver.model import Model
from cfp.schedule.solver.prices import Cost, add

Prices = dict[int, tuple[int, ...]]  # start -> cost by tier


def places_cost(model: Model, charges: Charges) -> None:
    """Wishes about single talks, and about a free talk beside a fixed one."""
    for talk in model.talks.values():
        rules = model.grid.place_wishes(talk)
        anywhere = [rule for rule in rules if rule.looks_at is LooksAt.TIME]
        somewhere = [rule for rule in rules if rule.looks_at is not LooksAt.TIME]
        _times_cost(model, charges, talk, anywhere)
        if somewhere:
            _rooms_cost(model, charges, talk, somewhere)


def _times_cost(model: Model, charges: Charges, talk: Talk, rules: list[TalkRule]) -> None:
    """Costs that depend on the time alone, day by day."""
    windows = list(_beside_fixed(model, talk))
    if not rules and not windows:
        return
    days: dict[date, set[int]] = {}
    for (_, day), mask in model.starts[talk.id].items():
        days.setdefault(day, set()).update(minutes_of(mask))
    for day, starts in days.items():
        literal = model.on_day(talk.id, day)
        prices: Prices = {}
        for start in sorted(starts):
            cost = model.grid.place_cost(talk, "", start, rules)
            for first, after, price in windows:
                if first <= start < after:
                    add(cost, price)
            prices[start] = tuple(cost)
        if literal is not None:
            _charge(model, charges, talk, literal, prices)


def _beside_fixed(model: Model, talk: Talk) -> Iterable[tuple[int, int, Cost]]:
    """Windows of starts at which the talk runs beside, or on the wrong side of, a fixed one."""
    spots, end = model.layout.spots, 1 << 30
    for name, cost in model.grid.pairs.rather_apart[talk.id].items():
        if name in spots:
            yield spots[name].start - talk.minutes + 1, spots[name].end, cost
    for (first, second), cost in model.grid.pairs.rather_ordered[talk.id].items():
        if first == talk.id and second in spots:
            yield spots[second].start - talk.minutes + 1, end, cost
        elif second == talk.id and first in spots:
            yield 0, spots[first].end, cost


def _rooms_cost(model: Model, charges: Charges, talk: Talk, rules: list[TalkRule]) -> None:
    """Costs that depend on the room, and perhaps the time."""
    timeless = all(rule.looks_at is LooksAt.ROOM for rule in rules)
    for berth, literal in model.at[talk.id].items():
        if timeless:
            charges.add_cost(model.grid.place_cost(talk, berth[0], 0, rules), literal)
            continue
        prices = {
            start: tuple(model.grid.place_cost(talk, berth[0], start, rules))
            for start in minutes_of(model.starts[talk.id][berth])
        }
        _charge(model, charges, talk, literal, prices)


def _charge(model: Model, charges: Charges, talk: Talk, literal: IntVar, prices: Prices) -> None:
    """If the literal holds, the price of the start is due; one literal for each price."""
    starts: dict[tuple[int, ...], list[int]] = {}
    for start, cost in prices.items():
        starts.setdefault(cost, []).append(start)
    if len(starts) == 1:
        charges.add_cost(list(next(iter(starts))), literal)
        return
    chosen = []
    for cost, when in starts.items():
        here = model.cp.new_bool_var(f"{talk.id} at price {cost}")
        domain = model.domain(when)
        model.cp.add_linear_expression_in_domain(model.start[talk.id], domain).only_enforce_if(here)
        charges.add_cost(list(cost), here)
        chosen.append(here)
    model.cp.add(sum(chosen) == literal)
