"""Which talks mind each other: apart, one before the other, parts in a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from cfp.schedule.problem import Problem, Talk
from cfp.schedule.rules import book
from cfp.schedule.rules.parts import following_parts
from cfp.schedule.rules.rule import OrderRule, ParallelRule, pair_subject
from cfp.schedule.solver.prices import Cost, Prices, add


class Pairs:
    """Pairs of talks by the strict rules, and what pairs cost by the wishes."""

    def __init__(self, problem: Problem, prices: Prices) -> None:
        self.problem = problem
        self.prices = prices

    @cached_property
    def apart(self) -> dict[str, set[str]]:
        """Talks that must not run in parallel with the talk."""
        found: dict[str, set[str]] = {talk.id: set() for talk in self.problem.talks}
        for _, a, b, _ in self._of(ParallelRule, strict=True):
            found[a].add(b)
            found[b].add(a)
        return found

    @cached_property
    def ordered(self) -> dict[str, set[tuple[str, str]]]:
        """By talk: pairs of which the first must be over when the second begins."""
        found: dict[str, set[tuple[str, str]]] = {talk.id: set() for talk in self.problem.talks}
        for _, a, b, _ in self._of(OrderRule, strict=True):
            found[a].add((a, b))
            found[b].add((a, b))
        return found

    @cached_property
    def consecutive(self) -> list[tuple[Talk, Talk]]:
        """Parts that must follow each other."""
        key = "parts-consecutive"
        if book.setting(self.problem, key).level not in book.STRICT:
            return []
        pairs = following_parts(self.problem)
        return [
            (a, b) for a, b in pairs if not book.waived(self.problem, key, pair_subject(a.id, b.id))
        ]

    @cached_property
    def rather_apart(self) -> dict[str, dict[str, Cost]]:
        """What it costs when the talk runs in parallel with another; both ways."""
        found: dict[str, dict[str, Cost]] = {talk.id: {} for talk in self.problem.talks}
        for key, a, b, amount in self._of(ParallelRule, strict=False):
            for one, other in ((a, b), (b, a)):
                total = found[one].setdefault(other, self.prices.nothing())
                add(total, self.prices.of(key, amount))
        return found

    @cached_property
    def rather_ordered(self) -> dict[str, dict[tuple[str, str], Cost]]:
        """By talk: what it costs when the first of a pair is not over when the second begins."""
        found: dict[str, dict[tuple[str, str], Cost]] = {t.id: {} for t in self.problem.talks}
        for key, a, b, amount in self._of(OrderRule, strict=False):
            for one in (a, b):
                total = found[one].setdefault((a, b), self.prices.nothing())
                add(total, self.prices.of(key, amount))
        return found

    def _of(self, kind: type[Any], *, strict: bool) -> Iterator[tuple[str, str, str, int]]:
        for rule in book.rules_at(self.problem, book.STRICT if strict else book.COSTLY):
            if isinstance(rule, kind):
                for a, b, amount in rule.pairs(self.problem):
                    if not book.waived(self.problem, rule.key, pair_subject(a.id, b.id)):
                        yield rule.key, a.id, b.id, amount
