"""A released schedule as its readers want it: by day, as a grid and as a list, filtered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NIGHT = timedelta(hours=4)  # what begins before four o'clock belongs to the day before
RASTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Entry:
    """A talk or a break at its place: local times, and its cell in the grid of its day."""

    talk: Mapping[str, Any] | None
    title: str
    starts: datetime
    ends: datetime
    room: Mapping[str, Any] | None
    track: Mapping[str, Any] | None
    column: int
    row: int
    length: int


@dataclass
class Day:
    """One day: its rooms, its full hours, and what happens, in order of time."""

    date: date
    rooms: list[Mapping[str, Any]]
    hours: list[tuple[int, datetime]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def by_time(self) -> list[tuple[datetime, list[Entry]]]:
        """What begins together, for the list that phones show."""
        together: dict[datetime, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            together[entry.starts].append(entry)
        return sorted(together.items())


def days(content: Mapping[str, Any], talks: Iterable[Mapping[str, Any]] | None = None) -> list[Day]:
    """The days of a release (``content``), with all its talks or only with those given."""
    zone = ZoneInfo(content["conference"]["timezone"])
    shown = content["talks"] if talks is None else list(talks)
    by_day: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for thing in [*shown, *(content["breaks"] if talks is None else [])]:
        starts = datetime.fromisoformat(thing["starts_at"]).astimezone(zone)
        by_day[(starts - NIGHT).date()].append(thing)
    return [_day(on, by_day[on], content, zone) for on in sorted(by_day)]


def _day(
    on: date, things: list[Mapping[str, Any]], content: Mapping[str, Any], zone: ZoneInfo
) -> Day:
    used = {thing["room_id"] for thing in things if "code" in thing}
    rooms = [room for room in content["rooms"] if room["id"] in used] or list(content["rooms"])
    columns = {room["id"]: n + 1 for n, room in enumerate(rooms)}
    tracks = {track["id"]: track for track in content["tracks"]}
    times = [datetime.fromisoformat(t["starts_at"]).astimezone(zone) for t in things]
    first = min(times).replace(minute=0, second=0)
    day = Day(on, rooms)
    for thing, starts in zip(things, times, strict=True):
        ends = datetime.fromisoformat(thing["ends_at"]).astimezone(zone)
        talk = thing if "code" in thing else None
        column = columns.get(thing["room_id"], 0)
        if talk is None and thing["room_id"] is not None and not column:
            continue  # a break in a room that is not used on this day
        day.entries.append(
            Entry(
                talk=talk,
                title=thing["title"],
                starts=starts,
                ends=ends,
                room=rooms[column - 1] if column else None,
                track=tracks.get(thing.get("track_id")),
                column=column,
                row=(starts - first) // RASTER,
                length=max((ends - starts) // RASTER, 1),
            )
        )
    day.entries.sort(key=lambda e: (e.starts, e.column, e.title))
    last = max(entry.ends for entry in day.entries)
    hours = int((last - first) / timedelta(hours=1)) + 1
    day.hours = [(12 * n, first + timedelta(hours=n)) for n in range(hours)]
    return day


def matching(content: Mapping[str, Any], wanted: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The talks that fit all filters: ``track``, ``room`` (ids), ``language``, ``q`` (words)."""
    words = wanted.get("q", "").casefold().split()

    def fits(talk: Mapping[str, Any]) -> bool:
        names = " ".join(speaker["name"] for speaker in talk["speakers"])
        text = f"{talk['title']} {talk['abstract']} {names}".casefold()
        return (
            wanted.get("track", "") in {"", str(talk["track_id"])}
            and wanted.get("room", "") in {"", str(talk["room_id"])}
            and wanted.get("language", "") in {"", talk["language"]}
            and all(word in text for word in words)
        )

    return [talk for talk in content["talks"] if fits(talk)]


def speakers(content: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Everybody who speaks, by name, each with their talks."""
    people: dict[int, Mapping[str, Any]] = {}
    talks: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for talk in content["talks"]:
        for speaker in talk["speakers"]:
            people[speaker["id"]] = speaker
            talks[speaker["id"]].append(talk)
    order = sorted(people, key=lambda i: people[i]["name"].casefold())
    return [(people[i], talks[i]) for i in order]
