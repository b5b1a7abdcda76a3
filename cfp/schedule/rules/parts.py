"""Rules of talks in several parts: in order, and one right after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations

from cfp.schedule.problem import Problem, Talk, once_a_problem
from cfp.schedule.rules.board import Board, Spot, day_of
from cfp.schedule.rules.hours import BreaksAreFree, RoomIsOpen, raster_starts
from cfp.schedule.rules.rule import Finding, OrderRule, Rule, pair_subject, quoted, room_name
from cfp.sentences import say


@once_a_problem
def ordered_parts(problem: Problem) -> list[tuple[Talk, Talk]]:
    """Each part with every later one: the order holds also when one between them is left out."""
    courses: dict[str, list[Talk]] = {}
    for talk in problem.talks:
        if talk.part_of:
            courses.setdefault(talk.part_of, []).append(talk)
    pairs: list[tuple[Talk, Talk]] = []
    for parts in courses.values():
        parts.sort(key=lambda talk: (talk.part, talk.id))
        pairs += [(a, b) for a, b in combinations(parts, 2) if a.part < b.part]
    return pairs


def following_parts(problem: Problem) -> list[tuple[Talk, Talk]]:
    """Each part with the one whose number is the next; after a gap nothing follows."""
    return [(a, b) for a, b in ordered_parts(problem) if b.part == a.part + 1]


def next_starts(problem: Problem, talk: Talk, room: str, end: int) -> list[int]:
    """The next possible starts after a part that ends then: at once, or when the room is ready."""
    waits = {0, problem.changeover_minutes}
    found = {_next_start(problem, talk, room, end, wait) for wait in waits}
    return sorted(start for start in found if start is not None)


def _next_start(problem: Problem, talk: Talk, room: str, end: int, wait: int) -> int | None:
    """The first time after the wait, on the same day, at which the house has room for it."""
    here, minute = day_of(problem, Spot(talk, room, end - 1, end)), end + wait
    starts = sorted(raster_starts(problem).get(room, ()))
    for start in starts[bisect_left(starts, minute) :]:
        spot = Spot(talk, room, start, start + talk.minutes)
        if day_of(problem, spot) != here:
            return None
        rules = (RoomIsOpen(), BreaksAreFree())
        if not any(True for rule in rules for _ in rule.objections(problem, spot)):
            return start
    return None


class PartsInOrder(OrderRule):
    key = "parts-in-order"
    name = say("Part one comes before part two")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        for before, after in ordered_parts(problem):
            yield before, after, 1


class PartsFollowEachOther(Rule):
    """In the same room, at its next possible start; a break or a change-over may lie between."""

    key = "parts-consecutive"
    name = say("Parts follow each other in one room")

    def findings(self, board: Board) -> Iterator[Finding]:
        for before, after in following_parts(board.problem):
            a, b = board.spot.get(before.id), board.spot.get(after.id)
            if a and b and not follows(board.problem, a, b):
                where = room_name(board.problem, a.room)
                sentence = say(
                    "%(b)s does not follow right after %(a)s in %(where)s.",
                    b=quoted(b),
                    a=quoted(a),
                    where=where,
                )
                names = (before.id, after.id)
                yield Finding(1, sentence, names, pair_subject(*names))


def follows(problem: Problem, a: Spot, b: Spot) -> bool:
    return a.room == b.room and b.start in next_starts(problem, b.talk, a.room, a.end)
