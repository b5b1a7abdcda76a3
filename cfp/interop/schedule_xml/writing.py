"""Writing schedule.xml so that its schema and every known app are content."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cfp.interop.imported import OURS
from cfp.interop.released import Release, ReleasedDay, ReleasedSlot
from cfp.interop.released.release import as_uuid
from cfp.interop.released.words import clock_words, track_slugs
from cfp.interop.text import clean, one_line, web_address


def write(release: Release) -> bytes:
    """The release as schedule.xml; cancelled talks are not in it."""
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name=OURS)
    _say(root, "url", f"{release.base_url}/schedule.xml")
    _say(root, "version", one_line(release.version))
    days = release.days()
    _write_conference(root, release, len(days))
    guids = {room.name: as_uuid(room.guid) for room in release.rooms}
    for day in days:
        _write_day(root, day, guids)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _write_conference(root: ET.Element, release: Release, days: int) -> None:
    conference = ET.SubElement(root, "conference")
    _say(conference, "title", one_line(release.title))
    _say(conference, "acronym", release.acronym)
    _say(conference, "start", release.starts_on.isoformat())
    _say(conference, "end", release.ends_on.isoformat())
    _say(conference, "days", str(days))
    _say(conference, "timeslot_duration", clock_words(release.raster_minutes))
    _say(conference, "base_url", f"{release.base_url}/")
    _say(conference, "time_zone_name", release.timezone)
    slugs = track_slugs(release)
    for track in release.tracks:
        name = one_line(track.name)
        element = ET.SubElement(conference, "track", name=name, slug=slugs[track.name])
        if track.colour:
            element.set("color", track.colour)


def _write_day(root: ET.Element, day: ReleasedDay, guids: dict[str, str]) -> None:
    element = ET.SubElement(
        root,
        "day",
        index=str(day.index),
        date=day.on.isoformat(),
        start=day.starts_at.isoformat(),
        end=day.ends_at.isoformat(),
    )
    for name, slots in day.rooms.items():
        room = ET.SubElement(element, "room", name=one_line(name))
        if name in guids:
            room.set("guid", guids[name])
        for slot in slots:
            _write_slot(room, slot)


def _write_slot(room: ET.Element, slot: ReleasedSlot) -> None:
    talk = slot.talk
    event = ET.SubElement(room, "event", id=str(talk.slot_id), guid=slot.guid)
    if slot.code:
        event.set("code", slot.code)
    _say(event, "room", one_line(talk.room))
    _say(event, "title", one_line(talk.title))
    _say(event, "subtitle", one_line(talk.subtitle))
    _say(event, "type", one_line(talk.format))
    _say(event, "date", slot.starts_at.isoformat())
    _say(event, "start", slot.starts_at.strftime("%H:%M"))
    _say(event, "duration", clock_words(talk.minutes))
    _say(event, "abstract", clean(talk.abstract))
    _say(event, "slug", slot.slug)
    _say(event, "track", one_line(talk.track))
    _write_persons(event, slot)
    _say(event, "language", one_line(talk.language))
    _say(event, "description", clean(talk.description))
    recording = ET.SubElement(event, "recording")
    _say(recording, "license", one_line(talk.licence))
    _say(recording, "optout", "true" if talk.do_not_record else "false")
    links = ET.SubElement(event, "links")
    for link in talk.links:
        if url := web_address(link.url):
            ET.SubElement(links, "link", href=url).text = one_line(link.title) or url
    _say(event, "url", talk.url)


def _write_persons(event: ET.Element, slot: ReleasedSlot) -> None:
    persons = ET.SubElement(event, "persons")
    for person in slot.talk.speakers:
        ET.SubElement(persons, "person", id=str(person.id)).text = one_line(person.name)
