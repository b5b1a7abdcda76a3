"""One talk tried in many places while all others stay: only what its place changes is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfp.schedule.problem import Level, Place, Problem, Timetable
from cfp.schedule.rules import book
from cfp.schedule.rules.board import Board, Spot, spot_of
from cfp.schedule.rules.changes import PinnedTalksStay
from cfp.schedule.rules.rule import Finding, PairRule, Rule, TalkRule


@dataclass(frozen=True, slots=True)
class Tried:
    """What is wrong with the talk there, the gravest first; what all wishes cost, and how many.

    What the place of the talk cannot change is left out: costs are good for comparing places.
    """

    clashes: tuple[tuple[Level, Finding], ...]
    cost: tuple[int, ...]
    unmet: int

    @property
    def stops(self) -> bool:
        """Whether there is more than a warning."""
        return any(level in book.STRICT for level, _ in self.clashes)


class Trial:
    """A talk in somebody's hand; one's own hand may move what is pinned."""

    def __init__(self, problem: Problem, timetable: Timetable, name: str) -> None:
        self.problem, self.talk = problem, problem.talk[name]
        self._others = Board(problem, timetable.without(name))
        levels = ((level, book.rules_at(problem, {level})) for level in Level)
        self._rules = [
            (level, known)
            for level, rules in levels
            for known in rules
            if level is not Level.OFF and not isinstance(known, PinnedTalksStay)
        ]
        self._tiers = book.tiers(problem)

    def fits(self, place: Place) -> bool:
        """Whether the talk may be there, whatever else is placed."""
        spot = spot_of(self.problem, self.talk, place)
        rules = (known for level, known in self._rules if level in book.STRICT)
        return not any(
            next(self._findings(known, self._others, spot), None)
            for known in rules
            if isinstance(known, TalkRule)
        )

    def at(self, place: Place | None) -> Tried:
        """The talk there, or at the side."""
        spot = spot_of(self.problem, self.talk, place) if place else None
        board = self._others.plus(spot) if spot else self._others
        clashes, cost, unmet = [], dict.fromkeys(self._tiers, 0), 0
        for level, known in self._rules:
            for found in self._findings(known, board, spot):
                if level is not Level.WISH and self.talk.id in found.talks:
                    clashes.append((level, found))
                if level in book.COSTLY:
                    weight = book.setting(self.problem, known.key).weight
                    cost[book.tier_of(self.problem, known.key)] += weight * found.amount
                unmet += level is Level.WISH
        return Tried(tuple(clashes), tuple(cost.values()), unmet)

    def _findings(self, known: Rule, board: Board, spot: Spot | None) -> Iterator[Finding]:
        if isinstance(known, TalkRule):
            found = known.objections(self.problem, spot) if spot else iter(())
        elif isinstance(known, PairRule):
            found = known.findings_of(board, self.talk.id)
        else:
            found = known.findings(board)
        for one in found:
            if not book.waived(self.problem, known.key, one.subject):
                yield one
