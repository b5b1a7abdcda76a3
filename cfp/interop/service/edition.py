"""The edition that a file fills: its rooms, tracks and formats, found by name or added."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime, timedelta

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Conference, Format, Membership, Room, Track
from cfp.db import db
from cfp.errors import Refused
from cfp.interop.imported import Imported, ImportedRoom, ImportedTalk
from cfp.people.models import Person

USUAL_MINUTES = 30
COLOURS = 12


def new_conference(imported: Imported, slug: str, *, by: Person, at: datetime) -> Conference:
    """An edition of its own for this file, run by the person who imports it."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", slug):
        raise Refused("The short name may hold small letters, digits and hyphens: pycon-2027.")
    about = imported.conference
    zone = about.timezone if clock.is_zone(about.timezone) else "UTC"
    starts = sorted(clock.local(t.start, zone).date() for t in imported.talks if t.start)
    first = about.starts_on or (starts[0] if starts else (at + timedelta(days=180)).date())
    last = about.ends_on or (starts[-1] if starts else first + timedelta(days=1))
    raster = about.raster_minutes if about.raster_minutes in {5, 10, 15, 20, 30, 60} else 5
    conference = Conference(
        slug=slug,
        name=(about.title or slug)[:120],
        starts_on=first,
        ends_on=max(first, last),
        timezone=zone,
        raster_minutes=raster,
        created_at=at,
    )
    db.session.add(conference)
    db.session.flush()
    db.session.add_all(
        Membership(conference_id=conference.id, person_id=by.id, role=role)
        for role in (Role.ORGANISER, Role.CHAIR)
    )
    return conference


class Edition:
    """Finds the parts of an edition by name, and adds what is missing."""

    def __init__(self, conference: Conference, imported: Imported) -> None:
        self.conference = conference
        self._rooms = {room.name: room for room in conference.rooms}
        self._tracks = {track.name: track for track in conference.tracks}
        self._formats = {kind.name: kind for kind in conference.formats}
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for talk in imported.talks:
            self._lengths[talk.format].add(talk.minutes or USUAL_MINUTES)
        for room in imported.conference.rooms:
            self.room(room)
        for track in imported.conference.tracks:
            self.track(track.name)

    def room(self, room: ImportedRoom | str) -> Room:
        about = ImportedRoom(room) if isinstance(room, str) else room
        if about.name not in self._rooms:
            self._rooms[about.name] = Room(
                name=about.name, guid=about.guid[:40] or None, position=len(self._rooms)
            )
            self.conference.rooms.append(self._rooms[about.name])
        found = self._rooms[about.name]
        if about.capacity and about.capacity > 0:
            found.capacity = about.capacity
        db.session.flush()
        return found

    def track(self, name: str) -> Track | None:
        if not name:
            return None
        if name not in self._tracks:
            position = len(self._tracks)
            self._tracks[name] = Track(name=name, position=position, colour=position % COLOURS + 1)
            self.conference.tracks.append(self._tracks[name])
            db.session.flush()
        return self._tracks[name]

    def format_of(self, talk: ImportedTalk) -> Format:
        """The format with this name; where the file's talks of it differ, one for each length."""
        minutes = talk.minutes or USUAL_MINUTES
        name = talk.format or "Session"
        if len(self._lengths[talk.format]) > 1:
            name = f"{name[:64]} ({minutes} min)"
        if name not in self._formats:
            self._formats[name] = Format(
                name=name, minutes=min(max(minutes, 5), 1440), position=len(self._formats)
            )
            self.conference.formats.append(self._formats[name])
            db.session.flush()
        return self._formats[name]
