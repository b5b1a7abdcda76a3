"""A timetable as the rules look at it: placed talks in minutes, by room, person and day."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cfp.schedule.problem import Place, Problem, Talk, Timetable, once_a_problem


@dataclass(frozen=True, slots=True)
class Spot:
    """A talk at a place; `start` and `end` in minutes of the problem."""

    talk: Talk
    room: str
    start: int
    end: int

    def overlaps(self, other: Spot) -> bool:
        return self.start < other.end and other.start < self.end


def spot_of(problem: Problem, talk: Talk, place: Place) -> Spot:
    start = problem.minute(place.start)
    return Spot(talk, place.room, start, start + talk.minutes)


class Board:
    """All placed talks. Talks that the problem does not know are passed over."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        found = [
            spot_of(problem, problem.talk[name], place)
            for name, place in timetable.items()
            if name in problem.talk
        ]
        self.spots = sorted(found, key=_by_time)
        self.spot = {spot.talk.id: spot for spot in self.spots}

    def plus(self, spot: Spot) -> Board:
        """The same with one talk more."""
        board = Board(self.problem, Timetable())
        board.spots = list(self.spots)
        insort(board.spots, spot, key=_by_time)
        board.spot = self.spot | {spot.talk.id: spot}
        board.day = self.day | {spot.talk.id: day_of(self.problem, spot)}
        return board

    @cached_property
    def in_room(self) -> dict[str, list[Spot]]:
        """Rooms with their talks by time."""
        found: dict[str, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(spot.room, []).append(spot)
        return found

    @cached_property
    def on_day(self) -> dict[date, list[Spot]]:
        found: dict[date, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(self.day[spot.talk.id], []).append(spot)
        return found

    @cached_property
    def on_track_day(self) -> dict[tuple[str, date], list[Spot]]:
        """Tracks, each on each of its days, by time."""
        found: dict[tuple[str, date], list[Spot]] = {}
        for spot in self.spots:
            if spot.talk.track:
                found.setdefault((spot.talk.track, self.day[spot.talk.id]), []).append(spot)
        return found

    @cached_property
    def on_room_day(self) -> dict[tuple[str, date], list[Spot]]:
        found: dict[tuple[str, date], list[Spot]] = {}
        for spot in self.spots:
            found.setdefault((spot.room, self.day[spot.talk.id]), []).append(spot)
        return found

    @cached_property
    def day(self) -> dict[str, date]:
        """The day of each placed talk."""
        return {spot.talk.id: day_of(self.problem, spot) for spot in self.spots}

    def of(self, talks: Iterable[Talk]) -> list[Spot]:
        """Where these talks are, as far as they are placed, by time."""
        found = [self.spot[talk.id] for talk in talks if talk.id in self.spot]
        return sorted(found, key=lambda spot: spot.start)


def _by_time(spot: Spot) -> tuple[int, str, str]:
    return spot.start, spot.room, spot.talk.id


@once_a_problem
def opening_minutes(problem: Problem) -> dict[str, list[tuple[int, int, date]]]:
    """When each room is open and the day that this belongs to, in order."""
    found: dict[str, list[tuple[int, int, date]]] = {room.id: [] for room in problem.rooms}
    for opening in problem.openings:
        start, end = problem.minute(opening.start), problem.minute(opening.end)
        found[opening.room].append((start, end, problem.day_of(opening)))
    return {room: sorted(spans) for room, spans in found.items()}


@once_a_problem
def _days_known(problem: Problem) -> dict[tuple[str, int], date]:
    """Answers of `day_of`, filled as they are asked for."""
    del problem
    return {}


def day_of(problem: Problem, spot: Spot) -> date:
    """The day of the opening that a talk starts in, also past midnight; else its own date."""
    known = _days_known(problem)
    if (spot.room, spot.start) not in known:
        hours = opening_minutes(problem).get(spot.room, ())
        around = (day for start, end, day in hours if start <= spot.start < end)
        own = problem.moment(spot.start).date()
        known[spot.room, spot.start] = next(around, own)
    return known[spot.room, spot.start]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch or overlap become one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
