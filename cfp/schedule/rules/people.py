"""Rules of the people on stage: in one place at a time, when they can, as they wish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import combinations

from cfp.schedule.problem import Answer, Level, Problem, Setting, Talk, Wish, once_a_problem
from cfp.schedule.rules.board import Board, Spot, merged
from cfp.schedule.rules.rule import Finding, LooksAt, Rule, TalkRule, clock_of, quoted, room_name
from cfp.sentences import moment, say

PEOPLE = 3  # the tier of wishes about people
MORNING, NIGHT = time(8), time(22)


class OnePlaceAtATime(Rule):
    key = "speaker-once"
    name = say("A speaker is in one place at a time, with minutes to walk")
    physical = True

    def findings(self, board: Board) -> Iterator[Finding]:
        for person, talks in board.problem.talks_of.items():
            if len(talks) > 1:
                for a, b in combinations(board.of(talks), 2):
                    walk = board.problem.walking(a.room, b.room)
                    if a.end + walk > b.start:
                        sentence = self._sentence(board.problem, person, a, b)
                        yield Finding(1, sentence, (a.talk.id, b.talk.id), person)

    @staticmethod
    def _sentence(problem: Problem, person: str, a: Spot, b: Spot) -> str:
        who, begin = problem.speaker[person].name, clock_of(problem, b.start)
        if a.end > b.start:
            return say(
                "%(who)s is wanted in %(a)s and %(b)s at the same time on %(begin)s.",
                who=who,
                a=quoted(a),
                b=quoted(b),
                begin=begin,
            )
        walk = problem.walking(a.room, b.room)
        return say(
            "%(who)s needs %(walk)d minutes from %(here)s to %(there)s between %(a)s and %(b)s"
            " on %(begin)s.",
            who=who,
            walk=walk,
            here=room_name(problem, a.room),
            there=room_name(problem, b.room),
            a=quoted(a),
            b=quoted(b),
            begin=begin,
        )


@once_a_problem
def _answers(problem: Problem) -> dict[str, list[tuple[int, int, Answer]]]:
    """What people said, in minutes; who said nothing is missing."""
    return {
        person: [
            (problem.minute(known.start), problem.minute(known.end), known.answer)
            for known in speaker.availability
        ]
        for person, speaker in problem.speaker.items()
        if speaker.availability or speaker.otherwise is not Answer.YES
    }


def answer_of(problem: Problem, person: str, start: int, end: int) -> Answer:
    """The worst that the person said about any moment of this time."""
    said = [span for span in _answers(problem).get(person, ()) if span[0] < end and start < span[1]]
    answers = {answer for _, _, answer in said}
    otherwise = problem.speaker[person].otherwise
    if otherwise is not Answer.YES:
        known = merged((max(start, first), min(end, last)) for first, last, _ in said)
        answers |= {otherwise} if known != [(start, end)] else set()
    if Answer.NO in answers:
        return Answer.NO
    return Answer.IF_NEED_BE if Answer.IF_NEED_BE in answers else Answer.YES


class _AnswerRule(TalkRule):
    looks_at = LooksAt.TIME

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        return [person for person in talk.people if person in _answers(problem)]


class SpeakersAreAvailable(_AnswerRule):
    key = "availability"
    name = say("Speakers speak when they are available")

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        return answer_of(problem, subject, spot.start, spot.end) is Answer.NO

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        who, begin = problem.speaker[subject].name, clock_of(problem, spot.start)
        return say(
            "%(who)s is not available for %(talk)s on %(begin)s.",
            who=who,
            talk=quoted(spot),
            begin=begin,
        )


class IfNeedBeIsAvoided(_AnswerRule):
    key = "if-need-be"
    name = say("Times that speakers gave as “if need be” are avoided")
    default = Setting(Level.WISH, weight=2, tier=PEOPLE)

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        return answer_of(problem, subject, spot.start, spot.end) is Answer.IF_NEED_BE

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        who, begin = problem.speaker[subject].name, clock_of(problem, spot.start)
        return say(
            "%(who)s would give %(talk)s on %(begin)s only if need be.",
            who=who,
            talk=quoted(spot),
            begin=begin,
        )


@once_a_problem
def _wishes(problem: Problem) -> dict[str, list[Wish]]:
    found: dict[str, list[Wish]] = {}
    for wish in problem.wishes:
        found.setdefault(wish.talk, []).append(wish)
    return found


class SpeakersGetTheirWish(TalkRule):
    key = "wishes"
    name = say("Speakers' wishes are met")
    default = Setting(Level.WISH, weight=1, tier=PEOPLE)
    looks_at = LooksAt.PLACE

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        return (talk.id,) if talk.id in _wishes(problem) else ()

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        return sum(
            wish.weight for wish in _wishes(problem)[subject] if not _met(problem, wish, spot)
        )

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        where, begin = room_name(problem, spot.room), clock_of(problem, spot.start)
        return say(
            "The speaker of %(talk)s wished for something else than %(where)s, %(begin)s.",
            talk=quoted(spot),
            where=where,
            begin=begin,
        )


def _met(problem: Problem, wish: Wish, spot: Spot) -> bool:
    early = wish.start is not None and spot.start < problem.minute(wish.start)
    late = wish.end is not None and spot.end > problem.minute(wish.end)
    return not early and not late and wish.room in {None, spot.room}


class RemoteSpeakersAreAwake(TalkRule):
    """Awake is 8 to 22 o'clock where the speaker is."""

    key = "time-zones"
    name = say("Remote speakers speak between 8 and 22 o'clock of their own time")
    default = Setting(Level.WISH, weight=2, tier=PEOPLE)
    looks_at = LooksAt.TIME

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        return [person for person in talk.people if problem.speaker[person].zone]

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        begin, end = (self._there(problem, minute, subject) for minute in (spot.start, spot.end))
        same_day = begin.date() == end.date()
        return not same_day or begin.time() < MORNING or end.time() > NIGHT

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        there = self._there(problem, spot.start, subject)
        who = problem.speaker[subject].name
        return say(
            "For %(who)s, %(talk)s begins at %(time)s of their own time.",
            who=who,
            talk=quoted(spot),
            time=moment(there, "time"),
        )

    @staticmethod
    def _there(problem: Problem, minute: int, person: str) -> datetime:
        return problem.moment(minute).astimezone(problem.speaker[person].zone)


class NotTooManyTalksADay(Rule):
    key = "talks-per-day"
    name = say("Nobody has more talks a day than agreed")

    def findings(self, board: Board) -> Iterator[Finding]:
        for person, talks in board.problem.talks_of.items():
            most = most_talks_a_day(board.problem, person)
            if most is None or len(talks) <= most:
                continue
            spots = board.of(talks)
            for day in sorted({board.day[spot.talk.id] for spot in spots}):
                there = [spot for spot in spots if board.day[spot.talk.id] == day]
                if len(there) > most:
                    who = board.problem.speaker[person].name
                    sentence = say(
                        "%(who)s has %(n)d talks on %(day)s; at most %(most)d were agreed.",
                        who=who,
                        n=len(there),
                        day=moment(day, "day"),
                        most=most,
                    )
                    names = tuple(spot.talk.id for spot in there)
                    yield Finding(len(there) - most, sentence, names, person)


def most_talks_a_day(problem: Problem, person: str) -> int | None:
    own = problem.speaker[person].talks_per_day
    return problem.talks_per_day if own is None else own
