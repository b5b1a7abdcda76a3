"""What a file says about the conference, corrected by what its talks say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta, timezone, tzinfo
from statistics import mode
from zoneinfo import ZoneInfo

from cfp.interop.imported import (
    LONGEST_LABEL,
    ImportedConference,
    ImportedFormat,
    ImportedRoom,
    ImportedTalk,
    ImportedTrack,
)
from cfp.interop.programme.raw import RawHead, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.programme.times import (
    DAY_CHANGE,
    Clock,
    clock_of,
    day_of,
    minutes_of,
    moment_of,
    zone_of,
)
from cfp.interop.text import one_line, slug, web_address
from cfp.sentences import say


def wall_clock(head: RawHead, raws: tuple[RawTalk, ...], assumed: str, repairs: Repairs) -> Clock:
    """The conference's zone and the hour at which its days change."""
    change = clock_of(head.day_change) or DAY_CHANGE
    zone = zone_of(head.timezone.strip())
    if zone:
        return Clock(zone, said=True, change=change)
    zone, how = _unsaid_zone(raws, assumed)
    if any(raw.date or raw.start for raw in raws):
        named = one_line(head.timezone)[:60]
        unknown = say("“%(name)s” is no known time zone; %(how)s", name=named, how=how)
        repairs.tell(unknown if named else say("The file names no time zone; %(how)s", how=how))
    return Clock(zone, said=False, change=change)


def _unsaid_zone(raws: tuple[RawTalk, ...], assumed: str) -> tuple[tzinfo, str]:
    """The assumed zone, unless the times of most talks are written at an offset it never has."""
    zone = ZoneInfo(assumed)
    moments = [moment for raw in raws if (moment := moment_of(raw.date, zone))]
    offsets = Counter(moment.utcoffset() or timedelta() for moment in moments)
    here = {moment.astimezone(zone).utcoffset() for moment in moments}
    most = offsets.most_common(1)[0][0] if offsets else timedelta()
    if most and most not in here:
        offset = timezone(most)
        return offset, say(
            "its times are written at %(offset)s, which was used", offset=str(offset)
        )
    return zone, say("%(zone)s was assumed", zone=assumed)


def conference_of(
    head: RawHead, talks: tuple[ImportedTalk, ...], wall: Clock, repairs: Repairs
) -> ImportedConference:
    """The head of the file, with every room, track and format that a talk names."""
    starts_on, ends_on = _dates(head, _days(talks, wall), repairs)
    return ImportedConference(
        title=one_line(head.title),
        acronym=one_line(head.acronym).lower(),
        starts_on=starts_on,
        ends_on=ends_on,
        timezone=head.timezone.strip() if wall.said else "",
        raster_minutes=minutes_of(head.raster) or None,
        base_url=web_address(head.base_url),
        version=one_line(head.version),
        rooms=_rooms(head, talks, repairs),
        tracks=_tracks(head, talks),
        formats=_formats(head, talks),
    )


def _days(talks: tuple[ImportedTalk, ...], wall: Clock) -> list[date]:
    """The days on which something happens; the small hours belong to the day before."""
    shift = timedelta(hours=wall.change.hour, minutes=wall.change.minute)
    return sorted({(t.start.astimezone(wall.zone) - shift).date() for t in talks if t.start})


def _dates(head: RawHead, days: list[date], repairs: Repairs) -> tuple[date | None, date | None]:
    first, last = day_of(head.start), day_of(head.end)
    if not days:
        return first, last
    if first is None or last is None or last < first:
        repairs.tell(say("The conference's dates are missing; they were taken from its talks"))
        return days[0], days[-1]
    near = timedelta(days=1)
    if days[-1] < first - near or days[0] > last + near:
        repairs.tell(say("The conference's dates contradict its talks; the talks were trusted"))
        return days[0], days[-1]
    if days[0] < first or days[-1] > last:
        repairs.tell(say("Talks lie outside the conference's dates; the dates were widened"))
    return min(first, days[0]), max(last, days[-1])


def _rooms(
    head: RawHead, talks: tuple[ImportedTalk, ...], repairs: Repairs
) -> tuple[ImportedRoom, ...]:
    rooms: dict[str, ImportedRoom] = {}
    guids: set[str] = set()
    for room in head.rooms:
        name = one_line(room.name)[:LONGEST_LABEL]
        if not name or name in rooms:
            continue
        if room.guid in guids:
            repairs.tell(say("Two rooms share a guid; only the first kept it"), name)
        guid = "" if room.guid in guids else room.guid
        rooms[name] = replace(room, name=name, guid=guid)
        guids |= {guid} - {""}
    named = (talk.room for talk in talks if talk.room)
    return tuple((rooms | {n: ImportedRoom(n) for n in named if n not in rooms}).values())


def _tracks(head: RawHead, talks: tuple[ImportedTalk, ...]) -> tuple[ImportedTrack, ...]:
    tracks: dict[str, ImportedTrack] = {}
    for track in (*head.tracks, *(ImportedTrack(talk.track) for talk in talks)):
        name = one_line(track.name)[:LONGEST_LABEL]
        colour = track.colour if re.fullmatch(r"#[0-9a-fA-F]{6}", track.colour) else ""
        if name and name not in tracks:
            tracks[name] = ImportedTrack(name, track.slug or slug(name), colour.lower())
    return tuple(tracks.values())


def _formats(head: RawHead, talks: tuple[ImportedTalk, ...]) -> tuple[ImportedFormat, ...]:
    """The formats with their minutes; where the file names none, what most of the talks last."""
    lengths: dict[str, list[int]] = {name: [] for name in head.formats if name}
    for talk in talks:
        if talk.format:
            lengths.setdefault(talk.format, []).extend([talk.minutes] if talk.minutes else [])
    return tuple(
        ImportedFormat(name, head.formats.get(name) or (mode(seen) if seen else None))
        for name, seen in lengths.items()
    )
