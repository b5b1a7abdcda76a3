"""A released schedule as its readers want it: by day, as a grid that is a list on phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

Talk = Mapping[str, Any]
Content = Mapping[str, Any]

NIGHT = timedelta(hours=4)  # what begins before four o'clock belongs to the day before
RASTER = timedelta(minutes=5)
FEW = 6  # so many rooms stand side by side on a usual screen


@dataclass(frozen=True)
class Entry:
    """A talk or a break at its place: local times, and its cell in the grid of its day.

    ``column`` is 0 for a break in all rooms, and for a cancelled talk whose cell is taken.
    """

    talk: Talk | None
    title: str
    starts: datetime
    ends: datetime
    room: Mapping[str, Any] | None
    track: Mapping[str, Any] | None
    column: int
    row: int
    length: int
    cancelled: bool = False

    @property
    def before(self) -> Mapping[str, Any] | None:
        """Where the talk stood before it was moved."""
        return self.talk.get("before") if self.talk and not self.cancelled else None


@dataclass
class Day:
    """One day: its rooms, its full hours, and what happens, in order of time."""

    date: date
    rooms: list[Mapping[str, Any]]
    first: datetime
    hours: list[tuple[int, datetime]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def by_time(self) -> list[tuple[datetime, list[Entry]]]:
        """What begins together."""
        return [(time, list(those)) for time, those in groupby(self.entries, lambda e: e.starts)]

    @property
    def ends(self) -> datetime:
        return max(entry.ends for entry in self.entries)

    @property
    def has_few_rooms(self) -> bool:
        return len(self.rooms) <= FEW

    @property
    def cancelled(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.cancelled]


def zone_of(content: Content) -> ZoneInfo:
    return ZoneInfo(content["conference"]["timezone"])


def local(thing: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When it begins and ends, on the conference's clock."""
    starts, ends = (datetime.fromisoformat(thing[key]) for key in ("starts_at", "ends_at"))
    return starts.astimezone(zone), ends.astimezone(zone)


def day_of(starts: datetime) -> date:
    return (starts - NIGHT).date()


def days(content: Content, talks: Iterable[Talk] | None = None) -> list[Day]:
    """The days of a release, with all its talks and breaks or only with the talks given."""
    zone = zone_of(content)
    if talks is None:
        shown = [*content["talks"], *content["cancelled"], *content["breaks"]]
    else:
        shown = list(talks)
    by_day: dict[date, list[Talk]] = defaultdict(list)
    for thing in shown:
        by_day[day_of(local(thing, zone)[0])].append(thing)
    gone = {talk["id"] for talk in content["cancelled"]}
    made = (_Making(content, zone, on, by_day[on], gone).day() for on in sorted(by_day))
    return [day for day in made if any(entry.talk for entry in day.entries)]


class _Making:
    """A day while it is being put together."""

    def __init__(
        self, content: Content, zone: ZoneInfo, on: date, things: list[Talk], gone: set[int]
    ) -> None:
        self.zone, self.gone = zone, gone
        self.things = [(thing, *local(thing, zone)) for thing in things]
        used = {t["room_id"] for t in things if "code" in t and t["id"] not in gone}
        self.rooms = [room for room in content["rooms"] if room["id"] in used]
        self.rooms = self.rooms or list(content["rooms"])
        self.columns = {room["id"]: n for n, room in enumerate(self.rooms, start=1)}
        self.tracks = {track["id"]: track for track in content["tracks"]}
        self.all_rooms = {room["id"]: room for room in content["rooms"]}
        first = min(starts for _thing, starts, _ends in self.things)
        self.made = Day(on, self.rooms, first.replace(minute=0, second=0, microsecond=0))
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def day(self) -> Day:
        day = self.made
        day.entries = sorted(self._entries(), key=lambda e: (e.starts, e.column, e.title))
        if day.entries:
            hours = int((day.ends - day.first) / timedelta(hours=1)) + 1
            day.hours = [(12 * n, day.first + timedelta(hours=n)) for n in range(hours)]
        return day

    def _entries(self) -> Iterator[Entry]:
        """The cancelled come last, when it is known which cells are free."""
        for thing, starts, ends in sorted(self.things, key=lambda t: self._is_cancelled(t[0])):
            column = self.columns.get(thing["room_id"], 0)
            if "code" not in thing and thing["room_id"] is not None and not column:
                continue  # a break in a room that is not used on this day
            row = (starts - self.made.first) // RASTER
            length = max((ends - starts) // RASTER, 1)
            cancelled = self._is_cancelled(thing)
            if cancelled and not self._is_free(column, row, length):
                column = 0
            self.taken[column].append((row, row + length))
            yield Entry(
                talk=thing if "code" in thing else None,
                title=thing["title"],
                starts=starts,
                ends=ends,
                room=self.all_rooms.get(thing["room_id"]),
                track=self.tracks.get(thing.get("track_id")),
                column=column,
                row=row,
                length=length,
                cancelled=cancelled,
            )

    def _is_cancelled(self, thing: Talk) -> bool:
        return "code" in thing and thing["id"] in self.gone

    def _is_free(self, column: int, row: int, length: int) -> bool:
        if not column:
            return False
        return all(b <= row or a >= row + length for a, b in self.taken[column] + self.taken[0])


def main_stage(all_days: Iterable[Day], most: int) -> list[tuple[Day, list[Entry]]]:
    """For a first glance: of each day what is on in the room that seats most, so many of them."""
    shown = []
    for day in all_days:
        stage = max(day.rooms, key=lambda room: room["capacity"] or 0)
        talks = [e for e in day.entries if e.talk and not e.cancelled]
        there = [e for e in talks if e.room and e.room["id"] == stage["id"]]
        shown.append((day, (there or talks)[:most]))
    return [(day, entries) for day, entries in shown if entries]


@dataclass(frozen=True)
class Moment:
    """What runs at this moment, and what begins next."""

    now: list[Entry]
    next: list[Entry]

    @property
    def next_starts(self) -> datetime:
        return self.next[0].starts


def now_and_next(all_days: Iterable[Day], at: datetime) -> Moment | None:
    """From the evening before the first session to the end of the last; else None."""
    entries = [e for day in all_days for e in day.entries if e.talk and not e.cancelled]
    if not entries or at >= max(entry.ends for entry in entries):
        return None
    if at < min(entry.starts for entry in entries) - timedelta(hours=12):
        return None
    ahead = [entry for entry in entries if entry.starts > at]
    soon = min((entry.starts for entry in ahead), default=None)
    return Moment(
        [entry for entry in entries if entry.starts <= at < entry.ends],
        [entry for entry in ahead if entry.starts == soon],
    )


def speakers(content: Content) -> list[tuple[Mapping[str, Any], list[Talk]]]:
    """Everybody who speaks, by name, each with their talks."""
    people: dict[int, Mapping[str, Any]] = {}
    talks: dict[int, list[Talk]] = defaultdict(list)
    for talk in content["talks"]:
        for speaker in talk["speakers"]:
            people[speaker["id"]] = speaker
            talks[speaker["id"]].append(talk)
    order = sorted(people, key=lambda i: people[i]["name"].casefold())
    return [(people[i], sorted(talks[i], key=lambda t: t["starts_at"])) for i in order]
