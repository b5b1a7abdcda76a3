"""Programmes and proposals of real conferences come in whole, and every repair is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from cfp.interop import proposals_csv, reading
from cfp.interop.imported import Imported
from tests.interop.real import real

# The table of ../shared/data/README.md: talks, rooms, speakers, days; and what was repaired.
PROGRAMMES = {
    "31c3-2014/schedule.xml": (
        (138, 4, 197, 4),
        (
            "The file names no time zone; its times are written at UTC+01:00, which was used",
            "Laura Poitras has several ids (3669, 5258) and was read as several people",
            "HTML was turned into Markdown",
            "A link lacked its http://",
        ),
    ),
    "debconf-2023/schedule.xml": (
        (117, 5, 87, 8),
        (
            "The file has no version",
            "The time is written in another offset than the conference's zone has",
            "The track “No Track” was read as no track",
        ),
    ),
    "emf-2018/schedule.xml": (
        (214, 8, 191, 3),
        (
            "The day lacks its start or end",
            "The file names no time zone; its times are written at UTC+01:00, which was used",
            "Person 282 stands for several names",
            "Person 7 stands for several names",
            "Person 1208 stands for several names",
            "The conference's dates contradict its talks; the talks were trusted",
        ),
    ),
    "rc3-2020/schedule.json": (
        (48, 5, 56, 4),
        (
            "The file names no time zone; its times are written at UTC+01:00, which was used",
            "HTML was turned into Markdown",
        ),
    ),
    "democon-pretalx/schedule.json": (
        (36, 2, 27, 3),
        (
            "The time is written in another offset than the conference's zone has",
            "Two rooms share a guid; only the first kept it",
        ),
    ),
    "pyconfr-2025/norm.json": (
        (93, 13, 87, 4),
        ("The talk stands there again; it was read as a further slot",),
    ),
}


def read(name: str, folder: str = "schedules") -> Imported:
    return reading.read(name, real(f"{folder}/{name}"))


def days_of(imported: Imported) -> set:
    name = imported.conference.timezone
    zone = ZoneInfo(name) if name else timezone(timedelta(hours=1))
    return {(t.start.astimezone(zone) - timedelta(hours=4)).date() for t in imported.talks}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_real_programme_comes_in_whole(name):
    imported = read(name)
    speakers = {speaker.name for talk in imported.talks for speaker in talk.speakers}
    rooms, days = imported.conference.rooms, days_of(imported)
    assert (len(imported.talks), len(rooms), len(speakers), len(days)) == PROGRAMMES[name][0]
    assert imported.refused == ()
    assert len({talk.key for talk in imported.talks}) == len(imported.talks)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_repair_of_a_real_programme_is_told_and_none_invented(name):
    repairs, expected = read(name).repairs, PROGRAMMES[name][1]
    assert len(repairs) == len(expected)
    for sentence, beginning in zip(repairs, expected, strict=True):
        assert sentence.startswith(beginning)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_times_lengths_and_titles_agree_with_the_tidied_copy(name):
    tidy = json.loads(real(f"schedules/{name.split('/')[0]}/norm.json"))["talks"]
    expected = sorted(
        (datetime.fromisoformat(talk["start"]).astimezone(UTC), talk["room"], talk["duration_min"])
        for talk in tidy
    )
    found = sorted((talk.start, talk.room, talk.minutes) for talk in read(name).talks)
    assert found == expected
    words = {" ".join(talk["title"].split()) for talk in tidy}
    assert {talk.title for talk in read(name).talks} <= words | {w[:199] + "…" for w in words}


@pytest.mark.parametrize("name", ["31c3-2014", "debconf-2023", "emf-2018", "rc3-2020"])
def test_who_does_not_want_to_be_recorded_is_not(name):
    tidy = json.loads(real(f"schedules/{name}/norm.json"))["talks"]
    suffix = "json" if name == "rc3-2020" else "xml"
    found = sum(talk.do_not_record for talk in read(f"{name}/schedule.{suffix}").talks)
    assert found == sum(bool(talk["do_not_record"]) for talk in tidy)


def test_no_text_of_a_real_programme_keeps_its_html():
    for name in PROGRAMMES:
        for talk in read(name).talks:
            for tag in ("<p>", "<li>", "<b>", "</a>", "<br", "&mdash;"):
                assert tag not in talk.abstract + talk.description


@pytest.mark.parametrize(
    ("revision", "talks"), list(enumerate([0, 97, 97, 97, 97, 97, 97, 95, 94], start=1))
)
def test_every_version_of_a_programme_that_changed_comes_in(revision, talks):
    imported = read(f"pyconfr-2025/revisions/{revision:02}.json")
    assert len(imported.talks) == talks
    assert imported.complete == bool(talks)


def test_successive_versions_know_their_talks_again():
    keys = [
        {talk.key for talk in read(f"pyconfr-2025/revisions/0{n}.json").talks} for n in (7, 8, 9)
    ]
    assert len(keys[0] & keys[1]) >= 90
    assert len(keys[1] & keys[2]) >= 90


def test_rooms_of_pretalx_bring_their_capacity():
    rooms = {room.name: room.capacity for room in read("pyconfr-2025/norm.json").conference.rooms}
    assert rooms["B003"] == 290


def test_the_proposals_of_a_real_call_come_in_whole():
    imported = proposals_csv.read(real("cfp/pyconit8-2017.csv"))
    assert len(imported.talks) == 181
    assert imported.refused == ()
    assert imported.repairs == ("Columns that were not read: rank",)
    first = imported.talks[0]
    assert (first.key, first.format, first.minutes, first.language) == ("1257", "Talk", 45, "it")
    assert (first.level, first.track, first.where) == ("beginner", "PyData", "line 2")
    assert all(talk.speakers and talk.level and talk.track for talk in imported.talks)
    pairs = [talk for talk in imported.talks if len(talk.speakers) == 2]
    assert ["Andrea Cappelli", "Roberto Turrin"] in [[s.name for s in t.speakers] for t in pairs]
