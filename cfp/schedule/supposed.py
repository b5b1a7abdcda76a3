"""The puzzle under a supposition: a speaker cancels, a room is lost, a session moves, more come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cfp.schedule import puzzle
from cfp.schedule.models import Alternative, Supposition
from cfp.schedule.problem import Pin, Problem, Speaker, Talk
from cfp.schedule.puzzle import Programme
from cfp.submissions.models import Submission

PROPOSED = "proposal "  # before the id of a proposal that is no session yet


def problem_if(
    programme: Programme, alternative: Alternative, proposals: Iterable[Submission] = ()
) -> Problem:
    """The draft is what people have read: whatever can stays where it is.

    Sessions that wait for a place go on waiting; what moves would be lost among what is new.
    """
    whole = puzzle.problem_of(programme)
    placed = tuple(talk for talk in whole.talks if talk.id in programme.placed)
    present = _with_talks(whole, placed)
    supposed = alternative.supposed
    change: dict[Supposition, Callable[[], Problem]] = {
        Supposition.SPEAKER_CANCELS: lambda: _without_speaker(present, str(supposed["person"])),
        Supposition.ROOM_IS_LOST: lambda: _without_room(present, supposed),
        Supposition.SESSION_MOVES: lambda: _with_pin(present, supposed),
        Supposition.ALSO_ACCEPTED: lambda: _with_proposals(present, proposals),
    }
    problem = change[alternative.kind]()
    stands = puzzle.timetable_of(programme.placements)
    gone = [name for name in stands if name not in problem.talk]
    return replace(problem, published=stands.without(*gone))


def _without_speaker(problem: Problem, person: str) -> Problem:
    """Sessions that nobody else gives are out; those given together go on."""
    talks = tuple(
        replace(
            talk,
            speakers=tuple(name for name in talk.speakers if name != person),
            chairs=tuple(name for name in talk.chairs if name != person),
        )
        for talk in problem.talks
        if talk.speakers != (person,)
    )
    return _with_talks(problem, talks)


def _without_room(problem: Problem, supposed: Mapping[str, Any]) -> Problem:
    room = str(supposed["room"])
    day = date.fromisoformat(supposed["day"]) if supposed["day"] else None
    lost = [o for o in problem.openings if o.room == room and day in {None, problem.day_of(o)}]
    openings = tuple(opening for opening in problem.openings if opening not in lost)
    spans = [(opening.start, opening.end) for opening in lost]
    pins = tuple(
        pin
        for pin in problem.pins
        if pin.room != room
        or not any(start <= pin.start < end for start, end in spans if pin.start)
    )
    return replace(problem, openings=openings, pins=pins)


def _with_pin(problem: Problem, supposed: Mapping[str, Any]) -> Problem:
    name = str(supposed["talk"])
    there = Pin(name, str(supposed["room"]), datetime.fromisoformat(supposed["start"]))
    return replace(problem, pins=(*(pin for pin in problem.pins if pin.talk != name), there))


def _with_proposals(problem: Problem, proposals: Iterable[Submission]) -> Problem:
    known = {speaker.id for speaker in problem.speakers}
    talks, speakers = list(problem.talks), list(problem.speakers)
    for submission in proposals:
        if submission.format is None:
            continue
        people = [speaker for speaker in submission.speakers if not speaker.declined_at]
        talks.append(
            Talk(
                id=f"{PROPOSED}{submission.id}",
                title=submission.title,
                minutes=submission.format.minutes,
                speakers=tuple(str(speaker.person_id) for speaker in people),
                track=submission.track.name if submission.track else None,
                format=submission.format.name,
                recorded=submission.recording_consent,
            )
        )
        for speaker in people:
            if str(speaker.person_id) not in known:
                known.add(str(speaker.person_id))
                speakers.append(Speaker(str(speaker.person_id), speaker.person.name))
    return replace(problem, talks=tuple(talks), speakers=tuple(speakers))


def _with_talks(problem: Problem, talks: tuple[Talk, ...]) -> Problem:
    """The same problem with these talks only, without pins of others."""
    names = {talk.id for talk in talks}
    return replace(problem, talks=talks, pins=tuple(p for p in problem.pins if p.talk in names))
