"""What a plan should keep from its first talk to its last: runs without gaps, strong edges."""

from __future__ import annotations

from ortools.sat.python.cp_model import IntVar, LinearExpr

from cfp.schedule.rules.days import popular
from cfp.schedule.rules.hours import QUARTER, pauses
from cfp.schedule.rules.tracks import tracks
from cfp.schedule.solver.charges import Amounts
from cfp.schedule.solver.group import Group, group_at, group_on
from cfp.schedule.solver.model import Model


def a_track_runs_in_one_go(model: Model) -> Amounts:
    problem = model.grid.problem
    for track, talks in tracks(problem).items():
        if not model.grid.waived("track-one-run", track):
            for day in problem.days:
                yield from _idle(model, group_on(model, day, talks), pauses(problem)[None])


def rooms_run_without_gaps(model: Model) -> Amounts:
    problem = model.grid.problem
    for berth in model.berths:
        room = berth[0]
        if problem.room[room].parallel == 1 and not model.grid.waived("no-gaps", room):
            yield from _idle(model, group_at(model, berth), pauses(problem)[room])


def _idle(model: Model, group: Group, free: list[tuple[int, int]]) -> Amounts:
    """Quarters of an hour between the first and the last of some talks that hold none of them."""
    if not group.free:
        return
    cp, (low, high) = model.cp, group.hours
    first, last = group.edges(model)
    paused = []
    for start, end in free:
        if low <= start and end <= high:
            within = cp.new_bool_var("the pause lies between them")
            cp.add(first <= start).only_enforce_if(within)
            cp.add(last >= end).only_enforce_if(within)
            paused.append((end - start) * within)
    busy = LinearExpr.sum([talk.minutes * literal for talk, literal in group.free])
    settled = sum(spot.talk.minutes for spot in group.fixed) + QUARTER - 1
    most = (high - low) // QUARTER
    idle = cp.new_int_var(0, most, "idle quarters")
    cp.add(QUARTER * idle >= last - first - busy - LinearExpr.sum(paused) - settled)
    yield idle, most


def days_open_and_close_with_a_popular_talk(model: Model) -> Amounts:
    problem, cp = model.grid.problem, model.cp
    strong = {talk.id for talk in popular(problem)}
    for day in problem.days:
        group = group_on(model, day, problem.talks)
        if not group.free or not strong or model.grid.waived("strong-edges", str(day)):
            continue
        first, last = group.edges(model)
        opens: list[IntVar] = []
        closes: list[IntVar] = []
        for talk, literal in group.free:
            if talk.id in strong:
                opens.append(cp.new_bool_var(f"{talk.id} opens {day}"))
                closes.append(cp.new_bool_var(f"{talk.id} closes {day}"))
                cp.add_implication(opens[-1], literal)
                cp.add_implication(closes[-1], literal)
                cp.add(model.start[talk.id] <= first).only_enforce_if(opens[-1])
                cp.add(model.end(talk.id) >= last).only_enforce_if(closes[-1])
        for spot in group.fixed:
            if spot.talk.id in strong:
                opens.append(cp.new_bool_var(f"{spot.talk.id} opens {day}"))
                closes.append(cp.new_bool_var(f"{spot.talk.id} closes {day}"))
                cp.add(spot.start <= first).only_enforce_if(opens[-1])
                cp.add(spot.end >= last).only_enforce_if(closes[-1])
        for strong_ones in (opens, closes):
            weak = cp.new_bool_var(f"weak edge of {day}")
            if group.fixed:
                cp.add_bool_or(weak, *strong_ones)
            for literal in group.literals:
                cp.add_bool_or(weak, ~literal, *strong_ones)
            yield weak, 1
