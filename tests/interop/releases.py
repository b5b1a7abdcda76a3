"""Releases for tests: a small one made by hand, and any number of strange ones."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from cfp.interop.released import (
    Release,
    ReleasedLink,
    ReleasedPerson,
    ReleasedRoom,
    ReleasedTalk,
    ReleasedTrack,
)
from cfp.interop.text import one_line

BASE = "https://conf.example/snow-27"
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def make_talk(slot_id: int = 1, **wanted: Any) -> ReleasedTalk:
    starts_at = wanted.setdefault("starts_at", at("2027-06-01T09:00+02:00"))
    minutes = timedelta(minutes=wanted.pop("minutes", 45))
    code = wanted.setdefault("code", f"SNOW{slot_id:02}")
    usual = {
        "guid": str(uuid.uuid5(NAMESPACE, code)),
        "title": "Snow",
        "room": "Hall",
        "ends_at": starts_at + minutes,
        "changed_at": at("2027-05-01T12:00+00:00"),
        "url": f"{BASE}/talk/{code}/",
        "format": "Lecture",
        "language": "en",
        "speakers": (ReleasedPerson(7, "MARIT7", "Marit Solvåg"),),
    }
    return ReleasedTalk(slot_id=slot_id, **{**usual, **wanted})


def make_release(*talks: ReleasedTalk, **wanted: Any) -> Release:
    usual = {
        "title": "Snow Days 2027",
        "slug": "snow-27",
        "timezone": "Europe/Berlin",
        "starts_on": date(2027, 6, 1),
        "ends_on": date(2027, 6, 2),
        "version": "1.0",
        "released_at": at("2027-05-01T12:00+00:00"),
        "base_url": BASE,
        "rooms": (ReleasedRoom("Hall", str(uuid.uuid5(NAMESPACE, "Hall")), 300),),
        "tracks": (ReleasedTrack("Weather", "#2d74ca"),),
        "talks": talks,
    }
    return Release(**{**usual, **wanted})


STRANGE = [
    "]]>",
    "<b>&amp;</b>",
    "\x00\x0b\x1f",
    "\ud800",
    "\ufffe",
    "👩‍👩‍👧",
    "\u202eevil",
    "e\u0301",
    "\r\n",
]
parts = st.sampled_from(STRANGE) | st.text(max_size=8)
words = st.lists(parts, max_size=3).map("".join)
prose = st.lists(parts | st.just("\n\n* item\n"), max_size=5).map("".join)


def named(longest: int) -> st.SearchStrategy[str]:
    """Names as a form would take them: not empty once they are clean, and not too long."""
    return words.map(lambda text: text[:longest]).filter(lambda text: 0 < len(one_line(text)) < 80)


ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"]


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """Any release that the database could hold."""
    first = draw(st.dates(date(2020, 1, 1), date(2035, 12, 1)))
    names = draw(st.lists(named(60), min_size=1, max_size=3, unique_by=one_line))
    tracks = draw(st.lists(named(60), max_size=3, unique_by=one_line))
    people = draw(st.lists(named(60), max_size=4, unique_by=one_line))
    persons = [ReleasedPerson(n, f"PERS{n:02}", name) for n, name in enumerate(people, 1)]
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)

    def talk(slot_id: int) -> ReleasedTalk:
        starts_at = midnight + timedelta(minutes=draw(st.integers(0, 3 * 24 * 60)))
        return make_talk(
            slot_id,
            title=draw(named(150)),
            subtitle=draw(words),
            abstract=draw(prose),
            description=draw(prose),
            room=draw(st.sampled_from(names)),
            track=draw(st.sampled_from([*tracks, ""])),
            format=draw(st.sampled_from(["Lecture", "Workshop (2h)", ""])),
            language=draw(st.sampled_from(["en", "de", "hsb", ""])),
            do_not_record=draw(st.booleans()),
            starts_at=starts_at,
            minutes=draw(st.integers(1, 24 * 60)),
            speakers=tuple(draw(st.lists(st.sampled_from(persons), unique=True)))
            if persons
            else (),
            links=tuple(ReleasedLink(t, "https://example.org/?a=1&b=<2>") for t in draw(titles)),
            sequence=draw(st.integers(0, 9)),
            cancelled=draw(st.sampled_from([False, False, False, True])),
        )

    titles = st.lists(words, max_size=2)
    return make_release(
        *(talk(n) for n in range(1, draw(st.integers(0, 3)) + 1)),
        timezone=draw(st.sampled_from(ZONES)),
        starts_on=first,
        ends_on=first + timedelta(days=draw(st.integers(0, 3))),
        slug=draw(st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True)),
        title=draw(named(100)),
        rooms=tuple(
            ReleasedRoom(n, str(uuid.uuid5(NAMESPACE, str(i)))) for i, n in enumerate(names)
        ),
        tracks=tuple(ReleasedTrack(name, "#2d74ca") for name in tracks),
    )
