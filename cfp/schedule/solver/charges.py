"""What a plan costs in a model: amounts by rule, added up by tier, and one number to minimise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from cfp.schedule.solver.model import Expr, Model
from cfp.schedule.solver.prices import Cost

Amounts = Iterator[tuple[Expr, int]]  # by how much a rule is broken, and the most it can be
EXACT = 1 << 50  # beyond this, numbers are too large for the solver's own arithmetic


@dataclass
class Tier:
    """A sum to minimise, and the most that it can come to."""

    terms: list[Expr] = field(default_factory=list)
    most: int = 0

    def add(self, price: int, amount: Expr, most: int) -> None:
        if price:
            self.terms.append(price * amount)
            self.most += price * most


class Charges:
    """The bill of a model; the first tier is the priority of what is not placed."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.missing = Tier()
        for name, talk in model.talks.items():
            self.missing.add(talk.priority, 1 - model.placed[name], 1)
        self.tiers = [Tier() for _ in model.grid.prices.tiers]

    def add(self, key: str, amount: Expr, most: int) -> None:
        """A rule is broken by this amount; a rule that is strict must not be."""
        if self.model.grid.strictly(key):
            self.model.cp.add(amount <= 0)
        else:
            for tier, price in enumerate(self.model.grid.prices.of(key, 1)):
                self.tiers[tier].add(price, amount, most)

    def add_cost(self, cost: Cost, literal: Expr) -> None:
        """Prices by tier, due if the literal is true."""
        for tier, price in enumerate(cost):
            self.tiers[tier].add(price, literal, 1)

    def place_and_stay(self) -> int:
        """Minimise what is not placed, and among equals how much leaves its announced place.

        Returns what a talk of priority one that is not placed costs.
        """
        moved = [~stays for stays in self._staying()]
        missing = cp_model.LinearExpr.sum(self.missing.terms)
        price = len(moved) + 1
        self.model.cp.minimize(price * missing + cp_model.LinearExpr.sum(moved))
        return price

    def _staying(self) -> Iterator[cp_model.IntVar]:
        """True only for a talk that is where it was announced."""
        model = self.model
        for name in model.talks:
            room, start = model.grid.announced.get(name, ("", 0))
            for berth, starts in model.starts[name].items():
                if berth[0] == room and starts >> start & 1:
                    stays = model.cp.new_bool_var(f"{name} stays")
                    model.cp.add(model.start[name] == start).only_enforce_if(stays)
                    model.cp.add_implication(stays, model.at[name][berth])
                    yield stays

    @property
    def all(self) -> list[Tier]:
        return [self.missing, *self.tiers]

    def minimise(self) -> None:
        """One number in which no tier outweighs an earlier one, as far as numbers go."""
        factor, total = 1, []
        for tier in reversed(self.all):
            total.append(factor * sum(tier.terms))
            factor = min(factor * (tier.most + 1), EXACT // (tier.most + 1))
        self.model.cp.minimize(cp_model.LinearExpr.sum(total))
