"""Rules of the days: a fair share of everything for each, strong openings and endings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cfp.schedule.problem import Level, Problem, Setting, Talk, once_a_problem
from cfp.schedule.rules.board import Board, opening_minutes
from cfp.schedule.rules.rule import Finding, Rule
from cfp.schedule.rules.tracks import tracks
from cfp.sentences import moment, say

HOUR = 60
SHAPE = 5  # the tier of wishes about the shape of the whole


@once_a_problem
def popular(problem: Problem) -> list[Talk]:
    """The fifth of the talks that most people want, as far as that is known."""
    known = [talk for talk in problem.talks if talk.popularity > 0]
    known.sort(key=lambda talk: (-talk.popularity, talk.id))
    return known[: -(-len(known) // 5)]


@once_a_problem
def share_of_day(problem: Problem) -> dict[date, tuple[int, int]]:
    """The minutes that rooms are open on each day, and on all days: a day's share."""
    minutes = dict.fromkeys(problem.days, 0)
    for spans in opening_minutes(problem).values():
        for start, end, day in spans:
            minutes[day] += end - start
    return {day: (open_, sum(minutes.values())) for day, open_ in minutes.items()}


def fair_share(problem: Problem, day: date, total: int) -> int:
    """A day's part of a total, by how long rooms are open; rounded up."""
    part, whole = share_of_day(problem).get(day, (0, 1))
    return -(-total * part // whole)


class _SpreadRule(Rule):
    """Groups that are to be spread over the days; nobody is owed more than a day's share."""

    def groups(self, problem: Problem) -> dict[str, list[Talk]]:
        raise NotImplementedError

    def findings(self, board: Board) -> Iterator[Finding]:
        for name, talks in self.groups(board.problem).items():
            spots = board.of(talks)
            for day in board.problem.days:
                there = [s.talk.id for s in spots if board.day[s.talk.id] == day]
                over = len(there) - fair_share(board.problem, day, len(talks))
                if over > 0:
                    sentence = say(
                        "%(name)s: %(n)d talks on %(day)s, %(over)d more than its share.",
                        name=name,
                        n=len(there),
                        day=moment(day, "day"),
                        over=over,
                    )
                    yield Finding(over, sentence, tuple(there), name)


class TracksAreSpread(_SpreadRule):
    key = "days-balanced"
    name = say("Every track is spread evenly over the days")
    default = Setting(Level.WISH, weight=1, tier=SHAPE)

    def groups(self, problem: Problem) -> dict[str, list[Talk]]:
        return tracks(problem)


class PopularTalksAreSpread(_SpreadRule):
    key = "popular-spread"
    name = say("Popular talks are spread over the days")
    default = Setting(Level.WISH, weight=2, tier=SHAPE)

    def groups(self, problem: Problem) -> dict[str, list[Talk]]:
        return {say("Popular talks"): popular(problem)}


class DaysAreEquallyFull(Rule):
    """Counts hours beyond a day's share of all minutes."""

    key = "days-full"
    name = say("The days are equally full")
    default = Setting(Level.WISH, weight=1, tier=SHAPE)

    def findings(self, board: Board) -> Iterator[Finding]:
        total = sum(talk.minutes for talk in board.problem.talks)
        for day, spots in board.on_day.items():
            minutes = sum(spot.talk.minutes for spot in spots)
            over = minutes - fair_share(board.problem, day, total)
            if over >= HOUR:
                sentence = say(
                    "%(day)s has %(over)d minutes more than its share of the programme.",
                    day=moment(day, "day"),
                    over=over,
                )
                talks = tuple(spot.talk.id for spot in spots)
                yield Finding(over // HOUR, sentence, talks, str(day))


class StrongOpeningsAndEndings(Rule):
    """A day should begin, and end, with one of the popular talks, if there are any."""

    key = "strong-edges"
    name = say("Days open and close with a popular talk")
    default = Setting(Level.WISH, weight=1, tier=SHAPE)

    def findings(self, board: Board) -> Iterator[Finding]:
        wanted = {talk.id for talk in popular(board.problem)}
        for day, spots in board.on_day.items():
            first, last = min(spot.start for spot in spots), max(spot.end for spot in spots)
            when = moment(day, "day")
            opens = [spot.talk.id for spot in spots if spot.start == first]
            closes = [spot.talk.id for spot in spots if spot.end == last]
            if wanted and not wanted.intersection(opens):
                yield Finding(
                    1,
                    say("%(day)s opens without a popular talk.", day=when),
                    tuple(opens),
                    str(day),
                )
            if wanted and not wanted.intersection(closes):
                yield Finding(
                    1,
                    say("%(day)s ends without a popular talk.", day=when),
                    tuple(closes),
                    str(day),
                )
