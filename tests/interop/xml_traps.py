"""What apps stumble over in schedule.xml, looked for without the published schema."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from xml.etree import ElementTree as ET

ONCE = {
    *("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug"),
    *("track", "logo", "persons", "language", "description", "recording", "links"),
    *("attachments", "url", "feedback_url", "origin_url"),
}
NEEDED = {"room", "title", "type", "date", "start", "duration", "abstract", "track"}
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
DATE = r"\d{4}-\d{2}-\d{2}"
WITH_OFFSET = DATE + r"T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}"


def traps(data: bytes) -> list[str]:
    """Every trap that the file falls into; an empty list is a file for every app."""
    root = ET.fromstring(data)  # noqa: S314  (we wrote it ourselves)
    order = [child.tag for child in root]
    found = (
        [] if re.fullmatch(r"generator url version conference( day)+", " ".join(order)) else order
    )
    found += _head(root.find("conference"))
    days = root.findall("day")
    events = root.findall("day/room/event")
    found += _repeated("index", [day.get("index") for day in days])
    for name in ("id", "guid", "code"):
        found += _repeated(name, [e.get(name) for e in events if e.get(name) is not None])
    found += _repeated("slug", [event.findtext("slug") for event in events])
    for day in days:
        found += _day(day)
    for event in events:
        found += _event(event)
    return found


def _repeated(name: str, values: list[str | None]) -> list[str]:
    return [f"{name} {value} repeats" for value, n in Counter(values).items() if n > 1]


def _unless(pattern: str, name: str, value: str | None) -> list[str]:
    return [] if re.fullmatch(pattern, value or "") else [f"{name} is {value!r}"]


def _head(conference: ET.Element | None) -> list[str]:
    if conference is None:
        return ["no conference"]
    found = [tag for tag in ("title", "base_url", "time_zone_name") if not conference.findtext(tag)]
    found += _unless(r"[a-z0-9_-]{4,}", "acronym", conference.findtext("acronym"))
    found += _unless(DATE, "start", conference.findtext("start"))
    found += _unless(DATE, "end", conference.findtext("end"))
    found += _unless(r"\d+", "days", conference.findtext("days"))
    found += _unless(r"\d\d:\d\d", "raster", conference.findtext("timeslot_duration"))
    tracks = conference.findall("track")
    for track in tracks:
        found += _unless(r"[a-z][a-z0-9-]+", "track's slug", track.get("slug"))
        found += _unless(r"#[0-9a-f]{6}", "track's colour", track.get("color"))
        found += _unless(r".+", "track's name", track.get("name"))
    return found + _repeated("track's slug", [track.get("slug") for track in tracks])


def _day(day: ET.Element) -> list[str]:
    found = _unless(DATE, "date", day.get("date"))
    for name in ("start", "end"):
        found += _unless(WITH_OFFSET, name, day.get(name))
    first, last = (datetime.fromisoformat(day.get(name, "")) for name in ("start", "end"))
    for room in day:
        found += _unless(r".+", "room's name", room.get("name"))
        found += _unless(UUID, "room's guid", room.get("guid"))
        for event in room:
            starts = datetime.fromisoformat(event.findtext("date", ""))
            hours, minutes = event.findtext("duration", "").split(":")
            ends = starts.timestamp() + int(hours) * 3600 + int(minutes) * 60
            if starts < first or ends > last.timestamp():
                found.append(f"{event.get('id')} lies outside its day")
            if starts.strftime("%H:%M") != event.findtext("start"):
                found.append(f"{event.get('id')} starts twice")
    return found


def _event(event: ET.Element) -> list[str]:
    tags = [child.tag for child in event]
    found = _repeated("element", list(tags))
    found += [f"no {tag}" for tag in NEEDED - set(tags)] + [f"odd {t}" for t in set(tags) - ONCE]
    found += _unless(r"[1-9]\d*", "id", event.get("id"))
    found += _unless(UUID, "guid", event.get("guid"))
    if event.get("code") is not None:
        found += _unless(r"[0-9A-Z]{6}", "code", event.get("code"))
    found += _unless(WITH_OFFSET, "date", event.findtext("date"))
    found += _unless(r"\d\d:\d\d", "duration", event.findtext("duration"))
    found += _unless(r"[a-z0-9_]{4,}-[0-9]{1,6}-[a-z0-9\-_]{4,}", "slug", event.findtext("slug"))
    found += [n for n in ("license", "optout") if event.find(f"recording/{n}") is None]
    for person in event.findall("persons/person"):
        found += _unless(r"[1-9]\d*", "person's id", person.get("id"))
    for link in event.findall("links/link"):
        found += _unless(r"https?://.+", "link", link.get("href"))
    return found + _unless(r"https?://.+", "url", event.findtext("url"))
