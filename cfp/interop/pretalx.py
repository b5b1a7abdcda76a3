"""Reading pretalx: submissions as its API gives them, or a programme put together from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from cfp.interop.imported import BrokenFile, Imported, ImportedRoom, ImportedTrack, numbered
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_json.parsing import a_dict, a_list, dicts, parse, whole, words
from cfp.sentences import say

_EXPAND = "?expand=speakers,submission_type,track,slots.room"
_STATES = {"canceled": "cancelled"}


@dataclass
class _Found:
    """Rooms, tracks and formats that the submissions bring along."""

    rooms: dict[str, ImportedRoom] = field(default_factory=dict)
    tracks: dict[str, ImportedTrack] = field(default_factory=dict)
    formats: dict[str, int | None] = field(default_factory=dict)


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The submissions in the file: one talk a slot, and one for each without a slot.

    The file is a page ``{count, next, previous, results}``, a list of pages or of submissions,
    or ``{conference, rooms, talks}``. Raises BrokenFile where it is none of these.
    """
    content = parse(data)
    repairs = Repairs()
    if isinstance(a_dict(content).get("talks"), list):
        raws = [_slot_of_programme(talk, n) for n, talk in enumerate(dicts(content["talks"]), 1)]
        return collect(_head(content), sorted(raws, key=_by_time), repairs, zone=zone)
    submissions, complete = _submissions(content, repairs)
    found = _Found()
    raws = [raw for n, one in enumerate(submissions, 1) for raw in _slots(one, n, found, repairs)]
    head = RawHead(
        rooms=tuple(found.rooms.values()),
        tracks=tuple(found.tracks.values()),
        formats=found.formats,
    )
    return collect(head, raws, repairs, zone=zone, complete=complete)


def _submissions(content: Any, repairs: Repairs) -> tuple[list[dict[str, Any]], bool]:
    """All submissions of all pages in the file, and whether these are all there are."""
    pages = dicts(content if isinstance(content, list) else [content])
    if not any("results" in page for page in pages):
        if isinstance(content, list) and pages and all("title" in item for item in pages):
            return pages, True
        raise BrokenFile(
            say(
                "This JSON holds nothing that is known here: no schedule, and no proposals of"
                " pretalx, Sessionize, Papercall or HotCRP."
            )
        )
    if not all(isinstance(page.get("results"), list) for page in pages):
        raise BrokenFile(say("A page in the file holds no results."))
    submissions = [one for page in pages for one in dicts(page["results"])]
    announced = max((whole(page.get("count")) or 0 for page in pages), default=0)
    complete = len(submissions) >= announced and (len(pages) > 1 or not pages[0].get("next"))
    if not complete:
        repairs.tell(
            say(
                "The file is one page of several: %(n)s submissions of %(all)s;"
                " nothing is taken for cancelled because it is missing",
                n=len(submissions),
                all=announced,
            )
        )
    return submissions, complete


def _slots(one: dict[str, Any], number: int, found: _Found, repairs: Repairs) -> Iterator[RawTalk]:
    """A submission in each of its slots, earliest first, or as it is when it has none."""
    talk = _talk(one, number, found, repairs)
    given = a_list(one.get("slots")) or [one.get("slot")]
    slots = sorted((s for s in dicts(given) if s.get("start")), key=lambda s: words(s["start"]))
    if not slots and any(isinstance(slot, int) for slot in given):
        repairs.tell(
            say("Slots are only numbers; ask pretalx for %(more)s", more=_EXPAND), talk.where
        )
    if not slots:
        yield talk
    for slot in slots:
        yield replace(
            talk,
            room=_room(slot.get("room"), found),
            date=words(slot["start"]),
            end=words(slot.get("end")),
            duration=words(slot.get("duration")) or talk.duration,
        )


def _talk(one: dict[str, Any], number: int, found: _Found, repairs: Repairs) -> RawTalk:
    code = words(one.get("code"))
    where = numbered("submission", number, code)
    language = words(one.get("content_locale"))

    def said(name: str) -> str:
        return _text(one.get(name), language)

    state = words(one.get("state"))
    return RawTalk(
        where=where,
        code=code,
        title=said("title"),
        abstract=said("abstract"),
        description=said("description"),
        notes=said("notes"),
        track=_track(one.get("track"), language, found, repairs, where),
        format=_format(one.get("submission_type"), language, found, repairs, where),
        language=language,
        state=_STATES.get(state, state),
        duration=said("duration"),
        do_not_record=said("do_not_record"),
        persons=tuple(_persons(one.get("speakers"), repairs, where)),
        links=tuple(
            (words(link.get("description")), words(link.get("resource")))
            for link in dicts(one.get("resources"))
        ),
    )


def _persons(given: Any, repairs: Repairs, where: str) -> Iterable[RawPerson]:
    if any(isinstance(speaker, str) for speaker in a_list(given)):
        repairs.tell(
            say(
                "Speakers are only codes and were left out; ask pretalx for %(more)s", more=_EXPAND
            ),
            where,
        )
    for person in dicts(given):
        email = words(person.get("email")).strip().lower()
        yield RawPerson(words(person.get("name")), words(person.get("code")), email)


def _text(value: Any, language: str) -> str:
    """Words, or those in the wanted language out of ``{"en": ..., "de": ...}``."""
    if not isinstance(value, dict):
        return words(value)
    wanted = (value.get(language), value.get("en"), *value.values())
    return next(filter(None, map(words, wanted)), "")


def _track(value: Any, language: str, found: _Found, repairs: Repairs, where: str) -> str:
    if isinstance(value, int):
        repairs.tell(
            say(
                "Tracks are only numbers and were left out; ask pretalx for %(more)s", more=_EXPAND
            ),
            where,
        )
        return ""
    expanded = a_dict(value)
    name = _text(expanded.get("name", value), language)
    if name:
        found.tracks.setdefault(name, ImportedTrack(name, "", words(expanded.get("color"))))
    return name


def _format(value: Any, language: str, found: _Found, repairs: Repairs, where: str) -> str:
    if isinstance(value, int):
        repairs.tell(
            say(
                "Formats are only numbers and were left out; ask pretalx for %(more)s", more=_EXPAND
            ),
            where,
        )
        return ""
    expanded = a_dict(value)
    name = _text(expanded.get("name", value), language)
    if name:
        found.formats.setdefault(name, whole(expanded.get("default_duration")))
    return name


def _room(value: Any, found: _Found) -> str:
    expanded = a_dict(value)
    name = _text(expanded.get("name", value), "en") if not isinstance(value, int) else ""
    if name:
        guid = words(expanded.get("uuid")) or words(expanded.get("guid"))
        room = ImportedRoom(name, guid, whole(expanded.get("capacity")))
        found.rooms.setdefault(name, room)
    return name


def _head(content: dict[str, Any]) -> RawHead:
    conference = a_dict(content.get("conference"))
    tracks = [
        item if isinstance(item, dict) else {"name": item} for item in a_list(content.get("tracks"))
    ]
    return RawHead(
        title=words(conference.get("title")),
        acronym=words(conference.get("acronym")),
        start=words(conference.get("start")),
        end=words(conference.get("end")),
        timezone=words(conference.get("time_zone_name")),
        version=words(conference.get("version")),
        rooms=tuple(
            ImportedRoom(
                words(room.get("name")),
                words(room.get("uuid")) or words(room.get("guid")),
                whole(room.get("capacity")),
            )
            for room in dicts(content.get("rooms"))
        ),
        tracks=tuple(ImportedTrack(words(track.get("name"))) for track in tracks),
        formats=dict.fromkeys(map(words, a_list(content.get("types")))),
    )


def _by_time(raw: RawTalk) -> tuple[str, str]:
    return raw.date, raw.room


def _slot_of_programme(talk: dict[str, Any], number: int) -> RawTalk:
    code = words(talk.get("code")) or words(talk.get("id"))

    def said(name: str) -> str:
        return words(talk.get(name))

    return RawTalk(
        where=numbered("talk", number, code),
        guid=said("guid"),
        code=code,
        title=said("title"),
        subtitle=said("subtitle"),
        abstract=said("abstract"),
        description=said("description"),
        track=said("track"),
        format=said("type"),
        language=said("language"),
        state=said("state"),
        room=said("room"),
        date=said("start"),
        end=said("end"),
        duration=said("duration_min"),
        url=said("url"),
        do_not_record=said("do_not_record"),
        persons=tuple(
            RawPerson(words(p.get("name")), words(p.get("id"))) for p in dicts(talk.get("speakers"))
        ),
    )
