"""The run: a plan at once, then a better one as long as there is time, and how good it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cfp.schedule.problem import Problem, Timetable
from cfp.schedule.rules import book
from cfp.schedule.solver.best import Best, Progress, Score
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.greedy import greedy
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.improve import improve, make_room
from cfp.schedule.solver.reasons import why_unplaced
from cfp.schedule.solver.stay import stay
from cfp.schedule.solver.whole import Proof, place_all


@dataclass(frozen=True, slots=True)
class Result:
    """A plan without strict clashes, what is missing in it and why, and how good it is.

    `objective` and `bound` are scores (see `rules.score`); `cost` is by rule, weighted.
    """

    timetable: Timetable
    unplaced: list[tuple[str, str]]
    cost: dict[str, int]
    objective: Score
    bound: Score
    optimal: bool
    seconds: float
    complete_after: float | None


FOR_STAYING = 0.7  # of the time, at most, for moving as little as possible of what is announced
AT_ONCE = 1.0  # seconds for the first plan
FOR_PLACING = 0.4  # of the time, at most, for placing what is left
FIRST_TURN = 0.5  # seconds of improving before the first try to prove
FOR_PROVING = 0.25  # of a turn
SMALL = 6000  # talks times rooms times days, up to which all may be placed in one model
PROVABLE = 2500  # and up to which a proof is worth a try: its model has all wishes
SMALL_A_SECOND = 400  # and so many for each second that there is
TO_BUILD = 0.004  # seconds for each of them on a busy machine; nothing can stop it


def solve(  # noqa: PLR0913  (all but the problem are said by name)
    problem: Problem,
    *,
    seconds: float,
    start: Timetable | None = None,
    seed: int = 0,
    workers: int = 2,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    deterministic: bool = False,
) -> Result:
    """Always an answer, no worse than what is sound in `start`.

    With `deterministic` a seed gives the same plan on any machine, and `seconds` counts work.
    """
    budget = Budget(seconds, should_stop or (lambda: False), deterministic, workers)
    grid = Grid(problem)
    best = Best(grid, budget, on_progress)
    best.offer_sound_part(grid.positions(start or Timetable()))
    _search(best, budget, Random(seed))  # noqa: S311  (a search needs no secrets)
    timetable = grid.timetable(best.positions)
    return Result(
        timetable=timetable,
        unplaced=[(name, why_unplaced(grid, best.positions, name)) for name in best.unplaced],
        cost=book.cost(problem, timetable),
        objective=best.score,
        bound=best.bound,
        optimal=best.optimal,
        seconds=budget.elapsed,
        complete_after=best.complete_after,
    )


def _search(best: Best, budget: Budget, rng: Random) -> None:
    """At once, then complete, then in longer and longer turns better and proven."""
    size = _size(best.grid)
    small = size <= min(SMALL, SMALL_A_SECOND * budget.seconds)
    if best.grid.announced:
        stay(best, budget, rng, budget.until(FOR_STAYING))
    if best.unplaced:
        _place(best, budget, rng, small=small)
    proof, turn = Proof(best, budget), FIRST_TURN
    while budget.left > 0 and not best.optimal:
        end = budget.used + turn
        improve(best, budget, rng, budget.until(1, end))
        if small and size <= PROVABLE and budget.left > TO_BUILD * size and not best.optimal:
            proof.go_on(FOR_PROVING * turn)
        turn *= 2


def _place(best: Best, budget: Budget, rng: Random, *, small: bool) -> None:
    """A plan at once, then room for what it has no place for."""
    began = FOR_STAYING if best.grid.announced else 0
    if not began:
        best.offer_sound_part(greedy(best.grid, budget.until(0.1, AT_ONCE)).positions)
    share = (1 - began) * FOR_PLACING
    make_room(best, budget, rng, budget.until(began + (share / 2 if small else share)))
    if best.unplaced and small:
        place_all(best, budget, share / 2 * budget.seconds)


def _size(grid: Grid) -> int:
    return len(grid.problem.talks) * sum(len(days) for days in grid.days.values())
