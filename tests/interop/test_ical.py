"""Feeds that every calendar app understands, and that stay true when talks move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfp.interop import ical
from cfp.interop.released import Release
from cfp.interop.text import clean, one_line
from tests.interop.calendars import Component, offset_at, parse
from tests.interop.real import real
from tests.interop.releases import ZONES, at, make_release, make_talk, releases

MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def feed(*talks, **wanted) -> Component:
    return parse(ical.write(make_release(*talks, **wanted)))


def event(**wanted) -> Component:
    return feed(make_talk(**wanted)).all("VEVENT")[0]


@MANY
@given(release=releases())
def test_two_readers_find_the_same_talks_at_the_same_instants(release: Release):
    data = ical.write(release)
    by_hand = parse(data)
    theirs = {
        str(e["UID"]): (e["DTSTART"].dt.astimezone(UTC), e["DTEND"].dt.astimezone(UTC))
        for e in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }
    ours = {
        e.value("UID"): (e.moment("DTSTART", by_hand), e.moment("DTEND", by_hand))
        for e in by_hand.all("VEVENT")
    }
    assert ours == theirs == {talk.guid: (talk.starts_at, talk.ends_at) for talk in release.talks}


@MANY
@given(release=releases())
def test_words_arrive_as_they_were_written(release: Release):
    calendar = parse(ical.write(release))
    talks = {talk.guid: talk for talk in release.talks}
    for found in calendar.all("VEVENT"):
        talk = talks[found.value("UID")]
        assert found.text("SUMMARY") == one_line(talk.title)
        assert found.text("LOCATION") == one_line(talk.room)
        assert clean(talk.abstract) in found.text("DESCRIPTION")


@MANY
@given(release=releases())
def test_lines_end_with_crlf_and_fold_at_75_octets_between_characters(release: Release):
    data = ical.write(release, name=release.title * 4)
    assert data.endswith(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert not {b"\r", b"\n"} & {line[i : i + 1] for i in range(len(line))}
        line.decode()


@MANY
@given(name=st.sampled_from(ZONES[1:]), minutes=st.integers(0, 2 * 366 * 24 * 60))
def test_the_zone_in_the_file_says_what_the_world_says(name, minutes):
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = moment.astimezone(ZoneInfo(name))
    zone = parse(b"BEGIN:X\r\n" + ical.timezone(name, 2026, 2027).to_ical() + b"END:X\r\n").inner[0]
    if not local.fold:
        assert offset_at(zone, local.replace(tzinfo=None)) == local.utcoffset()


def test_the_first_hour_of_summer_time_is_right():
    calendar = feed(make_talk(starts_at=at("2027-03-28T01:30+00:00")))
    found = calendar.all("VEVENT")[0]
    assert found.value("DTSTART") == "20270328T033000"
    assert found.moment("DTSTART", calendar) == at("2027-03-28T01:30+00:00")


def test_the_hour_that_comes_twice_is_told_in_utc():
    first, second = at("2027-10-31T00:30+00:00"), at("2027-10-31T01:30+00:00")
    assert event(starts_at=first).value("DTSTART") == "20271031T023000"
    assert event(starts_at=second).value("DTSTART") == "20271031T013000Z"


def test_every_zone_that_is_named_is_defined_once():
    calendar = feed(make_talk(1), make_talk(2))
    named = {e.line("DTSTART")[0]["TZID"] for e in calendar.all("VEVENT")}
    assert [zone.value("TZID") for zone in calendar.all("VTIMEZONE")] == sorted(named)


def test_a_conference_in_utc_needs_no_zone():
    calendar = feed(make_talk(), timezone="UTC")
    assert not calendar.all("VTIMEZONE")
    assert calendar.all("VEVENT")[0].value("DTSTART") == "20270601T070000Z"


def test_a_feed_without_talks_is_still_a_calendar():
    calendar = feed()
    assert calendar.value("VERSION") == "2.0"
    assert [component.name for component in calendar.inner] == ["VTIMEZONE"]


def test_the_feed_says_its_name_its_maker_and_how_often_to_come_back():
    data = ical.write(make_release(), name="Marit's stars, all", url="https://conf.example/a.ics")
    calendar = parse(data)
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Marit's stars, all"
    assert calendar.value("PRODID").startswith("-//Callboard//")
    assert calendar.line("REFRESH-INTERVAL") == ({"VALUE": "DURATION"}, "PT15M")
    assert calendar.value("X-PUBLISHED-TTL") == "PT15M"
    assert calendar.line("SOURCE") == ({"VALUE": "URI"}, "https://conf.example/a.ics")


def test_a_moved_talk_keeps_its_uid_and_says_that_it_moved():
    talk = make_talk()
    later = at("2027-06-02T15:00+02:00")
    moved = replace(
        talk, starts_at=later, ends_at=later + timedelta(hours=1), room="Attic", sequence=1
    )
    before, after = (feed(one).all("VEVENT")[0] for one in (talk, moved))
    assert before.value("UID") == after.value("UID")
    assert (before.value("SEQUENCE"), after.value("SEQUENCE")) == ("0", "1")
    assert before.value("DTSTART") != after.value("DTSTART")


def test_what_did_not_change_keeps_every_byte_when_others_move():
    stays, moves = make_talk(1), make_talk(2)
    moved = replace(moves, room="Attic", sequence=1, changed_at=at("2027-05-09T12:00+00:00"))
    before = feed(stays, moves)
    after = feed(stays, moved, version="2.0", released_at=at("2027-05-09T12:00+00:00"))
    assert before.all("VEVENT")[0] == after.all("VEVENT")[0]
    assert before.all("VEVENT")[1] != after.all("VEVENT")[1]


def test_a_cancelled_talk_stays_and_says_so():
    talks = make_talk(1), make_talk(2, cancelled=True, sequence=3)
    kept, dropped = feed(*talks).all("VEVENT")
    assert (kept.value("STATUS"), dropped.value("STATUS")) == ("CONFIRMED", "CANCELLED")
    assert dropped.value("SEQUENCE") == "3"


def test_a_feed_of_some_talks_holds_these_alone():
    talks = [make_talk(n) for n in (1, 2, 3)]
    calendar = parse(ical.write(make_release(*talks), [talks[2], talks[0]], name="Stars"))
    assert [e.value("UID") for e in calendar.all("VEVENT")] == [talks[0].guid, talks[2].guid]


def test_a_talk_says_who_where_what_and_its_address():
    found = feed(make_talk(track="Data, big; small"), venue="Old Mill, Kiel").all("VEVENT")[0]
    assert found.text("LOCATION") == "Hall, Old Mill, Kiel"
    assert found.text("CATEGORIES") == "Data, big; small"
    assert "Marit Solvåg" in found.text("DESCRIPTION")
    assert found.value("URL") == "https://conf.example/snow-27/talk/SNOW01/"
    assert found.value("DTSTAMP") == found.value("LAST-MODIFIED") == "20270501T120000Z"


def test_two_slots_of_one_talk_are_two_entries():
    again = at("2027-06-02T09:00+02:00")
    talks = make_talk(1, code="TWICE2"), make_talk(2, code="TWICE2", starts_at=again)
    uids = [e.value("UID") for e in feed(*talks).all("VEVENT")]
    assert len(set(uids)) == 2
    assert uids[0] == talks[0].guid


def test_the_same_talks_give_the_same_bytes():
    talks = make_talk(1), make_talk(2)
    assert ical.write(make_release(*talks)) == ical.write(make_release(*reversed(talks)))


@pytest.mark.parametrize(("name", "talks"), [("kielux-2020", 24), ("emf-2018", 355)])
def test_the_reader_of_these_tests_reads_the_calendars_of_others(name, talks):
    calendar = parse(real(f"schedules/{name}/schedule.ics"))
    assert len(calendar.all("VEVENT")) == talks
