"""What a rule is, and the few shapes that rules have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import ClassVar, cast

from cfp.schedule.problem import Level, Problem, Setting, Talk
from cfp.schedule.rules.board import Board, Spot
from cfp.sentences import moment, say

FORBID = Setting(Level.FORBID)
Pair = tuple[str, str, int]  # two talks, and what breaking the rule costs


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a timetable breaks a rule: how badly, in words, and for whom.

    A sentence that takes a while is put together only when somebody wants to read it.
    """

    amount: int
    words: str | Callable[[], str]
    talks: tuple[str, ...]
    subject: str

    @property
    def sentence(self) -> str:
        return self.words if isinstance(self.words, str) else self.words()


class LooksAt(Enum):
    """What of a place a rule for single talks depends on."""

    ROOM = "room"
    TIME = "time"
    PLACE = "room and time"
    HOUSE = "room, time and length, but not which talk it is"


class Rule(ABC):
    """A rule of the book. `name` is what an organiser would say."""

    key: ClassVar[str]
    name: ClassVar[str]
    default: ClassVar[Setting] = FORBID
    # Nobody can be in two rooms: the solver keeps such a rule whatever its level, unless it is off.
    physical: ClassVar[bool] = False

    @abstractmethod
    def findings(self, board: Board) -> Iterator[Finding]:
        """Where this timetable breaks the rule."""


class TalkRule(Rule):
    """A rule that judges the place of one talk without looking at the others."""

    looks_at: ClassVar[LooksAt]

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        """Who or what may object to places of this talk; nobody: the rule is no concern of it."""
        del problem
        return (talk.id,)

    @abstractmethod
    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        """How badly the place breaks the rule for the subject; 0: not at all."""

    @abstractmethod
    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        """The objection in words."""

    def objections(self, problem: Problem, spot: Spot) -> Iterator[Finding]:
        for subject in self.subjects(problem, spot.talk):
            amount = self.amount(problem, spot, subject)
            if amount:
                say = partial(self.sentence, problem, spot, subject)
                yield Finding(amount, say, (spot.talk.id,), subject)

    def findings(self, board: Board) -> Iterator[Finding]:
        for spot in board.spots:
            yield from self.objections(board.problem, spot)


class PairRule(Rule):
    """A rule about two talks and their times."""

    @abstractmethod
    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        """The pairs that it is about, and what breaking it costs."""

    @abstractmethod
    def broken(self, a: Spot, b: Spot) -> bool:
        """Whether the two stand against the rule."""

    @abstractmethod
    def sentence(self, problem: Problem, a: Spot, b: Spot) -> str:
        """The objection in words."""

    def findings(self, board: Board) -> Iterator[Finding]:
        return self.among(board, self._all_pairs(board.problem))

    def findings_of(self, board: Board, talk: str) -> Iterator[Finding]:
        """Those that the talk has a part in."""
        return self.among(board, self._pairs_of(board.problem).get(talk, ()))

    def among(self, board: Board, pairs: Iterable[Pair]) -> Iterator[Finding]:
        """Where the timetable breaks the rule for these pairs."""
        spots = board.spot
        for first, second, amount in pairs:
            a, b = spots.get(first), spots.get(second)
            if a and b and self.broken(a, b):
                names = (first, second)
                say = partial(self.sentence, board.problem, a, b)
                yield Finding(amount, say, names, pair_subject(*names))

    def _all_pairs(self, problem: Problem) -> list[Pair]:
        """The pairs by the names of their talks, remembered: the editor asks at every move."""
        known = problem.worked_out
        if self not in known:
            known[self] = [(a.id, b.id, amount) for a, b, amount in self.pairs(problem)]
        return cast("list[Pair]", known[self])

    def _pairs_of(self, problem: Problem) -> dict[str, list[Pair]]:
        """The pairs that each talk is in."""
        known = problem.worked_out
        if (self, "by talk") not in known:
            found: dict[str, list[Pair]] = {}
            for pair in self._all_pairs(problem):
                for talk in pair[:2]:
                    found.setdefault(talk, []).append(pair)
            known[self, "by talk"] = found
        return cast("dict[str, list[Pair]]", known[self, "by talk"])


class ParallelRule(PairRule):
    """Two talks that should not run at the same time."""

    def broken(self, a: Spot, b: Spot) -> bool:
        return a.overlaps(b)

    def sentence(self, problem: Problem, a: Spot, b: Spot) -> str:
        begin = clock_of(problem, max(a.start, b.start))
        return say(
            "%(a)s and %(b)s run in parallel on %(begin)s: %(why)s.",
            a=quoted(a),
            b=quoted(b),
            begin=begin,
            why=self.why,
        )

    why: ClassVar[str]


class OrderRule(PairRule):
    """The first talk should be over when the second begins."""

    def broken(self, a: Spot, b: Spot) -> bool:
        return a.end > b.start

    def sentence(self, problem: Problem, a: Spot, b: Spot) -> str:
        first, second = clock_of(problem, a.start), clock_of(problem, b.start)
        return say(
            "%(a)s (%(first)s) should be over before %(b)s (%(second)s) begins.",
            a=quoted(a),
            first=first,
            b=quoted(b),
            second=second,
        )


def pair_subject(a: str, b: str) -> str:
    """The name of two talks together, in a waiver."""
    return " + ".join(sorted((a, b)))


def quoted(spot: Spot) -> str:
    return f"“{spot.talk.title}”"


def clock_of(problem: Problem, minute: int) -> str:
    return moment(problem.moment(minute))


def room_name(problem: Problem, room: str) -> str:
    known = problem.room.get(room)
    return known.name if known else room
