"""When a talk begins and how long it lasts, from files that say it twice or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from cfp.interop.imported import LONGEST_TALK
from cfp.interop.programme.raw import RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.sentences import say

DAY_CHANGE = time(4)  # what begins earlier belongs to the evening before


@dataclass(frozen=True)
class Clock:
    """The clock on the conference's wall; ``said`` by the file itself, or only assumed."""

    zone: tzinfo
    said: bool = True
    change: time = DAY_CHANGE


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_WORDS = re.compile(r"(?:(\d+(?:\.\d+)?)\s*h\w*)?\s*(?:(\d+)\s*(?:m\w*|')?)?", re.IGNORECASE)

_zones = cache(available_timezones)  # asks the disk every time


def zone_of(name: str) -> tzinfo | None:
    """The IANA zone of that name, if there is one."""
    return ZoneInfo(name) if name in _zones() else None


def day_of(text: str) -> date | None:
    """The calendar day at the beginning of a date or a date with time."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """A wall clock: ``9:30``, ``09:30``, ``09:30:00``."""
    match = _CLOCK.fullmatch(text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """A date with time, with the offset it carries; without one it is a wall clock in the zone."""
    if len(text.strip()) <= len("2027-06-01"):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment if date(1990, 1, 1) <= moment.date() <= date(2200, 1, 1) else None


def minutes_of(text: str) -> int | None:
    """``0:45``, ``00:45:00``, ``1:02:30`` (days first, as pretalx), ``45``, ``1h 30min``."""
    words = text.strip()
    if re.fullmatch(r"\d{1,3}(:\d{1,2}){1,2}", words):
        parts = [int(part) for part in words.split(":")]
        if len(parts) == 2:
            return parts[0] * 60 + parts[1]
        if len(words.split(":")[0]) == 1:
            return (parts[0] * 24 + parts[1]) * 60 + parts[2]
        return parts[0] * 60 + parts[1]
    match = _WORDS.fullmatch(words[:40])
    if not match or not (match[1] or match[2]):
        return None
    return round(float(match[1] or 0) * 60) + int(match[2] or 0)


def start_of(raw: RawTalk, wall: Clock, repairs: Repairs) -> datetime | None:
    """The moment a talk begins: its date with offset, else its day and clock in the zone."""
    moment = moment_of(raw.date, wall.zone)
    if moment is None:
        return _start_by_day(raw, wall, repairs)
    here = moment.astimezone(wall.zone)
    if datetime.fromisoformat(raw.date.strip()).tzinfo is None:
        repairs.tell(say("The time has no offset; it was read in the conference's zone"), raw.where)
    elif wall.said and moment.utcoffset() != here.utcoffset():
        repairs.tell(
            say(
                "The time is written in another offset than the conference's zone has;"
                " the offset was trusted"
            ),
            raw.where,
        )
    clock = clock_of(raw.start)
    if clock and clock not in {moment.time().replace(second=0), here.time().replace(second=0)}:
        repairs.tell(say("Start and date contradict each other; the date was trusted"), raw.where)
    return moment.astimezone(UTC)


def _start_by_day(raw: RawTalk, wall: Clock, repairs: Repairs) -> datetime | None:
    clock = clock_of(raw.start)
    day = day_of(raw.day) or day_of(raw.date)
    if clock is None or day is None or not 1990 <= day.year <= 2200:
        if raw.day or raw.date or raw.start:
            repairs.tell(say("The talk has no time; it was read as not yet placed"), raw.where)
        return None
    repairs.tell(say("The talk has no full date; its day and start were put together"), raw.where)
    if clock < wall.change:
        day += timedelta(days=1)
    return datetime.combine(day, clock, wall.zone).astimezone(UTC)


def length_of(raw: RawTalk, start: datetime | None, zone: tzinfo, repairs: Repairs) -> int | None:
    """How many minutes a talk lasts, by its duration or else by its end."""
    minutes = minutes_of(raw.duration)
    end = moment_of(raw.end, zone)
    if not minutes and start and end and end > start:
        if raw.duration.strip():
            repairs.tell(say("The duration makes no sense; the end was used"), raw.where)
        minutes = int((end - start).total_seconds()) // 60
    if not minutes:
        repairs.tell(say("The talk has no duration"), raw.where)
        return None
    if minutes > LONGEST_TALK:
        repairs.tell(say("The talk lasted for days; it was cut to 24 hours"), raw.where)
        return LONGEST_TALK
    return minutes
