"""Why not everything fits: counts, the smallest contradiction, and the cheapest way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from cfp.schedule.problem import Level, Problem, Setting
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.causes import IN_THE_PROGRAMME, ONCE, Cause, advised, price, said
from cfp.schedule.solver.checks import necessary_checks
from cfp.schedule.solver.greedy import greedy
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.suspects import Suspects, leave_out

FOR_CONTRADICTION = 0.5  # of the time; the rest is for the way out
ONE_TRY = 2.0  # seconds to find out whether one cause is needed


@dataclass(frozen=True, slots=True)
class Statement:
    """A cause in words: something that holds, or (as a repair) the button that gives it up."""

    sentence: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why not everything fits, from the cheapest argument to the deepest.

    `contradiction`: what cannot all be true, none of which could be left out (as far as
    the time went). `repairs`: if all of them are done, everything else fits; `cheapest` says
    whether it is proven that no other set of repairs costs less.
    """

    checks: list[str]
    contradiction: list[Statement]
    repairs: list[Statement]
    cheapest: bool
    everything_fits: bool


def explain(
    problem: Problem,
    *,
    seconds: float = 20,
    should_stop: Callable[[], bool] | None = None,
    deterministic: bool = False,
) -> Explanation:
    """Look for the reasons why not all talks of the problem can be placed."""
    budget = Budget(seconds, should_stop or (lambda: False), deterministic)
    grid = Grid(problem)
    suspects = Suspects(grid)
    causes = _contradiction(suspects, budget)
    repairs, cheapest = _cheapest_repair(suspects, budget)
    return Explanation(
        checks=necessary_checks(grid),
        contradiction=[Statement(said(problem, cause), cause) for cause in causes],
        repairs=[Statement(advised(problem, cause), cause) for cause in repairs],
        cheapest=cheapest,
        everything_fits=cheapest and not repairs,
    )


def repaired(problem: Problem, repairs: Iterable[Statement]) -> Problem:
    """The problem after the organisers gave in."""
    causes = [repair.cause for repair in repairs]
    waivers = problem.rules.waivers | {cause.waiver for cause in causes if cause.waiver}
    left_out = [cause.subject for cause in causes if cause.rule == IN_THE_PROGRAMME]
    lenient = {cause.rule: Setting(Level.WARN) for cause in causes if not cause.subject}
    settings = {**problem.rules.settings, **lenient}
    rules = replace(problem.rules, settings=settings, waivers=frozenset(waivers))
    return leave_out(replace(problem, rules=rules), left_out)


def _contradiction(suspects: Suspects, budget: Budget) -> list[Cause]:
    """Causes that cannot all hold, shrunk by leaving out one after the other."""
    end = FOR_CONTRADICTION * budget.seconds
    core = _core(suspects, budget, list(suspects.literal), end - budget.used)
    if core is None:
        return []
    problem = suspects.grid.problem
    for cause in sorted(core, key=lambda cause: (-price(problem, cause), cause)):
        if cause in core and budget.used < end:
            fewer = [other for other in core if other != cause]
            smaller = _core(suspects, budget, fewer, min(ONE_TRY, end - budget.used))
            core = core if smaller is None else smaller
    return sorted(core, key=lambda cause: (cause.rule == IN_THE_PROGRAMME, cause))


def _core(
    suspects: Suspects, budget: Budget, causes: list[Cause], seconds: float
) -> list[Cause] | None:
    """Some of the causes that contradict each other; None if it is not known that they do."""
    cp = suspects.model.cp
    cp.clear_objective()  # type: ignore[no-untyped-call]
    cp.clear_assumptions()
    cp.add_assumptions([suspects.literal[cause] for cause in causes])
    solver, status = budget.solve(cp, seconds, workers=1)
    if status != cp_model.INFEASIBLE:
        return None
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [cause for cause in causes if suspects.literal[cause].index in named]


def _cheapest_repair(suspects: Suspects, budget: Budget) -> tuple[list[Cause], bool]:
    """The causes to give up so that the rest can hold, at the least price; is it proven?"""
    cp, problem = suspects.model.cp, suspects.grid.problem
    cp.clear_assumptions()
    for cause, held in suspects.literal.items():
        if cause.rule == ONCE:
            cp.add(held == 1)
    prices = [price(problem, cause) * (1 - held) for cause, held in suspects.literal.items()]
    cp.minimize(cp_model.LinearExpr.sum(prices))
    suspects.model.hint(greedy(suspects.grid, lambda: False).positions)
    solver, status = budget.solve(cp, budget.left)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return [], False
    given_up = [c for c, held in suspects.literal.items() if not solver.boolean_value(held)]
    return sorted(given_up), status == cp_model.OPTIMAL
