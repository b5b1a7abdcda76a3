"""Calendars that people subscribe to: who is in them, and what they say when things change."""

from __future__ import annotations

from datetime import UTC, timedelta

import icalendar
import pytest

from tests.interop.calendars import parse
from tests.make import make_person
from tests.site.released import (
    HERE,
    NINE,
    drop,
    move,
    placement_of,
    release,
    released,
    talk_named,
)


def events(client, path="schedule.ics"):
    """By title, as our own second reader sees them."""
    calendar = parse(client().get(f"{HERE}/{path}").data)
    return {event.text("SUMMARY"): event for event in calendar.all("VEVENT")}


def test_two_readers_agree_on_every_instant_and_it_is_the_right_one(client):
    released()
    data = client().get(f"{HERE}/schedule.ics").data
    by_hand = parse(data)
    theirs = {
        str(event["SUMMARY"]): event["DTSTART"].dt.astimezone(UTC)
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }
    ours = {e.text("SUMMARY"): e.moment("DTSTART", by_hand) for e in by_hand.all("VEVENT")}
    later = NINE + timedelta(minutes=40)
    assert ours == theirs == {"Talk 0": NINE, "Talk 1": NINE, "Talk 2": later, "Talk 3": later}


def test_there_is_a_calendar_for_each_room_track_speaker_and_talk(client):
    conference = released()
    room, track = conference.rooms[1], conference.tracks[0]
    talk = talk_named("Talk 3")
    speaker = talk.submission.speakers[0].person
    assert set(events(client, f"room/{room.id}.ics")) == {"Talk 1", "Talk 3"}
    assert len(events(client, f"track/{track.id}.ics")) == 4
    assert set(events(client, f"speaker/{speaker.code}/talks.ics")) == {"Talk 3"}
    assert set(events(client, f"talk/{talk.code}.ics")) == {"Talk 3"}


@pytest.mark.parametrize("path", ["room/99.ics", "track/99.ics", "speaker/NOBODY/talks.ics"])
def test_there_is_no_calendar_of_nothing(client, path):
    released()
    client().get(f"{HERE}/{path}", status=404)


def test_a_calendar_says_where_it_comes_from_and_its_name(client):
    conference = released(name="Snow Days")
    room = conference.rooms[0]
    calendar = parse(client().get(f"{HERE}/room/{room.id}.ics").data)
    assert calendar.text("X-WR-CALNAME") == "Snow Days: Room 0"
    assert calendar.value("SOURCE") == f"http://localhost{HERE}/room/{room.id}.ics"


def test_the_sequence_rises_for_what_changed_and_for_nothing_else(client):
    conference = released()
    before = events(client)
    move("Talk 2", 60)
    release(conference, "1.1", at=NINE - timedelta(days=9))
    after = events(client)
    assert {title: event.value("SEQUENCE") for title, event in after.items()} == {
        "Talk 0": "0",
        "Talk 1": "0",
        "Talk 2": "1",
        "Talk 3": "0",
    }
    same = [title for title in before if before[title] == after[title]]
    assert same == ["Talk 0", "Talk 1", "Talk 3"]
    assert before["Talk 2"].value("UID") == after["Talk 2"].value("UID")


def rename(talk):
    talk.title = "Talk 2, renamed"


def take_to_another_room(talk):
    room = talk.submission.conference.rooms[1]
    placement_of(talk.title).room_id = room.id


def shorten(talk):
    talk.minutes = 30


def give_to_somebody_else(talk):
    talk.submission.speakers[0].person = make_person()


@pytest.mark.parametrize("change", [rename, take_to_another_room, shorten, give_to_somebody_else])
def test_what_a_calendar_shows_is_what_raises_the_sequence(client, change):
    conference = released(talks=3)
    change(talk_named("Talk 2"))
    release(conference, "1.1")
    found = events(client)
    raised = {title for title, event in found.items() if event.value("SEQUENCE") == "1"}
    assert len(raised) == 1
    assert next(iter(raised)).startswith("Talk 2")
    assert {event.value("SEQUENCE") for event in found.values()} == {"0", "1"}


def test_an_abstract_that_was_mended_disturbs_no_calendar(client):
    conference = released()
    talk_named("Talk 2").abstract = "Without the typo."
    release(conference, "1.1")
    assert {event.value("SEQUENCE") for event in events(client).values()} == {"0"}


def test_a_cancelled_session_stays_in_the_calendar_for_good(client):
    conference = released()
    drop("Talk 3")
    release(conference, "1.1")
    move("Talk 2", 60)
    release(conference, "1.2")
    found = events(client)
    assert (found["Talk 3"].value("STATUS"), found["Talk 3"].value("SEQUENCE")) == (
        "CANCELLED",
        "1",
    )
    assert found["Talk 2"].value("STATUS") == "CONFIRMED"
    code = talk_named("Talk 3").code
    assert events(client, f"talk/{code}.ics")["Talk 3"].value("STATUS") == "CANCELLED"
