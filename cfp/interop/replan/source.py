"""The file to plan from: what other systems write, and a plain list of talks in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cfp.interop import reading
from cfp.interop.imported import (
    BrokenFile,
    Imported,
    ImportedConference,
    ImportedPerson,
    ImportedRoom,
    ImportedTalk,
    within_size,
)
from cfp.sentences import say


def read(filename: str, data: bytes) -> Imported:
    """The file in whichever format it has; BrokenFile where it has none that is known."""
    told = _plain(data) if filename.lower().endswith(".json") else None
    return reading.read(filename, data) if told is None else _from_plain(told)


def _plain(data: bytes) -> Mapping[str, Any] | None:
    """The document, if it is a list of talks with ``duration_min``."""
    try:
        told = json.loads(within_size(data))
    except ValueError:
        return None
    talks = told.get("talks") if isinstance(told, dict) else None
    if not isinstance(talks, list) or not talks:
        return None
    known = all(isinstance(talk, dict) and "duration_min" in talk for talk in talks)
    return told if known else None


def _from_plain(told: Mapping[str, Any]) -> Imported:
    about = told.get("conference") or {}
    zone = str(about.get("time_zone_name") or "")
    try:
        talks = tuple(_talk(number, row, zone or "UTC") for number, row in enumerate(told["talks"]))
        rooms = tuple(
            ImportedRoom(str(row["name"]), capacity=row.get("capacity"))
            for row in told.get("rooms") or ()
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenFile(
            say("The list of talks is not as it should be."), str(error)[:80]
        ) from error
    title, acronym = str(about.get("title") or ""), str(about.get("acronym") or "")
    conference = ImportedConference(title=title, acronym=acronym, timezone=zone, rooms=rooms)
    return Imported(conference, talks)


def _talk(number: int, row: Mapping[str, Any], zone: str) -> ImportedTalk:
    start = datetime.fromisoformat(row["start"]) if row.get("start") else None
    if start is not None:
        start = (start if start.tzinfo else start.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    people = [
        ImportedPerson(str(person.get("id") or person["name"]), str(person["name"]))
        for person in row.get("speakers") or ()
    ]
    return ImportedTalk(
        key=f"{row.get('id')}#{number}",
        title=str(row["title"]),
        track=str(row.get("track") or ""),
        format=str(row.get("type") or ""),
        minutes=int(row["duration_min"]) if row["duration_min"] else None,
        speakers=tuple(people),
        room=str(row.get("room") or ""),
        start=start,
        abstract=str(row.get("abstract") or ""),
    )
