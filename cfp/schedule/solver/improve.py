"""Large-neighbourhood search: free some talks, solve that small puzzle well, and again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ortools.sat.python import cp_model

from cfp.schedule.problem import Talk
from cfp.schedule.rules import book
from cfp.schedule.rules.board import Board, Spot
from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.grid import Grid, span_mask
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Berth, Model
from cfp.schedule.solver.soft import charge_for_wishes

SMALL, LARGE = 6, 60  # talks in a neighbourhood
ELSEWHERE = 3  # rooms and days beside those of the talks themselves
A_WHILE = 1.5  # seconds for one neighbourhood
QUICK = 0.4  # solved to the end in less: the next may be larger

Neighbourhood = Callable[[Random, Board, int], list[str]]


def a_day(rng: Random, board: Board, size: int) -> list[str]:
    """Talks of one day."""
    return _some(rng, rng.choice(list(board.on_day.values())), size)


def a_room(rng: Random, board: Board, size: int) -> list[str]:
    """Talks of one room, a run of them."""
    spots = rng.choice(list(board.in_room.values()))
    first = rng.randrange(len(spots))
    return [spot.talk.id for spot in spots[max(0, first - size // 2) : first + size // 2]]


def a_track(rng: Random, board: Board, size: int) -> list[str]:
    """Talks of one track, and what runs beside them."""
    tracks = sorted({spot.talk.track for spot in board.spots if spot.talk.track})
    if not tracks:
        return a_time(rng, board, size)
    track = rng.choice(tracks)
    mine = [spot for spot in board.spots if spot.talk.track == track]
    return _with_company(rng, board, mine, size)


def a_time(rng: Random, board: Board, size: int) -> list[str]:
    """Talks around one moment, in all rooms."""
    centre = rng.choice(board.spots).start
    near = sorted(board.spots, key=lambda spot: (abs(spot.start - centre), spot.talk.id))
    return [spot.talk.id for spot in near[:size]]


def anything(rng: Random, board: Board, size: int) -> list[str]:
    return _some(rng, board.spots, size)


def a_shortfall(rng: Random, board: Board, size: int) -> list[str]:
    """The talks of a wish that is not met, and what runs beside them."""
    found = [
        finding
        for rule in book.rules_at(board.problem, book.COSTLY)
        for finding in rule.findings(board)
    ]
    if not found:
        return anything(rng, board, size)
    talks = rng.choice(found).talks
    return _with_company(rng, board, [board.spot[talk] for talk in talks], size)


def _some(rng: Random, spots: list[Spot], size: int) -> list[str]:
    names = [spot.talk.id for spot in spots]
    return rng.sample(names, min(size, len(names)))


def _with_company(rng: Random, board: Board, spots: list[Spot], size: int) -> list[str]:
    """Up to half of these talks, the rest from those that run at about the same time."""
    chosen = rng.sample(spots, min(len(spots), max(2, size // 2)))
    names = dict.fromkeys(spot.talk.id for spot in chosen)
    beside = [s for s in board.spots if any(s.overlaps(other) for other in chosen)]
    elsewhere = rng.sample(board.spots, min(len(board.spots), size))
    for spot in rng.sample(beside, len(beside))[: size // 2] + elsewhere:
        if len(names) < size:
            names[spot.talk.id] = None
    return list(names)


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (
    a_day,
    a_room,
    a_track,
    a_time,
    anything,
    a_shortfall,
)


def improve(best: Best, budget: Budget, rng: Random, enough: Callable[[], bool]) -> None:
    """Until it is enough, or nothing is left to improve; what helps is tried more often."""
    luck = dict.fromkeys(NEIGHBOURHOODS, 1.0)
    size = 2.0 * SMALL
    while best.positions and not best.optimal and not enough():
        board = Board(best.grid.problem, best.grid.timetable(best.positions))
        kind = rng.choices(list(luck), list(luck.values()))[0]
        free = kind(rng, board, int(size))
        free += rng.sample(best.unplaced, min(len(best.unplaced), SMALL))
        before = budget.used
        better, finished = solve_part(best, budget, rng, free, _where(best, board, free, rng))
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
        board = Board(problem, grid.timetable(best.positions))
        berths = _berths_for(grid, rng.choice(homeless), rng)
        there = [s.talk.id for s in board.spots if (s.room, board.day[s.talk.id]) in berths]
        extra = rng.sample(homeless, min(len(homeless), SMALL))
        free = there + [talk.id for talk in extra]
        solve_part(best, budget, rng, free, dict.fromkeys(there, berths), wishes=False)


def solve_part(
    best: Best,
    budget: Budget,
    rng: Random,
    free: list[str],
    where: dict[str, set[Berth]],
    *,
    wishes: bool = True,
) -> tuple[bool, bool]:
    """Solve anew for some talks while the others stay; says if better, and if to the end."""
    names = dict.fromkeys(free)
    rest = {name: at for name, at in best.positions.items() if name not in names}
    model = Model(best.grid, Layout(best.grid, rest), names, where)
    keep_the_strict_rules(model)
    charge_for_wishes(model, wishes=wishes).minimise()
    model.hint(best.positions)
    solver, status = budget.solve(model.cp, A_WHILE, seed=rng.randrange(1 << 30))
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return False, False
    better = best.offer(rest | model.positions(solver))
    return better, status == cp_model.OPTIMAL


def _where(best: Best, board: Board, free: list[str], rng: Random) -> dict[str, set[Berth]]:
    """Placed talks may change into each other's rooms and days, and into a few others."""
    spots = [board.spot[name] for name in free if name in board.spot]
    berths = {(spot.room, board.day[spot.talk.id]) for spot in spots}
    others = _all_berths(best.grid)
    berths |= set(rng.sample(others, min(len(others), ELSEWHERE)))
    return {spot.talk.id: berths for spot in spots}


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
