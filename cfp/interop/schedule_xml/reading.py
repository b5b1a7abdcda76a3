"""Reading schedule.xml as frab, wafer, pentabarf and pretalx write it, with all its dirt."""

from __future__ import annotations

from collections.abc import Iterator

from cfp.interop.imported import BrokenFile, Imported, ImportedRoom, ImportedTrack
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_xml.tree import Element, parse
from cfp.sentences import say


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The programme in the file; ``zone`` is assumed where the file names none.

    Raises BrokenFile where nothing can be read at all.
    """
    root = parse(data)
    if root.name != "schedule":
        raise BrokenFile(
            say("The file holds “%(name)s”, not a schedule.", name=root.name[:40]), root.where
        )
    repairs = Repairs()
    return collect(_head(root, repairs), _talks(root, repairs), repairs, zone=zone)


def _head(root: Element, repairs: Repairs) -> RawHead:
    conference = root.first("conference")
    if conference is None:
        repairs.tell(say("The file says nothing about the conference"))
        conference = Element("conference", {}, root.line)
    generator = root.first("generator")
    version = root.said("version") or conference.said("release")
    if not version.strip():
        repairs.tell(say("The file has no version"))
    return RawHead(
        title=conference.said("title"),
        acronym=conference.said("acronym"),
        start=conference.said("start"),
        end=conference.said("end"),
        timezone=conference.said("time_zone_name"),
        raster=conference.said("timeslot_duration"),
        base_url=conference.said("base_url") or conference.said("baseurl"),
        version=version,
        day_change=conference.said("day_change"),
        generator=generator.get("name") if generator else "",
        rooms=tuple(
            ImportedRoom(room.get("name"), room.get("guid"))
            for day in root.all("day")
            for room in day.all("room")
        ),
        tracks=tuple(
            ImportedTrack(track.get("name") or track.text, track.get("slug"), track.get("color"))
            for track in (*conference.all("track"), *_nested(conference, "tracks", "track"))
        ),
    )


def _talks(root: Element, repairs: Repairs) -> Iterator[RawTalk]:
    for day in root.all("day"):
        if not (day.get("start") and day.get("end")):
            repairs.tell(say("The day lacks its start or end; its talks say when it is"), day.where)
        for room in day.all("room"):
            for event in room.all("event"):
                yield _talk(event, day, room, repairs)


def _talk(event: Element, day: Element, room: Element, repairs: Repairs) -> RawTalk:
    for name in ("title", "date", "start", "duration", "room", "abstract"):
        if len(event.all(name)) > 1:
            repairs.tell(
                say("The talk has several elements “%(name)s”; the first counts", name=name),
                event.where,
            )
    if event.said("room").strip() not in {"", room.get("name")}:
        repairs.tell(
            say("The talk names another room than it stands in, which counts"), event.where
        )
    recording = event.first("recording")
    return RawTalk(
        where=event.where,
        title=event.said("title"),
        guid=event.get("guid"),
        code=event.get("code"),
        id=event.get("id"),
        subtitle=event.said("subtitle"),
        abstract=event.said("abstract"),
        description=event.said("description"),
        track=event.said("track"),
        format=event.said("type"),
        language=event.said("language"),
        room=room.get("name") or event.said("room"),
        day=day.get("date"),
        date=event.said("date"),
        start=event.said("start"),
        end=event.said("end"),
        duration=event.said("duration"),
        url=event.said("url") or event.said("origin_url"),
        do_not_record=recording.said("optout") if recording else "",
        persons=tuple(
            RawPerson(person.text, person.get("code") or person.get("guid") or person.get("id"))
            for person in _nested(event, "persons", "person")
        ),
        links=tuple((link.text, link.get("href")) for link in _nested(event, "links", "link")),
    )


def _nested(parent: Element, outer: str, inner: str) -> list[Element]:
    return [child for box in parent.all(outer) for child in box.all(inner)]
