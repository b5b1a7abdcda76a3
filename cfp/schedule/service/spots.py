"""The best free places for one talk, judged by the rule book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cfp.schedule.problem import Opening, Place, Problem, Timetable
from cfp.schedule.rules.trial import Trial, Tried

HALF_HOUR = timedelta(minutes=30)
MOST_LOOKED_AT = 24  # a full grid has fewer; of an empty one an even selection is enough


def best_spots(
    problem: Problem, timetable: Timetable, name: str, most: int = 8
) -> list[tuple[Place, int]]:
    """Places in which the talk clashes with nothing, those that suit the wishes best first.

    Each with how many wishes more than now are met there.
    """
    trial, now = Trial(problem, timetable, name), timetable.get(name)
    places = sorted(_free_places(trial, timetable.without(name)), key=_by_time)
    places = [place for place in places if place != now]
    step = -(-len(places) // MOST_LOOKED_AT) or 1
    tried = [(place, trial.at(place)) for place in places[::step]]
    good = sorted((one for one in tried if not one[1].stops), key=_cheapest)
    before = trial.at(now).unmet
    return [(place, before - there.unmet) for place, there in good[:most]]


def _cheapest(tried: tuple[Place, Tried]) -> tuple[tuple[int, ...], tuple[datetime, str]]:
    place, there = tried
    return there.cost, _by_time(place)


def _by_time(place: Place) -> tuple[datetime, str]:
    return place.start, place.room


def _free_places(trial: Trial, others: Timetable) -> Iterator[Place]:
    """Places of the house that are free, as far as one talk can judge for itself."""
    problem, talk = trial.problem, trial.talk
    length = timedelta(minutes=talk.minutes)
    for opening in problem.openings:
        taken = [
            (place.start, others.end(problem.talk[other]))
            for other, place in others.items()
            if place.room == opening.room
        ]
        parallel = problem.room[opening.room].parallel
        for start in _sensible_starts(problem, opening, taken, length):
            place = Place(opening.room, start)
            beside = sum(begin < start + length and start < end for begin, end in taken)
            if beside < parallel and trial.fits(place):
                yield place


def _sensible_starts(
    problem: Problem,
    opening: Opening,
    taken: list[tuple[datetime, datetime]],
    length: timedelta,
) -> set[datetime]:
    """Starts that leave no crumbs: beside something else, at either end, or on the half hour."""
    pauses = [
        (pause.start, pause.end)
        for pause in problem.breaks
        if not pause.rooms or opening.room in pause.rooms
    ]
    edges = [*taken, *pauses]
    starts = {opening.start, opening.end - length}
    starts |= {end for _begin, end in edges} | {begin - length for begin, _end in edges}
    halves = int((opening.end - opening.start) // HALF_HOUR)
    starts |= {opening.start + n * HALF_HOUR for n in range(halves)}
    return {start for start in starts if opening.start <= start <= opening.end - length}
