"""From a file to the puzzle: each room is open on a day from its first talk to its last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from cfp.interop.imported import BrokenFile, Imported, ImportedTalk
from cfp.schedule.problem import (
    Opening,
    Place,
    Problem,
    Room,
    SlotRaster,
    Speaker,
    Talk,
    Timetable,
)
from cfp.sentences import say

NIGHT = timedelta(hours=5)  # what begins before five in the morning belongs to the day before
RASTER = 5  # minutes
USUAL = 30  # minutes of a talk of which the file does not say how long it is
SETTLED = 2  # the priority of talks that have a place in the file; of others it is one


@dataclass(frozen=True)
class Puzzle:
    """What is to be planned, and where the file itself has the talks."""

    problem: Problem
    own: Timetable


def puzzle_of(imported: Imported) -> Puzzle:
    """Talks by their keys, rooms by their names, people by theirs; BrokenFile without any room."""
    zone: tzinfo = ZoneInfo(imported.conference.timezone) if imported.conference.timezone else UTC
    placed = [talk for talk in imported.talks if talk.start and talk.room]
    if not placed:
        raise BrokenFile(
            say("No talk of the file has a room and a time, so there are none to plan in.")
        )
    talks = tuple(map(_talk, imported.talks))
    minutes = {talk.id: talk.minutes for talk in talks}
    own = Timetable((talk.key, Place(talk.room, _start(talk, zone))) for talk in placed)
    capacity = {room.name: room.capacity for room in imported.conference.rooms}
    names = dict.fromkeys(talk.room for talk in placed)
    people = {person.key: person.name for talk in imported.talks for person in talk.speakers}
    problem = Problem(
        talks=talks,
        rooms=tuple(Room(name, name, capacity.get(name)) for name in names),
        openings=tuple(_openings(own, minutes)),
        speakers=tuple(Speaker(key, name) for key, name in people.items()),
        zone=zone,
    )
    return Puzzle(problem, own)


def _start(talk: ImportedTalk, zone: tzinfo) -> datetime:
    assert talk.start is not None  # noqa: S101  (only talks that are placed are asked)
    return talk.start.astimezone(zone)


def _talk(talk: ImportedTalk) -> Talk:
    return Talk(
        id=talk.key,
        title=talk.title,
        minutes=talk.minutes or USUAL,
        speakers=tuple(dict.fromkeys(person.key for person in talk.speakers)),
        track=talk.track or None,
        format=talk.format or None,
        recorded=not talk.do_not_record,
        priority=SETTLED if talk.start and talk.room else 1,
    )


def _openings(own: Timetable, minutes: dict[str, int]) -> Iterator[Opening]:
    spans: dict[tuple[str, date], list[tuple[datetime, datetime]]] = {}
    for talk, place in own.items():
        day = (place.start - NIGHT).date()
        end = place.start + timedelta(minutes=minutes[talk])
        spans.setdefault((place.room, day), []).append((place.start, end))
    for (room, _), times in sorted(spans.items()):
        first, last = min(start for start, _ in times), max(end for _, end in times)
        yield Opening(room, first.astimezone(UTC), last.astimezone(UTC), SlotRaster(RASTER))
