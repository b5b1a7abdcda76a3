"""Rules for those who listen: what must not, or should not, run at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from cfp.schedule.problem import Level, Problem, Setting, Talk, once_a_problem
from cfp.schedule.rules.board import Board
from cfp.schedule.rules.rule import Finding, Pair, ParallelRule
from cfp.schedule.rules.tracks import AUDIENCE
from cfp.sentences import say

FEW = "few visitors"  # the subject where no talks are named


class NothingBesideAPlenary(ParallelRule):
    key = "plenary"
    name = say("Nothing runs beside a plenary")
    why = say("nothing runs beside a plenary")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        plenaries = [talk for talk in problem.talks if talk.plenary]
        for number, plenary in enumerate(plenaries):
            for other in problem.talks:
                if other not in plenaries[: number + 1]:
                    yield plenary, other, 1


class SponsoredTalksNotInParallel(ParallelRule):
    key = "sponsored-apart"
    name = say("Sponsored talks do not run in parallel")
    why = say("both are sponsored")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        for a, b in combinations([talk for talk in problem.talks if talk.sponsored], 2):
            yield a, b, 1


class WantedTogetherNotInParallel(ParallelRule):
    key = "demand-apart"
    name = say("Talks wanted by the same visitors do not run in parallel")
    default = Setting(Level.WISH, weight=1, tier=AUDIENCE)
    why = say("the same visitors want both")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        told = problem.rules.settings.get(self.key, self.default)
        for pair in problem.demand:
            if pair.told or told.level is Level.WISH:  # what few want is no more than a wish
                yield problem.talk[pair.a], problem.talk[pair.b], pair.weight

    def among(self, board: Board, pairs: Iterable[Pair]) -> Iterator[Finding]:
        """Pairs that few want are counted and not named, lest a visitor could be known by them."""
        untold, few = _untold(board.problem), []
        for found in super().among(board, pairs):
            if found.talks in untold:
                few.append(found.amount)
            else:
                yield found
        if few:
            sentence = say(
                "Pairs of talks that some visitors want both and that run in parallel: %(n)d.",
                n=len(few),
            )
            yield Finding(sum(few), sentence, (), FEW)


@once_a_problem
def _untold(problem: Problem) -> frozenset[tuple[str, ...]]:
    return frozenset((pair.a, pair.b) for pair in problem.demand if not pair.told)


class UnrecordedNotInParallel(ParallelRule):
    """Sleeps where most talks are not recorded: then there is nothing to catch up on anyway."""

    key = "unrecorded-apart"
    name = say("Two talks that are not recorded do not run in parallel")
    default = Setting(Level.WISH, weight=1, tier=AUDIENCE)
    why = say("neither is recorded")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        unrecorded = [talk for talk in problem.talks if not talk.recorded]
        if 2 * len(unrecorded) <= len(problem.talks):
            for a, b in combinations(unrecorded, 2):
                yield a, b, 1
