"""Writing schedule.json, version 1: every key that its schema asks for, and no other."""

from __future__ import annotations

import json
import re
from typing import Any

from cfp.interop.imported import OURS
from cfp.interop.released import Release, ReleasedDay, ReleasedSlot
from cfp.interop.released.release import as_uuid
from cfp.interop.released.words import clock_words, track_slugs
from cfp.interop.text import clean, one_line, web_address

_SCHEMA = "https://c3voc.de/schedule/schema.json"
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")  # the names that the schema knows


def write(release: Release) -> bytes:
    """The release as schedule.json; cancelled talks are not in it."""
    content = {
        "$schema": _SCHEMA,
        "generator": {"name": OURS},
        "schedule": {
            "version": one_line(release.version),
            "base_url": f"{release.base_url}/",
            "conference": _conference(release),
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _conference(release: Release) -> dict[str, Any]:
    days = release.days()
    zone = {"time_zone_name": release.timezone} if _ZONE.match(release.timezone) else {}
    slugs = track_slugs(release)
    return {
        "acronym": release.acronym,
        "title": one_line(release.title),
        "start": release.starts_on.isoformat(),
        "end": release.ends_on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": clock_words(release.raster_minutes),
        **zone,
        "url": f"{release.base_url}/",
        "tracks": [
            {"name": one_line(track.name), "slug": slugs[track.name]}
            | ({"color": track.colour} if track.colour else {})
            for track in release.tracks
        ],
        "rooms": [
            {"name": one_line(room.name), "guid": as_uuid(room.guid), "capacity": room.capacity}
            for room in release.rooms
        ],
        "days": [_day(day) for day in days],
    }


def _day(day: ReleasedDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.on.isoformat(),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {
            one_line(name): [_event(slot) for slot in slots] for name, slots in day.rooms.items()
        },
    }


def _event(slot: ReleasedSlot) -> dict[str, Any]:
    talk = slot.talk
    links = [(one_line(link.title), web_address(link.url)) for link in talk.links]
    return {
        "guid": slot.guid,
        **({"code": slot.code} if slot.code else {}),
        "id": talk.slot_id,
        "date": slot.starts_at.isoformat(),
        "start": slot.starts_at.strftime("%H:%M"),
        "end": slot.ends_at.isoformat(),
        "duration": clock_words(talk.minutes),
        "room": one_line(talk.room),
        "slug": slot.slug,
        "url": talk.url,
        "title": one_line(talk.title),
        "subtitle": one_line(talk.subtitle),
        "track": one_line(talk.track) or None,
        "type": one_line(talk.format),
        "language": one_line(talk.language) or None,
        "abstract": clean(talk.abstract),
        "description": clean(talk.description),
        "recording_license": one_line(talk.licence),
        "do_not_record": talk.do_not_record,
        "persons": [
            {"id": person.id, "code": person.code, "public_name": one_line(person.name)}
            for person in talk.speakers
        ],
        "links": [{"title": title or url, "url": url} for title, url in links if url],
        "attachments": [],
    }
