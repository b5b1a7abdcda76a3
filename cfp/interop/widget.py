"""The schedule as pretalx' widget reads it, which then shows our programme on any site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cfp.interop.released.content import TRACK_COLOURS


def write(content: Mapping[str, Any]) -> bytes:
    """What a release froze: talks, rooms, tracks and speakers, each once, joined by their keys."""
    about = content["conference"]
    zone = ZoneInfo(about["timezone"])
    used = {talk["room_id"] for talk in (*content["talks"], *content["breaks"])}
    said = {
        "version": content["version"],
        "timezone": about["timezone"],
        "event_start": about["starts_on"],
        "event_end": about["ends_on"],
        "talks": [
            *(_talk(talk, zone) for talk in content["talks"]),
            *(_break(n, pause, zone) for n, pause in enumerate(content["breaks"], start=1)),
        ],
        "rooms": [
            {"id": room["id"], "name": {"en": room["name"]}, "description": {"en": ""}}
            for room in content["rooms"]
            if room["id"] in used
        ],
        "tracks": [
            {
                "id": track["id"],
                "name": {"en": track["name"]},
                "description": {"en": ""},
                "color": TRACK_COLOURS[track["colour"] - 1],
            }
            for track in content["tracks"]
        ],
        "speakers": _speakers(content),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _talk(talk: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "code": talk["code"],
        "id": talk["slot_id"],
        "title": talk["title"],
        "abstract": talk["abstract"],
        "speakers": [speaker["code"] for speaker in talk["speakers"]],
        "track": talk["track_id"],
        "start": _local(talk["starts_at"], zone),
        "end": _local(talk["ends_at"], zone),
        "room": talk["room_id"],
        "duration": talk["minutes"],
        "updated": talk["changed_at"],
        "state": None,
        "content_locale": talk["language"],
        "session_type": talk["format"],
        "do_not_record": not talk["recording"],
    }


def _break(number: int, pause: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """A break has no code, and an id that no talk has."""
    return {
        "id": -number,
        "title": {"en": pause["title"]},
        "start": _local(pause["starts_at"], zone),
        "end": _local(pause["ends_at"], zone),
        "room": pause["room_id"],
        "slot_type": "break",
    }


def _speakers(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    people = {
        speaker["code"]: speaker["name"]
        for talk in content["talks"]
        for speaker in talk["speakers"]
    }
    return [
        {
            "code": code,
            "name": name,
            "avatar": None,
            "avatar_thumbnail_default": None,
            "avatar_thumbnail_tiny": None,
        }
        for code, name in people.items()
    ]


def _local(moment: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(moment).astimezone(zone).isoformat()
