"""What broken wishes cost: a sum for each tier, as no later tier outweighs an earlier one."""

from __future__ import annotations

from cfp.schedule.problem import Problem
from cfp.schedule.rules import book

Cost = list[int]  # by tier, the weightiest first


class Prices:
    """Turns the amount by which a rule is broken into costs by tier."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tiers = book.tiers(problem)

    def nothing(self) -> Cost:
        return [0] * len(self.tiers)

    def of(self, key: str, amount: int) -> Cost:
        cost = self.nothing()
        cost[self.tier(key)] = amount * book.setting(self.problem, key).weight
        return cost

    def tier(self, key: str) -> int:
        """The place of the rule's tier among those in use."""
        return self.tiers.index(book.tier_of(self.problem, key))


def add(total: Cost, cost: Cost) -> None:
    for tier, amount in enumerate(cost):
        total[tier] += amount
