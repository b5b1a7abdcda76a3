"""What organisers hold against the rules: the solver plans around it and leaves it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cfp.schedule import rules
from cfp.schedule.problem import (
    Answer,
    Availability,
    Break,
    Level,
    Place,
    Problem,
    Speaker,
    Talk,
    Timetable,
)

GRAVE = frozenset({Level.FORBID, Level.BLOCK_RELEASE})


def held_against_rules(problem: Problem) -> Timetable:
    """Pinned talks that clash where they are: no plan can hold them, and yet they stay."""
    pinned = Timetable(
        (pin.talk, Place(pin.room, pin.start)) for pin in problem.pins if pin.room and pin.start
    )
    found = rules.clashes(problem, pinned)
    names = {name for clash in found if clash.level in GRAVE for name in clash.talks}
    return Timetable((name, place) for name, place in pinned.items() if name in names)


def around(problem: Problem, held: Timetable) -> Problem:
    """The puzzle without these talks: their rooms are taken and their people busy."""
    return replace(
        problem,
        talks=tuple(talk for talk in problem.talks if talk.id not in held),
        pins=tuple(pin for pin in problem.pins if pin.talk not in held),
        breaks=(*problem.breaks, *_taken(problem, held)),
        speakers=tuple(_busy(problem, speaker, held) for speaker in problem.speakers),
    )


def _taken(problem: Problem, held: Timetable) -> Iterator[Break]:
    for name, place in held.items():
        talk = problem.talk[name]
        rooms = frozenset({place.room})
        yield Break(f"held {name}", talk.title, place.start, held.end(talk), rooms)


def _busy(problem: Problem, speaker: Speaker, held: Timetable) -> Speaker:
    walk = timedelta(minutes=problem.walk_minutes)
    talks: list[Talk] = [problem.talk[name] for name in held]
    busy = tuple(
        Availability(held[talk.id].start - walk, held.end(talk) + walk, Answer.NO)
        for talk in talks
        if speaker.id in talk.people
    )
    return replace(speaker, availability=speaker.availability + busy)
