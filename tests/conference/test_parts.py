"""Rooms, tracks and formats: named once, in an order, and kept while something needs them."""

from datetime import UTC, datetime

import pytest

from cfp.access import Role
from cfp.conference import queries
from cfp.conference.models import Format, Membership, Room, Track
from cfp.conference.service import parts
from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_opening,
    make_person,
    make_placement,
    make_room,
    make_schedule,
    make_submission,
    make_talk,
    make_track,
)
from tests.visitor import rows


@pytest.fixture
def conference(db):
    return make_conference()


@pytest.fixture
def organiser(db):
    return make_person()


def names(kind, conference):
    return [part.name for part in database.session.scalars(queries.parts(kind, conference))]


def test_a_new_one_stands_at_the_end(conference, organiser, now):
    for name in ("B", "A"):
        parts.add_part(Track, conference, {"name": name}, by=organiser, at=now)
    assert names(Track, conference) == ["B", "A"]


def test_a_name_is_given_once_in_an_edition(conference, organiser, now):
    parts.add_part(Room, conference, {"name": "Palais"}, by=organiser, at=now)
    with pytest.raises(Refused) as refused:
        parts.add_part(Room, conference, {"name": "Palais"}, by=organiser, at=now)
    assert refused.value.field == "name"
    assert rows(Room) == 1
    parts.add_part(Room, make_conference(), {"name": "Palais"}, by=organiser, at=now)


def test_a_name_cannot_be_changed_into_anothers(conference, organiser, now):
    make_track(conference, "A")
    track = make_track(conference, "B")
    with pytest.raises(Refused, match="of this name"):
        parts.change_part(track, {"name": "A"}, by=organiser, at=now)
    assert track.name == "B"


def test_a_change_is_on_record(conference, organiser, now):
    talk = make_format(conference, "Talk", 30)
    parts.change_part(talk, {"name": "Talk", "minutes": 40}, by=organiser, at=now)
    entry = database.session.query(LogEntry).one()
    assert entry.details == {"changed": {"minutes": [30, 40]}}


@pytest.mark.parametrize(
    ("moved", "up", "after"),
    [
        ("B", True, ["B", "A", "C"]),
        ("B", False, ["A", "C", "B"]),
        ("A", True, ["A", "B", "C"]),
        ("C", False, ["A", "B", "C"]),
    ],
)
def test_the_order_is_changed_one_place_at_a_time(conference, moved, up, after):
    made = {name: make_track(conference, name) for name in "ABC"}  # all at position 0
    parts.move_part(made[moved], up=up)
    assert names(Track, conference) == after


def test_what_nothing_needs_is_removed(conference, organiser, now):
    room = make_room(conference)
    make_opening(room, datetime(2027, 5, 10, 8, tzinfo=UTC))
    parts.remove_part(room, by=organiser, at=now)
    assert rows(Room) == 0


def test_a_format_with_proposals_stays(conference, organiser, now):
    submission = make_submission(conference)
    with pytest.raises(Refused, match="in use"):
        parts.remove_part(submission.format, by=organiser, at=now)
    assert rows(Format) == 1


def test_a_track_with_proposals_stays(conference, organiser, now):
    track = make_track(conference)
    make_submission(conference, track_id=track.id)
    with pytest.raises(Refused, match="in use"):
        parts.remove_part(track, by=organiser, at=now)


def test_a_room_with_talks_stays_and_keeps_its_hours(conference, organiser, now):
    room = make_room(conference)
    first = datetime(2027, 5, 10, 8, tzinfo=UTC)
    make_opening(room, first)
    make_placement(make_schedule(conference), make_talk(conference), room, first)
    with pytest.raises(Refused, match="in use"):
        parts.remove_part(room, by=organiser, at=now)
    assert rows(Room) == 1


def test_a_track_with_a_chair_stays_and_so_does_the_chair(conference, organiser, now):
    track = make_track(conference)
    make_member(conference, Role.TRACK_CHAIR)
    database.session.query(Membership).one().track_id = track.id
    with pytest.raises(Refused, match="track chair"):
        parts.remove_part(track, by=organiser, at=now)
    assert rows(Membership) == 1
