"""The JSON that a release froze, as the form that feeds and exports are written from."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cfp.interop.released.release import (
    Release,
    ReleasedPerson,
    ReleasedRoom,
    ReleasedTalk,
    ReleasedTrack,
)

# --track of static/css/tokens.css in the light, for clients that know no OKLCH.
TRACK_COLOURS = (
    *("#2d74ca", "#bc4b37", "#118b48", "#8f57b5", "#9a6a00", "#008589"),
    *("#b64774", "#687f16", "#087fab", "#6e64c8", "#ac5d19", "#6c7581"),
)


def from_content(content: Mapping[str, Any], base_url: str, licence: str = "") -> Release:
    """The release; ``base_url`` is the address of the conference's public pages."""
    base = base_url.rstrip("/")
    conference = content["conference"]
    rooms = {room["id"]: _room(room, base) for room in content["rooms"]}
    tracks = {track["id"]: _track(track) for track in content["tracks"]}

    def talk(given: Mapping[str, Any], *, cancelled: bool = False) -> ReleasedTalk:
        room, track = rooms.get(given["room_id"]), tracks.get(given["track_id"])
        return ReleasedTalk(
            slot_id=given["slot_id"],
            code=given["code"],
            guid=given["guid"],
            title=given["title"],
            subtitle=given["subtitle"],
            abstract=given["abstract"],
            format=given["format"],
            track=track.name if track else "",
            language=given["language"],
            licence=licence,
            do_not_record=not given["recording"],
            url=f"{base}/talk/{given['code']}/",
            room=room.name if room else "",
            starts_at=datetime.fromisoformat(given["starts_at"]),
            ends_at=datetime.fromisoformat(given["ends_at"]),
            speakers=tuple(
                ReleasedPerson(person["id"], person["code"], person["name"])
                for person in given["speakers"]
            ),
            sequence=given["sequence"],
            changed_at=datetime.fromisoformat(given["changed_at"]),
            cancelled=cancelled,
        )

    return Release(
        title=conference["name"],
        slug=conference["slug"],
        timezone=conference["timezone"],
        starts_on=date.fromisoformat(conference["starts_on"]),
        ends_on=date.fromisoformat(conference["ends_on"]),
        venue=", ".join(filter(None, (conference["venue"], conference["city"]))),
        raster_minutes=conference["raster_minutes"],
        base_url=base,
        version=content["version"],
        released_at=datetime.fromisoformat(content["released_at"]),
        rooms=tuple(rooms.values()),
        tracks=tuple(tracks.values()),
        talks=(
            *(talk(given) for given in content["talks"]),
            *(talk(given, cancelled=True) for given in content["cancelled"]),
        ),
    )


def _room(room: Mapping[str, Any], base: str) -> ReleasedRoom:
    guid = room["guid"] or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{base}/room/{room['id']}"))
    return ReleasedRoom(room["name"], guid, room["capacity"])


def _track(track: Mapping[str, Any]) -> ReleasedTrack:
    return ReleasedTrack(track["name"], TRACK_COLOURS[track["colour"] - 1])
