"""What a plan should keep: one function a rule, each adding up by how much it is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ortools.sat.python.cp_model import IntVar, LinearExpr

from cfp.schedule.problem import Talk
from cfp.schedule.rules.days import HOUR, fair_share, popular
from cfp.schedule.rules.hours import half_hours
from cfp.schedule.rules.parts import following_parts
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.rules.rooms import changeover
from cfp.schedule.rules.rule import pair_subject
from cfp.schedule.rules.tracks import tracks
from cfp.schedule.solver.blocks import blocks_hold_one_track
from cfp.schedule.solver.charges import Amounts, Charges
from cfp.schedule.solver.grid import Mask, minutes_of, span_mask
from cfp.schedule.solver.group import group_on
from cfp.schedule.solver.hard import a_part_follows_the_other, berths_of, with_minutes_after
from cfp.schedule.solver.model import Berth, Literal, Model
from cfp.schedule.solver.places import places_cost
from cfp.schedule.solver.runs import (
    a_track_runs_in_one_go,
    days_open_and_close_with_a_popular_talk,
    rooms_run_without_gaps,
)


def charge_for_wishes(model: Model, *, wishes: bool = True) -> Charges:
    """The bill for everything that free talks do; without wishes only for not being placed.

    Strict rules that have no form in `hard` are kept by a price that nobody can pay.
    """
    charges = Charges(model)
    if wishes:
        places_cost(model, charges)
        pairs_are_apart_or_in_order(model, charges)
    for key, rule in WISHES.items():
        if model.grid.strictly(key) or (wishes and model.grid.matters(key)):
            for amount, most in rule(model):
                charges.add(key, amount, most)
    return charges


def pairs_are_apart_or_in_order(model: Model, charges: Charges) -> None:
    """Tracks, demand, levels: what pairs of free talks cost."""
    pairs, cp = model.grid.pairs, model.cp
    for a in model.talks:
        for b, cost in pairs.rather_apart[a].items():
            if a < b and b in model.talks:
                parallel = cp.new_bool_var(f"{a} beside {b}")
                away = [~model.placed[a], ~model.placed[b]]
                cp.add_bool_or(parallel, model.before(a, b), model.before(b, a), *away)
                charges.add_cost(cost, parallel)
        for (first, second), cost in pairs.rather_ordered[a].items():
            if first == a and second in model.talks:
                late = cp.new_bool_var(f"{first} not before {second}")
                away = [~model.placed[first], ~model.placed[second]]
                cp.add_bool_or(late, model.before(first, second), *away)
                charges.add_cost(cost, late)


def nobody_has_more_talks_a_day_than_agreed(model: Model) -> Amounts:
    if model.grid.strictly("talks-per-day"):
        return
    problem = model.grid.problem
    for person in sorted({person for talk in model.talks.values() for person in talk.people}):
        most = most_talks_a_day(problem, person)
        if most is not None and not model.grid.waived("talks-per-day", person):
            yield from _more_than(model, problem.talks_of[person], _always(most))


def _always(most: int) -> Callable[[date], int]:
    return lambda _: most


def parts_follow_each_other(model: Model) -> Amounts:
    if model.grid.strictly("parts-consecutive"):
        return
    for a, b in following_parts(model.grid.problem):
        if model.grid.waived("parts-consecutive", pair_subject(a.id, b.id)):
            continue
        broken = model.cp.new_bool_var(f"{b.id} does not follow {a.id}")
        if a.id in model.talks and b.id in model.talks:
            a_part_follows_the_other(model, a, b, broken)
            yield broken, 1
        elif a.id in model.talks and b.id in model.layout.spots:
            beside = model.layout.starts_before(a, model.layout.spots[b.id])
            _stays_there(model, a, beside, broken)
            yield broken, 1
        elif b.id in model.talks and a.id in model.layout.spots:
            beside = model.layout.starts_after(b, model.layout.spots[a.id])
            _stays_there(model, b, beside, broken)
            yield broken, 1


def _stays_there(model: Model, talk: Talk, beside: tuple[str, Mask], broken: IntVar) -> None:
    """The free part is right beside the fixed one unless the rule is broken."""
    for berth, literal in model.at[talk.id].items():
        starts = model.starts[talk.id][berth] & beside[1] if berth[0] == beside[0] else 0
        domain = model.domain(minutes_of(starts))
        there = model.cp.add_linear_expression_in_domain(model.start[talk.id], domain)
        there.only_enforce_if(literal, ~broken)


def a_track_stays_in_one_room_for_the_day(model: Model) -> Amounts:
    for track, talks in tracks(model.grid.problem).items():
        if model.grid.waived("track-one-room", track):
            continue
        for day in model.grid.problem.days:
            group = group_on(model, day, talks)
            taken = {spot.room for spot in group.fixed}
            used: dict[str, IntVar] = {}
            for talk, _ in group.free:
                for berth, literal in model.at[talk.id].items():
                    room = berth[0]
                    if berth[1] == day and room not in taken:
                        if room not in used:
                            used[room] = model.cp.new_bool_var(f"{track} in {berth}")
                        model.cp.add_implication(literal, used[room])
            if used:
                rooms = sum(used.values())
                yield (rooms if taken else rooms - group.may_exist(model)), len(used)


def popular_talks_are_spread_over_the_days(model: Model) -> Amounts:
    if not model.grid.waived("popular-spread", "Popular talks"):
        talks = popular(model.grid.problem)
        yield from _more_than(model, talks, _share(model, talks))


def every_track_is_spread_evenly_over_the_days(model: Model) -> Amounts:
    for name, talks in tracks(model.grid.problem).items():
        if not model.grid.waived("days-balanced", name):
            yield from _more_than(model, talks, _share(model, talks))


def the_days_are_equally_full(model: Model) -> Amounts:
    problem = model.grid.problem
    total = sum(talk.minutes for talk in problem.talks)
    for day in problem.days:
        group = group_on(model, day, problem.talks)
        room = fair_share(problem, day, total) - sum(s.talk.minutes for s in group.fixed)
        most = sum(talk.minutes for talk, _ in group.free) - room
        if group.free and most >= HOUR and not model.grid.waived("days-full", str(day)):
            minutes = LinearExpr.sum([talk.minutes * at for talk, at in group.free])
            over = model.cp.new_int_var(0, most // HOUR, f"hours too many on {day}")
            model.cp.add(HOUR * over >= minutes - room - (HOUR - 1))
            yield over, most // HOUR


def _share(model: Model, talks: list[Talk]) -> Callable[[date], int]:
    return lambda day: fair_share(model.grid.problem, day, len(talks))


def _more_than(model: Model, talks: list[Talk], most: Callable[[date], int]) -> Amounts:
    """By how many talks each day has more of these than it should."""
    for day in model.grid.problem.days:
        group = group_on(model, day, talks)
        room = most(day) - len(group.fixed)
        worst = len(group.free) - max(0, room)
        if worst > 0:
            over = model.cp.new_int_var(0, worst, f"too many on {day}")
            model.cp.add(over >= sum(group.literals) - max(0, room))
            yield over, worst


def one_room_is_left_empty_at_any_time(model: Model) -> Amounts:
    for minute, rooms in half_hours(model.grid.problem).items():
        if model.grid.waived("slack", str(minute)):
            continue
        spots = model.layout.spots.values()
        taken = {spot.room for spot in spots if spot.start <= minute < spot.end}
        busy: dict[str, IntVar] = {}
        for name, berths in model.at.items():
            for berth, literal in berths.items():
                if berth[0] in rooms - taken and _may_run(model, name, berth, minute):
                    here = busy.setdefault(berth[0], model.cp.new_bool_var(f"{berth} {minute}"))
                    model.cp.add_bool_or(here, ~literal, *_not_running(model, name, minute))
        if len(rooms - taken) == len(busy) > 0:
            full = model.cp.new_bool_var(f"full at {minute}")
            model.cp.add_bool_or(full, *(~here for here in busy.values()))
            yield full, 1


def _may_run(model: Model, name: str, berth: Berth, minute: int) -> bool:
    window = span_mask(minute - model.talks[name].minutes + 1, minute + 1)
    return bool(model.starts[name][berth] & window)


def _not_running(model: Model, name: str, minute: int) -> tuple[IntVar, IntVar]:
    """Literals of which one may be true only if the talk has not begun, or is over, by then."""
    later, over = model.cp.new_bool_var("later"), model.cp.new_bool_var("over")
    model.cp.add(model.start[name] > minute).only_enforce_if(later)
    model.cp.add(model.end(name) <= minute).only_enforce_if(over)
    return later, over


def rooms_stay_free_between_talks(model: Model) -> Amounts:
    """Who comes too soon after a talk counts once; the talks that are fixed as well."""
    if model.grid.strictly("changeover"):
        return
    for room in model.grid.problem.rooms:
        gap = changeover(model.grid.problem, room.id)
        for group in berths_of(model, room.id) if gap else ():
            rushed: list[Literal] = []

            def in_time(name: str, berth: Berth, rushed: list[Literal] = rushed) -> IntVar:
                late, here = model.cp.new_bool_var(f"{name} in time"), model.at[name][berth]
                too_soon = model.cp.new_bool_var(f"after {name} too soon")
                rushed.append(too_soon)
                model.cp.add_bool_or(late, too_soon, ~here)
                return late

            after = with_minutes_after(model, group, gap, where=in_time)
            for spot in model.layout.in_room[room.id].values():
                minutes, late = spot.talk.minutes + gap, model.cp.new_bool_var(spot.talk.id)
                after.append(
                    model.cp.new_optional_fixed_size_interval_var(
                        spot.start, minutes, late, f"{spot.talk.id} and after"
                    )
                )
                rushed.append(~late)
            model.cp.add_no_overlap(after)
            yield LinearExpr.sum(rushed), len(rushed)


WISHES: dict[str, Callable[[Model], Amounts]] = {
    "changeover": rooms_stay_free_between_talks,
    "one-track-a-block": blocks_hold_one_track,
    "talks-per-day": nobody_has_more_talks_a_day_than_agreed,
    "parts-consecutive": parts_follow_each_other,
    "track-one-room": a_track_stays_in_one_room_for_the_day,
    "track-one-run": a_track_runs_in_one_go,
    "popular-spread": popular_talks_are_spread_over_the_days,
    "strong-edges": days_open_and_close_with_a_popular_talk,
    "days-balanced": every_track_is_spread_evenly_over_the_days,
    "days-full": the_days_are_equally_full,
    "no-gaps": rooms_run_without_gaps,
    "slack": one_room_is_left_empty_at_any_time,
}
