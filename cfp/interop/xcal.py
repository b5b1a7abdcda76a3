"""The schedule as xCal, in the dialect of Pentabarf that conference apps learnt to read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cfp.interop.imported import OURS
from cfp.interop.released import Release, ReleasedSlot, ReleasedTalk
from cfp.interop.released.words import clock_words
from cfp.interop.text import clean, one_line

_PENTABARF = "http://pentabarf.org"
_LOCAL = "%Y%m%dT%H%M%S"


def write(release: Release) -> bytes:
    """The release as xCal; its times are those of the conference, cancelled talks say so."""
    ET.register_namespace("pentabarf", _PENTABARF)
    root = ET.Element("iCalendar")
    calendar = ET.SubElement(root, "vcalendar")
    _say(calendar, "version", "2.0")
    _say(calendar, "prodid", f"-//{OURS}//Schedule//EN")
    _say(calendar, "x-wr-caldesc", one_line(release.title))
    _say(calendar, "x-wr-calname", one_line(release.title))
    _say(calendar, "x-wr-timezone", release.timezone)
    for slot in release.slots():
        _event(calendar, release, slot.talk, slot)
    for talk in release.talks:
        if talk.cancelled:
            _event(calendar, release, talk, None)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _say(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _event(
    calendar: ET.Element, release: Release, talk: ReleasedTalk, slot: ReleasedSlot | None
) -> None:
    event = ET.SubElement(calendar, "vevent")
    _say(event, "method", "PUBLISH")
    _say(event, "uid", slot.guid if slot else talk.guid)
    _say(event, f"{{{_PENTABARF}}}event-id", str(talk.slot_id))
    if slot:
        _say(event, f"{{{_PENTABARF}}}event-slug", slot.slug)
    _say(event, f"{{{_PENTABARF}}}title", one_line(talk.title))
    _say(event, f"{{{_PENTABARF}}}subtitle", one_line(talk.subtitle))
    _say(event, f"{{{_PENTABARF}}}language-code", one_line(talk.language))
    _say(event, "dtstart", talk.starts_at.astimezone(release.zone).strftime(_LOCAL))
    _say(event, "dtend", talk.ends_at.astimezone(release.zone).strftime(_LOCAL))
    _say(event, "duration", clock_words(talk.minutes))
    _say(event, "summary", one_line(talk.title))
    _say(event, "description", clean(talk.abstract))
    _say(event, "class", "PUBLIC")
    _say(event, "status", "CANCELLED" if talk.cancelled else "CONFIRMED")
    _say(event, "categories", one_line(talk.track or talk.format))
    _say(event, "url", talk.url)
    _say(event, "location", one_line(talk.room))
    for speaker in talk.speakers:
        _say(event, "attendee", one_line(speaker.name))
