"""Rules of the tracks: together in one room and one run, apart from their likes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cfp.schedule.problem import Level, Problem, Setting, Talk, once_a_problem
from cfp.schedule.rules.board import Board
from cfp.schedule.rules.hours import QUARTER, idle_quarters, pauses
from cfp.schedule.rules.rule import Finding, OrderRule, ParallelRule, Rule
from cfp.sentences import moment, say

AUDIENCE = 4  # the tier of wishes that visitors feel


@once_a_problem
def tracks(problem: Problem) -> dict[str, list[Talk]]:
    """Tracks with more than one talk, by name."""
    found: dict[str, list[Talk]] = {}
    for talk in problem.talks:
        if talk.track:
            found.setdefault(talk.track, []).append(talk)
    return {track: talks for track, talks in sorted(found.items()) if len(talks) > 1}


class SameTrackNotInParallel(ParallelRule):
    key = "same-track-apart"
    name = say("Talks of one track do not run in parallel")
    default = Setting(Level.WISH, weight=2, tier=AUDIENCE)
    why = say("they belong to one track")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        for talks in tracks(problem).values():
            for a, b in combinations(talks, 2):
                yield a, b, 1


class SimilarTracksNotInParallel(ParallelRule):
    key = "similar-tracks-apart"
    name = say("Similar tracks do not run in parallel")
    default = Setting(Level.WISH, weight=1, tier=AUDIENCE)
    why = say("their tracks have the same audience")

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        of: dict[str | None, list[Talk]] = {}
        for talk in problem.talks:
            of.setdefault(talk.track, []).append(talk)
        for pair in problem.similar_tracks:
            for a in of.get(pair.a, ()):
                for b in of.get(pair.b, ()):
                    if pair.a != pair.b:
                        yield a, b, pair.weight


class BeginnersFirst(OrderRule):
    key = "beginners-first"
    name = say("Beginners' talks come before the advanced ones of their track")
    default = Setting(Level.WISH, weight=1, tier=AUDIENCE)

    def pairs(self, problem: Problem) -> Iterator[tuple[Talk, Talk, int]]:
        for talks in tracks(problem).values():
            for a, b in combinations(talks, 2):
                if a.level is not None and b.level is not None and a.level != b.level:
                    yield (a, b, 1) if a.level < b.level else (b, a, 1)


class TrackInOneRoom(Rule):
    key = "track-one-room"
    name = say("A track stays in one room for the day")
    default = Setting(Level.WISH, weight=3, tier=AUDIENCE)

    def findings(self, board: Board) -> Iterator[Finding]:
        for (track, day), spots in sorted(board.on_track_day.items()):
            hops = len({spot.room for spot in spots}) - 1
            if hops:
                sentence = say(
                    "%(track)s is in %(n)d rooms on %(day)s.",
                    track=track,
                    n=hops + 1,
                    day=moment(day, "day"),
                )
                yield Finding(hops, sentence, tuple(spot.talk.id for spot in spots), track)


class TrackInOneRun(Rule):
    key = "track-one-run"
    name = say("A track runs in one go")
    default = Setting(Level.WISH, weight=1, tier=AUDIENCE)

    def findings(self, board: Board) -> Iterator[Finding]:
        free = pauses(board.problem)[None]
        for (track, day), spots in sorted(board.on_track_day.items()):
            idle = idle_quarters(spots, free)
            if idle:
                sentence = say(
                    "%(track)s is interrupted for %(n)d minutes on %(day)s.",
                    track=track,
                    n=idle * QUARTER,
                    day=moment(day, "day"),
                )
                yield Finding(idle, sentence, tuple(spot.talk.id for spot in spots), track)
