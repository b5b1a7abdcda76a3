"""Rules of what is already settled: pins, and the plan that people have read."""

from __future__ import annotations

from collections.abc import Iterable

from cfp.schedule.problem import Level, Problem, Setting, Talk
from cfp.schedule.rules.board import Spot, spot_of
from cfp.schedule.rules.rule import LooksAt, TalkRule, clock_of, quoted, room_name
from cfp.sentences import say

FAR = 24  # steps after which farther is no worse
HALF_HOUR = 30
OTHER_ROOM = 2  # as bad as an hour


class PinnedTalksStay(TalkRule):
    key = "pins"
    name = say("Pinned talks stay where they are")
    looks_at = LooksAt.PLACE

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        return (talk.id,) if talk.id in problem.pin else ()

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        return any(
            pin.room not in {None, spot.room}
            or (pin.start is not None and problem.minute(pin.start) != spot.start)
            for pin in problem.pin[subject]
        )

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        pin = problem.pin[subject][0]
        to = [room_name(problem, pin.room)] if pin.room else []
        to += [clock_of(problem, problem.minute(pin.start))] if pin.start else []
        if len(to) == 2:
            return say(
                "%(talk)s is pinned to %(room)s, %(begin)s.",
                talk=quoted(spot),
                room=to[0],
                begin=to[1],
            )
        return say("%(talk)s is pinned to %(place)s.", talk=quoted(spot), place=", ".join(to))


class _PublishedRule(TalkRule):
    looks_at = LooksAt.PLACE

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        return (talk.id,) if talk.id in (problem.published or ()) else ()

    @staticmethod
    def _announced(problem: Problem, talk: Talk) -> Spot:
        assert problem.published is not None  # noqa: S101  (subjects() has looked)
        return spot_of(problem, talk, problem.published[talk.id])

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        was = self._announced(problem, spot.talk)
        where, begin = room_name(problem, was.room), clock_of(problem, was.start)
        return say(
            "%(talk)s was announced for %(where)s, %(begin)s.",
            talk=quoted(spot),
            where=where,
            begin=begin,
        )


class PublishedPlanStays(_PublishedRule):
    key = "published-stays"
    name = say("What is published stays where it is")
    default = Setting(Level.WISH, weight=1, tier=1)

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        del subject
        was = self._announced(problem, spot.talk)
        return (was.room, was.start) != (spot.room, spot.start)


class MovesAreShort(_PublishedRule):
    """Counts half hours (a room counts as two); a day away is as bad as it gets."""

    key = "published-near"
    name = say("What has to move moves a short way")
    default = Setting(Level.WISH, weight=1, tier=2)

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        del subject
        was = self._announced(problem, spot.talk)
        steps = -(-abs(spot.start - was.start) // HALF_HOUR)
        return min(FAR, steps) + (OTHER_ROOM if was.room != spot.room else 0)
