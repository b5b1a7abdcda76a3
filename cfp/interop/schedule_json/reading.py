"""Reading schedule.json, version 1, as frab and pretalx write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cfp.interop.imported import (
    LONGEST_LABEL,
    BrokenFile,
    Imported,
    ImportedRoom,
    ImportedTrack,
)
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_json.parsing import a_dict, dicts, parse, whole, words
from cfp.sentences import say


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The programme in the file; ``zone`` is assumed where the file names none.

    Raises BrokenFile where nothing can be read at all.
    """
    content = a_dict(parse(data))
    schedule = content.get("schedule")
    if not isinstance(schedule, dict) or not isinstance(schedule.get("conference"), dict):
        raise BrokenFile(say("The file holds no schedule with a conference."))
    conference = schedule["conference"]
    if not isinstance(conference.get("days"), list):
        raise BrokenFile(say("The conference in the file has no days."))
    repairs = Repairs()
    head = replace(
        _head(schedule, conference, repairs),
        generator=words(a_dict(content.get("generator")).get("name")),
    )
    return collect(head, _talks(conference), repairs, zone=zone)


def _head(schedule: dict[str, Any], conference: dict[str, Any], repairs: Repairs) -> RawHead:
    if not words(schedule.get("version")).strip():
        repairs.tell(say("The file has no version"))
    return RawHead(
        title=words(conference.get("title")),
        acronym=words(conference.get("acronym")),
        start=words(conference.get("start")),
        end=words(conference.get("end")),
        timezone=words(conference.get("time_zone_name")),
        raster=words(conference.get("timeslot_duration")),
        base_url=words(conference.get("url")) or words(schedule.get("base_url")),
        version=words(schedule.get("version")),
        rooms=tuple(
            ImportedRoom(
                words(room.get("name")), words(room.get("guid")), whole(room.get("capacity"))
            )
            for room in dicts(conference.get("rooms"))
        ),
        tracks=tuple(
            ImportedTrack(
                words(track.get("name")), words(track.get("slug")), words(track.get("color"))
            )
            for track in dicts(conference.get("tracks"))
        ),
    )


def _talks(conference: dict[str, Any]) -> Iterator[RawTalk]:
    for number, day in enumerate(dicts(conference["days"]), start=1):
        for name, events in a_dict(day.get("rooms")).items():
            room = words(name)
            for place, event in enumerate(dicts(events), start=1):
                where = say(
                    "day %(day)s, %(room)s, talk %(n)s",
                    day=number,
                    room=room[:LONGEST_LABEL],
                    n=place,
                )
                yield _talk(event, words(day.get("date")), room, where)


def _talk(event: dict[str, Any], day: str, room: str, where: str) -> RawTalk:
    def said(name: str) -> str:
        return words(event.get(name))

    return RawTalk(
        where=where,
        title=said("title"),
        guid=said("guid"),
        code=said("code"),
        id=said("id"),
        subtitle=said("subtitle"),
        abstract=said("abstract"),
        description=said("description"),
        track=said("track"),
        format=said("type"),
        language=said("language"),
        room=room or said("room"),
        day=day,
        date=said("date"),
        start=said("start"),
        end=said("end"),
        duration=said("duration"),
        url=said("url") or said("origin_url"),
        do_not_record=said("do_not_record"),
        persons=tuple(_person(person) for person in dicts(event.get("persons"))),
        links=tuple(
            (words(link.get("title")), words(link.get("url"))) for link in dicts(event.get("links"))
        ),
    )


def _person(person: dict[str, Any]) -> RawPerson:
    names = (person.get(name) for name in ("public_name", "name", "full_public_name"))
    ids = (person.get(name) for name in ("code", "guid", "id"))
    return RawPerson(
        next(filter(None, map(words, names)), ""), next(filter(None, map(words, ids)), "")
    )
