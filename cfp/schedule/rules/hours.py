"""Rules of the house's hours: rooms are open, talks start on the raster, breaks are free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from cfp.schedule.problem import Level, Problem, Setting, Talk, once_a_problem
from cfp.schedule.rules.board import Board, Spot, merged, opening_minutes
from cfp.schedule.rules.rule import (
    Finding,
    LooksAt,
    Rule,
    TalkRule,
    clock_of,
    quoted,
    room_name,
)
from cfp.sentences import moment, say

QUARTER = 15
HALF_HOUR = 30


@once_a_problem
def open_spans(problem: Problem) -> dict[str, list[tuple[int, int]]]:
    """When each room is open, openings that touch as one."""
    hours = opening_minutes(problem)
    return {room: merged((start, end) for start, end, _ in hours[room]) for room in hours}


@once_a_problem
def raster_starts(problem: Problem) -> dict[str, frozenset[int]]:
    """Every minute at which a talk may start, by room."""
    found: dict[str, set[int]] = {room.id: set() for room in problem.rooms}
    for opening in problem.openings:
        first, last = problem.minute(opening.start), problem.minute(opening.end)
        named = [problem.minute(moment) for moment in opening.raster.starts]
        starts = named or range(first, last, opening.raster.every)
        found[opening.room].update(start for start in starts if first <= start < last)
    return {room: frozenset(starts) for room, starts in found.items()}


@once_a_problem
def break_minutes(problem: Problem) -> dict[str, tuple[int, int, frozenset[str]]]:
    """Breaks by id: from, to, and the rooms that they are about."""
    everywhere = frozenset(problem.room)
    return {
        pause.id: (
            problem.minute(pause.start),
            problem.minute(pause.end),
            pause.rooms or everywhere,
        )
        for pause in problem.breaks
    }


@once_a_problem
def pauses(problem: Problem) -> dict[str | None, list[tuple[int, int]]]:
    """When nobody expects a talk, breaks and closed hours: by room, and (None) common to all."""
    free: dict[str | None, list[tuple[int, int]]] = {}
    for room, spans in open_spans(problem).items():
        breaks = break_minutes(problem).values()
        closed = [(start, end) for start, end, named in breaks if room in named]
        closed += [(before[1], after[0]) for before, after in pairwise(spans)]
        free[room] = merged(closed)
    common = set.intersection(*map(set, free.values())) if free else set()
    return free | {None: sorted(common)}


def idle_quarters(spots: list[Spot], free: list[tuple[int, int]]) -> int:
    """Quarters of an hour between the first and the last of these talks that hold none of them."""
    if not spots:
        return 0
    first, last = min(spot.start for spot in spots), max(spot.end for spot in spots)
    paused = sum(end - start for start, end in free if first <= start and end <= last)
    idle = last - first - paused - sum(spot.talk.minutes for spot in spots)
    return max(0, idle // QUARTER)


class RoomIsOpen(TalkRule):
    key = "room-open"
    name = say("Talks take place while their room is open")
    looks_at = LooksAt.HOUSE
    physical = True

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        del subject
        spans = open_spans(problem).get(spot.room, ())
        return not any(start <= spot.start and spot.end <= end for start, end in spans)

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        until = moment(problem.moment(spot.end), "time")
        where, begin = room_name(problem, spot.room), clock_of(problem, spot.start)
        return say(
            "%(where)s is not open for %(talk)s on %(begin)s to %(until)s.",
            where=where,
            talk=quoted(spot),
            begin=begin,
            until=until,
        )


class OnTheRaster(TalkRule):
    key = "raster"
    name = say("Talks start on the raster")
    looks_at = LooksAt.HOUSE
    physical = True

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        del subject
        return spot.start not in raster_starts(problem).get(spot.room, ())

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        begin = clock_of(problem, spot.start)
        return say(
            "%(talk)s on %(begin)s does not start on the raster of the room.",
            talk=quoted(spot),
            begin=begin,
        )


class BreaksAreFree(TalkRule):
    key = "breaks"
    name = say("Breaks are free of talks")
    looks_at = LooksAt.HOUSE

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        del talk
        return tuple(break_minutes(problem))

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        start, end, rooms = break_minutes(problem)[subject]
        return spot.room in rooms and spot.start < end and start < spot.end

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        name = next(pause.name for pause in problem.breaks if pause.id == subject)
        return say(
            "%(talk)s on %(begin)s runs into the break “%(name)s”.",
            talk=quoted(spot),
            begin=clock_of(problem, spot.start),
            name=name,
        )


class RoomsRunWithoutGaps(Rule):
    key = "no-gaps"
    name = say("Rooms run without gaps")
    default = Setting(Level.WISH, weight=1, tier=5)

    def findings(self, board: Board) -> Iterator[Finding]:
        for room in board.problem.rooms:
            if room.parallel > 1:
                continue
            for day in board.on_day:
                here = board.on_room_day.get((room.id, day), [])
                idle = idle_quarters(here, pauses(board.problem)[room.id])
                if idle:
                    sentence = say(
                        "%(room)s stands idle for %(n)d minutes on %(day)s.",
                        room=room.name,
                        n=idle * QUARTER,
                        day=moment(day, "day"),
                    )
                    talks = tuple(spot.talk.id for spot in here)
                    yield Finding(idle, sentence, talks, room.id)


class OneRoomStaysEmpty(Rule):
    """Looked at every half hour on the half hour, where at least two rooms are open."""

    key = "slack"
    name = say("One room is left empty at any time, for late changes")
    default = Setting(Level.OFF, weight=1, tier=5)

    def findings(self, board: Board) -> Iterator[Finding]:
        for minute, rooms in half_hours(board.problem).items():
            running = [spot for spot in board.spots if spot.start <= minute < spot.end]
            if rooms <= {spot.room for spot in running}:
                sentence = say(
                    "No room is left empty on %(begin)s.", begin=clock_of(board.problem, minute)
                )
                yield Finding(1, sentence, tuple(spot.talk.id for spot in running), str(minute))


@once_a_problem
def half_hours(problem: Problem) -> dict[int, frozenset[str]]:
    """Every half hour with the rooms that are open and not in a break then, if two or more."""
    found: dict[int, set[str]] = {}
    breaks = break_minutes(problem).values()
    for room, spans in open_spans(problem).items():
        for first, last in spans:
            for minute in range(-(-first // HALF_HOUR) * HALF_HOUR, last, HALF_HOUR):
                if not any(s <= minute < e and room in named for s, e, named in breaks):
                    found.setdefault(minute, set()).add(room)
    return {minute: frozenset(rooms) for minute, rooms in found.items() if len(rooms) > 1}
