"""schedule.json as frab and pretalx write it, and as it must not be."""

from __future__ import annotations

import json

import pytest

from cfp.interop import schedule_json
from cfp.interop.imported import BrokenFile, Imported, ImportedLink, ImportedPerson, ImportedRoom
from tests.interop.releases import at

EVENT = {
    "guid": "29aecfd7-2e44-4f49-ab86-29b5e0877325",
    "id": 1,
    "date": "2027-06-01T09:00:00+02:00",
    "start": "09:00",
    "duration": "00:45",
    "title": "Snow",
    "persons": [{"id": 4, "public_name": "Ada"}],
}


def read(*events: object, **conference: object) -> Imported:
    usual = {
        "title": "Snow Days",
        "acronym": "snow27",
        "start": "2027-06-01",
        "end": "2027-06-02",
        "time_zone_name": "Europe/Berlin",
        "days": [{"index": 1, "date": "2027-06-01", "rooms": {"Hall": list(events)}}],
    }
    content = {"schedule": {"version": "1.0", "conference": {**usual, **conference}}}
    return schedule_json.read(json.dumps(content).encode())


def test_a_clean_file_needs_no_repair():
    imported = read(EVENT)
    assert imported.repairs == ()
    (talk,) = imported.talks
    assert (talk.title, talk.room, talk.minutes) == ("Snow", "Hall", 45)
    assert talk.start == at("2027-06-01T07:00+00:00")
    assert talk.where == "day 1, Hall, talk 1"


@pytest.mark.parametrize(
    ("person", "key"),
    [
        ({"id": 4, "public_name": "Ada"}, "4"),
        ({"id": 4, "code": "ADAADA", "public_name": "Ada"}, "ADAADA"),
        ({"name": "Ada", "guid": "g-1"}, "g-1"),
        ({"full_public_name": "Ada"}, "ada"),
    ],
)
def test_people_are_known_by_code_guid_id_or_name(person, key):
    assert read(EVENT | {"persons": [person]}).talks[0].speakers == (ImportedPerson(key, "Ada"),)


def test_null_is_nothing():
    nulls = dict.fromkeys(("subtitle", "track", "language", "abstract", "url", "do_not_record"))
    (talk,) = read(EVENT | nulls | {"links": None, "persons": None}).talks
    assert (talk.subtitle, talk.track, talk.language, talk.abstract) == ("", "", "", "")
    assert (talk.links, talk.speakers, talk.do_not_record) == ((), (), False)


def test_links_rooms_and_tracks_come_along():
    links = [{"url": "https://example.org/", "title": "Slides"}, {"title": "nowhere"}, "odd"]
    imported = read(
        EVENT | {"links": links, "track": "Ice"},
        rooms=[{"name": "Hall", "guid": "g", "capacity": 300}, {"name": "Attic", "guid": "g"}],
        tracks=[{"name": "Ice", "slug": "ice", "color": "#FFaa00"}],
    )
    assert imported.talks[0].links == (ImportedLink("Slides", "https://example.org/"),)
    assert imported.conference.rooms == (ImportedRoom("Hall", "g", 300), ImportedRoom("Attic"))
    assert [track.colour for track in imported.conference.tracks] == ["#ffaa00"]
    assert len(imported.repairs) == 2


def test_the_end_says_how_long_a_talk_is_where_nothing_else_does():
    talk = EVENT | {"duration": "", "end": "2027-06-01T10:30:00+02:00"}
    assert read(talk).talks[0].minutes == 90


def test_a_talk_without_title_is_refused_with_its_place():
    imported = read(EVENT | {"title": None}, EVENT)
    assert imported.refused == (("day 1, Hall, talk 1", "The talk has no title."),)
    assert len(imported.talks) == 1


BROKEN = {
    "cut off": (b'{"schedule":\n {"conference": {', "The file is not JSON", "line 2, column 18"),
    "no schedule": (b'{"events": []}', "The file holds no schedule", ""),
    "a list": (b"[]", "The file holds no schedule", ""),
    "no days": (b'{"schedule": {"conference": {}}}', "The conference in the file has no days", ""),
    "not UTF-8": (b'{"schedule": "\xff"}', "The file is not UTF-8.", "byte 15"),
    "deep": (b"[" * 100_000, "The file is nested too deeply", ""),
    "crowded": (b"[" + b"{}," * 300_001 + b"1]", "The file holds too much.", ""),
    "long number": (b"[" + b"9" * 5_000 + b"]", "The file is nested too deeply or", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_as_a_whole_with_its_place(name):
    data, sentence, where = BROKEN[name]
    with pytest.raises(BrokenFile) as broken:
        schedule_json.read(data)
    assert broken.value.sentence.startswith(sentence)
    assert broken.value.where == where
