"""Calendar feeds that stay right: stable names, true zones, cancellations said aloud."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from cfp.interop.released import Release, ReleasedTalk
from cfp.interop.text import clean, one_line

_PRODUCT = "-//Callboard//Schedule//EN"
_REFRESH = timedelta(minutes=15)


def write(
    release: Release,
    talks: Iterable[ReleasedTalk] | None = None,
    *,
    name: str = "",
    url: str = "",
) -> bytes:
    """The talks (all of the release, if none are given) as a feed of that name.

    Cancelled talks stay in it as cancelled. The same talks give the same bytes, always.
    """
    chosen = sorted(
        release.talks if talks is None else talks, key=lambda t: (t.starts_at, t.slot_id)
    )
    title = one_line(name) or one_line(release.title)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", release.timezone)
    if url:
        calendar.add("source", url, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    if release.timezone != "UTC":
        moments = [*(t.starts_at for t in chosen), *(t.ends_at for t in chosen)]
        years = [moment.year for moment in moments] + [release.starts_on.year]
        calendar.add_component(timezone(release.timezone, min(years), max(years)))
    uids: set[str] = set()
    for talk in chosen:
        uid = talk.guid if talk.guid not in uids else f"{talk.guid}-{talk.slot_id}"
        uids.add(uid)
        calendar.add_component(_event(release, talk, uid))
    return bytes(calendar.to_ical())


def _event(release: Release, talk: ReleasedTalk, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", talk.changed_at.astimezone(UTC))
    event.add("last-modified", talk.changed_at.astimezone(UTC))
    event.add("sequence", talk.sequence)
    event.add("dtstart", _on_the_wall(talk.starts_at, release.zone))
    event.add("dtend", _on_the_wall(talk.ends_at, release.zone))
    event.add("summary", one_line(talk.title))
    event.add("location", ", ".join(filter(None, (one_line(talk.room), one_line(release.venue)))))
    event.add("description", _description(talk))
    event.add("url", talk.url)
    if talk.track:
        event.add("categories", [one_line(talk.track)])
    event.add("status", "CANCELLED" if talk.cancelled else "CONFIRMED")
    return event


def _on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Local time; but UTC in the hour that comes again in autumn, which no local time names."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _description(talk: ReleasedTalk) -> str:
    speakers = ", ".join(one_line(speaker.name) for speaker in talk.speakers)
    parts = (one_line(talk.subtitle), speakers, clean(talk.abstract), talk.url)
    return "\n\n".join(filter(None, parts))


def timezone(name: str, first_year: int, last_year: int) -> Timezone:
    """VTIMEZONE of those years, one observance a change of the clock.

    Written here because icalendar 7.3 says onsets of summer time on the new clock where RFC 5545
    (3.6.5) wants the old one, which makes the first hour of summer time wrong.
    """
    zone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    day = datetime(first_year, 1, 1, tzinfo=UTC)
    before = _offset(day, zone)
    component.add_component(_observance(day, before, zone))
    while day < datetime(last_year + 1, 1, 2, tzinfo=UTC):
        following = day + timedelta(days=1)
        if _offset(following, zone) != before:
            onset = _onset(day, following, zone)
            component.add_component(_observance(onset, before, zone))
            before = _offset(following, zone)
        day = following
    return component


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _onset(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between the two at which the clock changes, to the second."""
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _observance(
    onset: datetime, before: timedelta, zone: ZoneInfo
) -> TimezoneDaylight | TimezoneStandard:
    here = onset.astimezone(zone)
    component = TimezoneDaylight() if here.dst() else TimezoneStandard()
    component.add("dtstart", (onset + before).replace(tzinfo=None))
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", _offset(onset, zone))
    component.add("tzname", here.tzname() or zone.key)
    return component
