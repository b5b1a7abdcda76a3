"""What a release freezes: the whole programme as it is announced, and who is concerned by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cfp.conference.models import Room, Track
from cfp.schedule.diff import Entry
from cfp.schedule.models import Break, BreakKind, Placement
from cfp.schedule.puzzle import Programme, end_of
from cfp.schedule.service.stage import announced_of
from cfp.submissions.models import Speaker, Talk

Content = dict[str, Any]
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of what is looked at before it is released


@dataclass(frozen=True)
class Change:
    """What a release means for one talk of one person; ``before`` or ``after`` may be missing."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def content_of(
    programme: Programme, version: str = "", note: str = "", at: datetime = NEVER
) -> Content:
    """The programme as JSON, told apart from the last release by sequence numbers."""
    conference = programme.conference
    last = programme.last.released_content if programme.last else {"talks": [], "cancelled": []}
    stage = announced_of(programme)
    talks = [
        _talk(programme.talk[name], place) | stage[name] for name, place in programme.placed.items()
    ]
    tracks = {talk.track.id: talk.track for talk in programme.talks if talk.track}
    return {
        "conference": {
            "name": conference.name,
            "slug": conference.slug,
            "timezone": conference.timezone,
            "starts_on": conference.starts_on.isoformat(),
            "ends_on": conference.ends_on.isoformat(),
            "venue": conference.venue,
            "city": conference.city,
            "raster_minutes": conference.raster_minutes,
        },
        "version": version,
        "released_at": _iso(at),
        "note": note,
        "rooms": [_room(room) for room in programme.rooms],
        "tracks": [_track(t) for t in sorted(tracks.values(), key=lambda t: (t.position, t.id))],
        "talks": [_numbered(talk, last, at) for talk in talks],
        "cancelled": _cancelled(talks, last, at),
        "breaks": [_break(pause) for pause in programme.breaks if pause.kind is BreakKind.PAUSE],
    }


def entries_of(content: Content | None) -> dict[str, Entry]:
    """The talks of a version for comparing it with another; rooms by their ids."""
    return {
        str(talk["id"]): Entry(
            title=talk["title"],
            room=str(talk["room_id"]),
            start=datetime.fromisoformat(talk["starts_at"]),
            minutes=talk["minutes"],
        )
        for talk in (content or {"talks": []})["talks"]
    }


def room_names(content: Content | None) -> dict[str, str]:
    return {str(room["id"]): room["name"] for room in (content or {"rooms": []})["rooms"]}


def digest_of(content: Content) -> str:
    """What names this very content, so that whatever was made from it can be kept."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def concerned(before: Content | None, after: Content) -> dict[int, list[Change]]:
    """For each person whose slots are new, elsewhere or gone: what changed, in order of time."""
    then = _slots(before) if before else {}
    now = _slots(after)
    found: dict[int, list[Change]] = {}
    for person in then.keys() | now.keys():
        old, new = then.get(person, {}), now.get(person, {})
        changes = [
            Change(old.get(talk), new.get(talk))
            for talk in old.keys() | new.keys()
            if _where(old.get(talk)) != _where(new.get(talk))
        ]
        if changes:
            found[person] = sorted(changes, key=lambda c: (c.after or c.before or {})["starts_at"])
    return found


def _slots(content: Content) -> dict[int, dict[int, Any]]:
    """Person -> talk -> the talk as it was announced."""
    slots: dict[int, dict[int, Any]] = {}
    for talk in content["talks"]:
        for speaker in talk["speakers"]:
            slots.setdefault(speaker["id"], {})[talk["id"]] = talk
    return slots


def _where(talk: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    return (talk["room_id"], talk["starts_at"], talk["ends_at"]) if talk else None


def _numbered(talk: Content, last: Content, at: datetime) -> Content:
    """The talk with its sequence: 0 at first, one more whenever calendars have to be told."""
    known = {old["id"]: (old, True) for old in last["cancelled"]}
    known |= {old["id"]: (old, False) for old in last["talks"]}
    old, was_cancelled = known.get(talk["id"], (None, False))
    if old is None:
        return talk | {"sequence": 0, "changed_at": _iso(at)}
    talk = talk | _before(old, talk, last)
    if was_cancelled or _told(old) != _told(talk):
        return talk | {"sequence": old["sequence"] + 1, "changed_at": _iso(at)}
    return talk | {"sequence": old["sequence"], "changed_at": old["changed_at"]}


def _before(old: Content, talk: Content, last: Content) -> Content:
    """Where a moved talk was announced before, so that visitors who knew that find it again."""
    if _where(old) == _where(talk):
        return {"before": old["before"]} if "before" in old else {}
    room = room_names(last).get(str(old["room_id"]), "")
    place = {"room": room, "starts_at": old["starts_at"], "ends_at": old["ends_at"]}
    return {"before": place | {"version": last["version"]}}


def _told(talk: Content) -> tuple[Any, ...]:
    """What a calendar shows of a talk: time, room, title, speakers."""
    speakers = [(speaker["id"], speaker["name"]) for speaker in talk["speakers"]]
    return _where(talk), talk["title"], speakers


def _cancelled(talks: list[Content], last: Content, at: datetime) -> list[Content]:
    """Whatever was announced once and is not any more."""
    here = {talk["id"] for talk in talks}
    gone = [
        talk | {"sequence": talk["sequence"] + 1, "changed_at": _iso(at)}
        for talk in last["talks"]
        if talk["id"] not in here
    ]
    return gone + [talk for talk in last["cancelled"] if talk["id"] not in here]


def _talk(talk: Talk, placement: Placement) -> Content:
    return {
        "id": talk.id,
        "slot_id": talk.id,  # one talk has one slot
        "code": talk.code,
        "guid": talk.guid,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "abstract": talk.abstract,
        "format": talk.format.name,
        "minutes": talk.minutes,
        "track_id": talk.track_id,
        "language": talk.language,
        "level": talk.submission.level.value if talk.submission.level else "",
        "recording": talk.recording_consent,
        "room_id": placement.room_id,
        "starts_at": _iso(placement.starts_at),
        "ends_at": _iso(end_of(placement)),
        "speakers": [_speaker(s) for s in talk.submission.speakers if not s.declined_at],
    }


def _speaker(speaker: Speaker) -> Content:
    person = speaker.person
    return {
        "id": person.id,
        "code": person.code,
        "name": person.name,
        "biography": person.biography,
    }


def _room(room: Room) -> Content:
    return {
        "id": room.id,
        "guid": room.guid,
        "name": room.name,
        "capacity": room.capacity,
        "records": room.records,
    }


def _track(track: Track) -> Content:
    return {"id": track.id, "name": track.name, "colour": track.colour}


def _break(pause: Break) -> Content:
    return {
        "title": pause.title,
        "room_id": pause.room_id,
        "starts_at": _iso(pause.starts_at),
        "ends_at": _iso(pause.ends_at),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
