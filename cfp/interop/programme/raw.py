"""The words of a schedule file as they stand, before anybody asks whether they make sense."""

from __future__ import annotations

from dataclasses import dataclass, field

from cfp.interop.imported import ImportedRoom, ImportedTrack


@dataclass(frozen=True)
class RawPerson:
    name: str
    id: str = ""
    email: str = ""


@dataclass(frozen=True)
class RawTalk:
    """One slot of the file. ``day`` is the date that stands over it, ``start`` a wall clock."""

    where: str
    title: str = ""
    guid: str = ""
    code: str = ""
    id: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    notes: str = ""
    track: str = ""
    format: str = ""
    language: str = ""
    level: str = ""
    state: str = ""
    room: str = ""
    day: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    duration: str = ""
    url: str = ""
    do_not_record: str = ""
    persons: tuple[RawPerson, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # title, address


@dataclass(frozen=True)
class RawHead:
    """What the file says about the conference itself."""

    title: str = ""
    acronym: str = ""
    start: str = ""
    end: str = ""
    timezone: str = ""
    raster: str = ""
    base_url: str = ""
    version: str = ""
    day_change: str = ""
    generator: str = ""
    rooms: tuple[ImportedRoom, ...] = ()
    tracks: tuple[ImportedTrack, ...] = ()
    formats: dict[str, int | None] = field(default_factory=dict)
