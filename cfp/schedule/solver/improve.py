"""Large-neighbourhood search: free some talks, solve that small puzzle well, and again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ortools.sat.python import cp_model

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Board
from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.grid import Grid, Mask, span_mask
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Berth, Model
from cfp.schedule.solver.neighbourhoods import NEIGHBOURHOODS, Part
from cfp.schedule.solver.soft import charge_for_wishes

SMALL, LARGE = 6, 60  # talks in a neighbourhood
ELSEWHERE = 3  # rooms and days beside those of the talks themselves
A_WHILE = 1.5  # seconds for one neighbourhood
QUICK = 0.4  # solved to the end in less: the next may be larger

Narrow = Callable[[str, Berth, Mask], Mask]


def improve(best: Best, budget: Budget, rng: Random, enough: Callable[[], bool]) -> None:
    """Until it is enough, or nothing is left to improve; what helps is tried more often."""
    luck = dict.fromkeys(NEIGHBOURHOODS, 1.0)
    size = 2.0 * SMALL
    while best.positions and not best.optimal and not enough():
        board = best.board
        kind = rng.choices(list(luck), list(luck.values()))[0]
        part = kind(rng, board, int(size))
        free = part.talks + rng.sample(best.unplaced, min(len(best.unplaced), SMALL))
        before = budget.used
        narrow = _as_the_part_wants(best, board, part, rng)
        better, finished = solve_part(best, budget, rng, free, narrow)
        luck[kind] = max(0.2, 0.9 * luck[kind] + 0.5 * better)
        if not finished:
            size = max(SMALL, 0.9 * size)
        elif budget.used - before < QUICK:
            size = min(LARGE, 1.03 * size, max(SMALL, len(best.positions)))


def make_room(best: Best, budget: Budget, rng: Random, enough: Callable[[], bool]) -> None:
    """For a talk without a place: pack some room days anew, whatever the wishes say."""
    grid, problem = best.grid, best.grid.problem
    while best.score[0] > best.bound[0] and not enough():
        homeless = [problem.talk[name] for name in best.unplaced]
        homeless = [talk for talk in homeless if grid.starts(talk)]
        if not homeless:
            return
        board = best.board
        berths = _berths_for(grid, rng.choice(homeless), rng)
        there = [s.talk.id for s in board.spots if (s.room, board.day[s.talk.id]) in berths]
        extra = rng.sample(homeless, min(len(homeless), SMALL))
        free = there + [talk.id for talk in extra]
        solve_part(best, budget, rng, free, _within(berths, set(there)), wishes=False)


def solve_part(
    best: Best,
    budget: Budget,
    rng: Random,
    free: list[str],
    narrow: Narrow,
    *,
    wishes: bool = True,
) -> tuple[bool, bool]:
    """Solve anew for some talks while the others stay; says if better, and if to the end."""
    names = dict.fromkeys(free)
    rest = {name: at for name, at in best.positions.items() if name not in names}
    model = Model(best.grid, Layout(best.grid, rest), names, narrow)
    keep_the_strict_rules(model)
    charges = charge_for_wishes(model, wishes=wishes)
    if wishes:
        charges.minimise()
    else:
        charges.place_and_stay()
    model.hint(best.positions)
    solver, status = budget.solve(model.cp, A_WHILE, seed=rng.randrange(1 << 30))
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return False, False
    better = best.offer(rest | model.positions(solver))
    return better, status == cp_model.OPTIMAL


def _as_the_part_wants(best: Best, board: Board, part: Part, rng: Random) -> Narrow:
    """Placed talks may change into each other's rooms and days, and into a few others."""
    mine = {name: (board.spot[name].room, board.day[name]) for name in part.talks}
    starts = {name: 1 << board.spot[name].start for name in part.talks}
    if part.same_berths:
        return lambda talk, berth, mask: mask if mine.get(talk, berth) == berth else 0
    if part.same_times:
        return lambda talk, _berth, mask: mask & starts.get(talk, mask)
    others = _all_berths(best.grid)
    berths = {*mine.values(), *rng.sample(others, min(len(others), ELSEWHERE))}
    return _within(berths, set(mine))


def _within(berths: set[Berth], talks: set[str]) -> Narrow:
    """These talks stay in these rooms on these days."""
    return lambda talk, berth, mask: mask if talk not in talks or berth in berths else 0


def _berths_for(grid: Grid, talk: Talk, rng: Random) -> set[Berth]:
    """Some room days of which at least one could take the talk."""
    others = _all_berths(grid)
    starts = grid.starts(talk)
    able = [
        (room, day)
        for room, mask in starts.items()
        for day, first, last in grid.days[room]
        if mask & span_mask(first, last)
    ]
    return {rng.choice(able), *rng.sample(others, min(len(others), ELSEWHERE))}


def _all_berths(grid: Grid) -> list[Berth]:
    return [(room, day) for room, days in grid.days.items() for day, _, _ in days]
