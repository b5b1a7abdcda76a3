"""The whole puzzle in one model: the most that can be placed, and proofs that it goes no better."""

from __future__ import annotations

from ortools.sat.python import cp_model

from cfp.schedule.solver.best import Best
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.charges import Charges
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Model
from cfp.schedule.solver.soft import charge_for_wishes

KNOWN = {cp_model.OPTIMAL, cp_model.FEASIBLE}


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


class Proof:
    """Tier after tier: the least that it can cost, given the least that the earlier ones can.

    As long as a tier is not settled, the bound says nothing about those after it.
    """

    def __init__(self, best: Best, budget: Budget) -> None:
        self.best = best
        self.budget = budget
        self.settled: list[int] = []
        self._built: tuple[Model, Charges] | None = None

    def go_on(self, seconds: float) -> None:
        """Work on the first tier that is not settled, and on the next ones, for a while."""
        end = self.budget.used + seconds
        model, charges = self._build()
        while not self.best.optimal and self.budget.used < end and self.budget.left > 0:
            total = cp_model.LinearExpr.sum(charges.all[len(self.settled)].terms)
            if not self._settle(model, total, end - self.budget.used):
                return

    def _build(self) -> tuple[Model, Charges]:
        if self._built is None:
            grid = self.best.grid
            model = Model(grid, Layout(grid), grid.problem.talk)
            keep_the_strict_rules(model)
            self._built = model, charge_for_wishes(model)
        return self._built

    def _settle(self, model: Model, total: cp_model.LinearExpr, seconds: float) -> bool:
        """Find the least total; says if it is proven."""
        model.cp.minimize(total)
        model.hint(self.best.positions)
        solver, status = self.budget.solve(model.cp, seconds, Watch(model, self.best))
        if status == cp_model.INFEASIBLE:
            raise RuntimeError("the model and the rule book do not agree")
        if status not in KNOWN:
            return False
        least = round(solver.best_objective_bound)
        later = len(self.best.score) - len(self.settled) - 1
        self.best.learn((*self.settled, least, *([0] * later)))
        if status == cp_model.OPTIMAL:
            self.settled.append(least)
            model.cp.add(total <= least)
        return status == cp_model.OPTIMAL


def place_all(best: Best, budget: Budget, seconds: float) -> None:
    """As many talks as possible, moving few of the announced ones, whatever other wishes say."""
    grid = best.grid
    model = Model(grid, Layout(grid), grid.problem.talk)
    keep_the_strict_rules(model)
    charges = charge_for_wishes(model, wishes=False)
    price = charges.place_and_stay()
    model.hint(best.positions)
    solver, status = budget.solve(model.cp, seconds, Watch(model, best))
    if status in KNOWN:
        least = max(0, int(solver.best_objective_bound) // price)
        best.learn((least, *(0 for _ in best.score[1:])))
