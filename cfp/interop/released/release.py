"""One released version: talks in rooms and days, with the names that apps know them by."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cfp.interop.text import slug

DAY_CHANGE = time(4)  # what begins earlier belongs to the evening before


@dataclass(frozen=True)
class ReleasedRoom:
    name: str
    guid: str
    capacity: int | None = None


@dataclass(frozen=True)
class ReleasedTrack:
    name: str
    colour: str = ""  # "#rrggbb"


@dataclass(frozen=True)
class ReleasedPerson:
    id: int
    code: str
    name: str


@dataclass(frozen=True)
class ReleasedLink:
    title: str
    url: str


@dataclass(frozen=True)
class ReleasedTalk:
    """A talk in one slot. ``slot_id`` is positive and unique; code and guid are the talk's own.

    ``sequence`` rises when calendars have to be told, and ``changed_at`` says since when.
    A cancelled talk is one that was in an earlier release; feeds keep it, programmes do not.
    """

    slot_id: int
    code: str
    guid: str
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    url: str
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    format: str = ""
    track: str = ""
    language: str = ""
    licence: str = ""
    do_not_record: bool = False
    speakers: tuple[ReleasedPerson, ...] = ()
    links: tuple[ReleasedLink, ...] = ()
    sequence: int = 0
    cancelled: bool = False

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class ReleasedSlot:
    """A talk in a programme under names that no other slot of the file has.

    ``code`` is empty where apps could not read it or where it stood earlier in the file.
    """

    talk: ReleasedTalk
    guid: str
    code: str
    slug: str
    starts_at: datetime  # in the conference's zone, as is the end
    ends_at: datetime


@dataclass(frozen=True)
class ReleasedDay:
    """A day from four o'clock to four o'clock, longer when its last talk is."""

    index: int
    on: date
    starts_at: datetime
    ends_at: datetime
    rooms: dict[str, tuple[ReleasedSlot, ...]]


@dataclass(frozen=True)
class Release:
    """``base_url`` is the address of the conference's public pages, without a slash at its end."""

    title: str
    slug: str
    timezone: str
    starts_on: date
    ends_on: date
    version: str
    released_at: datetime
    base_url: str
    venue: str = ""
    raster_minutes: int = 5
    rooms: tuple[ReleasedRoom, ...] = ()
    tracks: tuple[ReleasedTrack, ...] = ()
    talks: tuple[ReleasedTalk, ...] = ()

    def __post_init__(self) -> None:
        ids = [talk.slot_id for talk in self.talks]
        if len(set(ids)) < len(ids) or any(slot_id < 1 for slot_id in ids):
            raise ValueError("slot ids are positive and unique")
        if any(talk.ends_at <= talk.starts_at for talk in self.talks):
            raise ValueError("a talk ends after it starts")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def acronym(self) -> str:
        """The slug in the only form that every schema takes: ``[a-z0-9_]{4,}``."""
        return re.sub(r"[^a-z0-9]+", "_", self.slug.lower()).ljust(4, "_")

    def slots(self) -> list[ReleasedSlot]:
        """The announced talks by time, each under names of its own."""
        announced = (talk for talk in self.talks if not talk.cancelled)
        slots: list[ReleasedSlot] = []
        guids: set[str] = set()
        codes: set[str] = set()
        for talk in sorted(announced, key=lambda talk: (talk.starts_at, talk.slot_id)):
            guid = as_uuid(talk.guid)
            if guid in guids:
                guid = str(uuid.uuid5(uuid.UUID(guid), str(talk.slot_id)))
            known = talk.code in codes or not re.fullmatch(r"[0-9A-Z]{6}", talk.code)
            slots.append(
                ReleasedSlot(
                    talk,
                    guid,
                    "" if known else talk.code,
                    self._slug(talk),
                    talk.starts_at.astimezone(self.zone),
                    talk.ends_at.astimezone(self.zone),
                )
            )
            guids.add(guid)
            codes.add(talk.code)
        return slots

    def days(self) -> list[ReleasedDay]:
        """Every day of the conference, and any other on which something is announced."""
        by_day: dict[date, list[ReleasedSlot]] = {
            self.starts_on + timedelta(days=n): []
            for n in range((self.ends_on - self.starts_on).days + 1)
        }
        shift = timedelta(hours=DAY_CHANGE.hour)
        for slot in self.slots():
            by_day.setdefault((slot.starts_at - shift).date(), []).append(slot)
        return [
            self._day(index, on, by_day[on]) for index, on in enumerate(sorted(by_day), start=1)
        ]

    def _day(self, index: int, on: date, slots: list[ReleasedSlot]) -> ReleasedDay:
        starts_at = datetime.combine(on, DAY_CHANGE, self.zone)
        next_day = datetime.combine(on + timedelta(days=1), DAY_CHANGE, self.zone)
        ends_at = max([next_day - timedelta(minutes=1), *(slot.ends_at for slot in slots)])
        names = dict.fromkeys([room.name for room in self.rooms] + [s.talk.room for s in slots])
        rooms = {name: tuple(s for s in slots if s.talk.room == name) for name in names}
        return ReleasedDay(
            index, on, starts_at, ends_at, {name: there for name, there in rooms.items() if there}
        )

    def _slug(self, talk: ReleasedTalk) -> str:
        """``acronym-id-title``, as media.ccc.de and voctomix expect it."""
        title = slug(talk.title)[:60].rstrip("-")
        title = title if len(title) >= 4 else f"talk-{title}".rstrip("-")
        return f"{self.acronym}-{talk.slot_id}-{title}"


def as_uuid(guid: str) -> str:
    """The guid where it is a UUID, else a UUID that always comes out of it."""
    try:
        return str(uuid.UUID(guid))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, guid))
