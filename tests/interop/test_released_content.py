"""What a release froze is what feeds and exports say."""

from __future__ import annotations

import copy
import math
import re
from datetime import date
from pathlib import Path

import pytest

from cfp.interop import ical, schedule_xml
from cfp.interop.released import from_content
from cfp.interop.released.content import TRACK_COLOURS
from tests.interop.calendars import parse
from tests.interop.releases import at
from tests.interop.xml_traps import traps

TALK = {
    "id": 12,
    "slot_id": 12,
    "code": "SNOW12",
    "guid": "29aecfd7-2e44-4f49-ab86-29b5e0877325",
    "title": "Snow",
    "subtitle": "",
    "abstract": "It *falls*.",
    "format": "Lecture",
    "minutes": 45,
    "track_id": 3,
    "language": "en",
    "level": "",
    "recording": False,
    "room_id": 1,
    "starts_at": "2027-06-01T07:00:00+00:00",
    "ends_at": "2027-06-01T07:45:00+00:00",
    "speakers": [{"id": 7, "code": "MARIT7", "name": "Marit Solvåg", "biography": ""}],
    "sequence": 2,
    "changed_at": "2027-05-01T12:00:00+00:00",
}
CONTENT = {
    "conference": {
        "name": "Snow Days 2027",
        "slug": "snow-27",
        "timezone": "Europe/Berlin",
        "starts_on": "2027-06-01",
        "ends_on": "2027-06-02",
        "venue": "Old Mill",
        "city": "Kiel",
        "raster_minutes": 5,
    },
    "version": "1.0",
    "released_at": "2027-05-01T12:00:00+00:00",
    "note": "",
    "rooms": [{"id": 1, "guid": None, "name": "Hall", "capacity": 300, "records": True}],
    "tracks": [{"id": 3, "name": "Ice", "colour": 12}],
    "talks": [TALK],
    "cancelled": [TALK | {"id": 13, "slot_id": 13, "code": "GONE13", "guid": "g", "room_id": 99}],
    "breaks": [],
}


def test_a_frozen_release_is_understood():
    release = from_content(CONTENT, "https://conf.example/snow-27/", "CC BY 4.0")
    talk, gone = release.talks
    assert (release.starts_on, release.venue) == (date(2027, 6, 1), "Old Mill, Kiel")
    assert (talk.room, talk.track, talk.do_not_record, talk.sequence) == ("Hall", "Ice", True, 2)
    assert talk.starts_at == at("2027-06-01T09:00+02:00")
    assert talk.url == "https://conf.example/snow-27/talk/SNOW12/"
    assert (talk.licence, talk.speakers[0].code) == ("CC BY 4.0", "MARIT7")
    assert (gone.cancelled, gone.room) == (True, "")
    assert release.tracks[0].colour == "#6c7581"


def test_a_frozen_release_makes_files_for_every_app():
    release = from_content(CONTENT, "https://conf.example/snow-27")
    assert traps(schedule_xml.write(release)) == []
    assert len(parse(ical.write(release)).all("VEVENT")) == 2


def test_a_room_without_guid_always_gets_the_same():
    base = "https://conf.example/snow-27"
    first, second = (from_content(copy.deepcopy(CONTENT), base).rooms for _ in range(2))
    assert first == second
    assert re.fullmatch(r"[0-9a-f-]{36}", first[0].guid)


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """#rrggbb, by Björn Ottosson's matrices."""
    a, b = (chroma * f(math.radians(hue)) for f in (math.cos, math.sin))
    cone = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    matrix = (
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    )
    linear = (max(0, sum(m * c for m, c in zip(row, cone, strict=True))) for row in matrix)
    light = (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055 for x in linear)
    return "#" + "".join(f"{round(255 * min(1, x)):02x}" for x in light)


@pytest.mark.parametrize("number", range(1, 13))
def test_track_colours_are_those_of_the_design(number):
    tokens = Path(__file__).resolve().parents[2] / "cfp" / "static" / "css" / "tokens.css"
    rule = rf"\.track-{number} {{ --track-hue: ([\d.]+); --track-chroma: ([\d.]+); }}"
    hue, chroma = re.search(rule, tokens.read_text(encoding="utf-8")).groups()
    assert TRACK_COLOURS[number - 1] == oklch(0.56, 0.15 * float(chroma), float(hue))
