"""The best free places for one talk, judged by the rule book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from cfp.schedule import rules
from cfp.schedule.problem import Level, Opening, Place, Problem, Talk, Timetable

HALF_HOUR = timedelta(minutes=30)
MOST_LOOKED_AT = 24  # a full grid has fewer; of an empty one an even selection is enough
GRAVE = frozenset({Level.FORBID, Level.BLOCK_RELEASE})


def best_spots(problem: Problem, timetable: Timetable, name: str, most: int = 8) -> list[Place]:
    """Places in which the talk clashes with nothing, those that suit the wishes best first."""
    # One's own hand may move what is pinned.
    problem = replace(problem, pins=tuple(pin for pin in problem.pins if pin.talk != name))
    others = timetable.without(name)
    places = sorted(_free_places(problem, others, problem.talk[name]), key=_by_time)
    places = [place for place in places if place != timetable.get(name)]
    step = -(-len(places) // MOST_LOOKED_AT) or 1
    ranked = []
    for place in places[::step]:
        tried = others.moved(name, place)
        clashes = rules.clashes(problem, tried)
        if not any(clash.level in GRAVE and name in clash.talks for clash in clashes):
            ranked.append((rules.score(problem, tried), _by_time(place), place))
    return [place for _score, _time, place in sorted(ranked)[:most]]


def _by_time(place: Place) -> tuple[datetime, str]:
    return place.start, place.room


def _free_places(problem: Problem, others: Timetable, talk: Talk) -> Iterator[Place]:
    """Places of the house that are free, as far as one talk can judge for itself."""
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
            if beside < parallel and not rules.fits(problem, talk, place):
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
