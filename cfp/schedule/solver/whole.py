"""The whole puzzle in one model: the most that can be placed, and proofs that it goes no better."""

from __future__ import annotations

from ortools.sat.python import cp_model

from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Model
from cfp.schedule.solver.soft import charge_for_wishes


class Watch(cp_model.CpSolverSolutionCallback):
    """Offers every solution on the way."""

    def __init__(self, model: Model, best: Best) -> None:
        super().__init__()
        self.model = model
        self.best = best

    def on_solution_callback(self) -> None:
        self.best.offer(self.model.positions(self))
        if self.best.optimal:
            self.stop_search()


def prove(best: Best, budget: Budget, seconds: float) -> None:
    """Tier after tier: the least that it can cost, given the least that the earlier ones can.

    Ends at the first tier that is not proven in time; then the bound says nothing about the rest.
    """
    grid, end = best.grid, budget.used + seconds
    model = Model(grid, Layout(grid), grid.problem.talk)
    keep_the_strict_rules(model)
    charges = charge_for_wishes(model)
    bound: list[int] = []
    for tier in charges.all:
        total = cp_model.LinearExpr.sum(tier.terms)
        model.cp.minimize(total)
        model.hint(best.positions)
        solver, status = budget.solve(model.cp, end - budget.used, Watch(model, best))
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
            raise RuntimeError("the model and the rule book do not agree")
        if status != cp_model.UNKNOWN:
            bound.append(round(solver.best_objective_bound))
        best.learn((*bound, *(0 for _ in best.score[len(bound) :])))
        if status != cp_model.OPTIMAL:
            return
        model.cp.add(total <= bound[-1])


def place_all(best: Best, budget: Budget, seconds: float) -> None:
    """As many talks as possible, whatever the wishes say."""
    grid = best.grid
    model = Model(grid, Layout(grid), grid.problem.talk)
    keep_the_strict_rules(model)
    missing = charge_for_wishes(model, wishes=False).missing
    model.cp.minimize(cp_model.LinearExpr.sum(missing.terms))
    model.hint(best.positions)
    solver, status = budget.solve(model.cp, seconds, Watch(model, best))
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        least = round(solver.best_objective_bound)
        best.learn((least, *(0 for _ in best.score[1:])))
