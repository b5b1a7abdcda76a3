"""What a release freezes: exactly the contract, never changed, numbered for calendars."""

from datetime import date, time, timedelta

import pytest

from cfp.db import db as database
from cfp.schedule import queries, service
from cfp.submissions.models import TalkState
from tests.conftest import NOW
from tests.schedule.edition import Edition

LATER = NOW + timedelta(days=1)


def talk_in(schedule, title="Talk 1", part="talks"):
    return next(talk for talk in schedule.released_content[part] if talk["title"] == title)


def test_freezes_exactly_what_the_contract_says(db):
    edition = Edition(rooms=1, talks=1, venue="Kulissenwerk", city="Berlin")
    day, person, talk = date(2027, 5, 10), edition.speaker(), edition.talks[0]
    service.add_break(edition.conference, "Lunch", day, (time(12), time(13)), **edition.by)
    edition.place(hour=10)
    schedule = edition.release("1.0", "First.")
    assert schedule.released_content == {
        "conference": {
            "name": edition.conference.name,
            "slug": edition.conference.slug,
            "timezone": "Europe/Berlin",
            "starts_on": "2027-05-10",
            "ends_on": "2027-05-11",
            "venue": "Kulissenwerk",
            "city": "Berlin",
            "raster_minutes": 5,
        },
        "version": "1.0",
        "released_at": "2027-01-15T12:00:00+00:00",
        "note": "First.",
        "rooms": [
            {
                "id": edition.rooms[0].id,
                "guid": None,
                "name": "Room 1",
                "capacity": 100,
                "records": False,
            }
        ],
        "tracks": [],
        "talks": [
            {
                "id": talk.id,
                "slot_id": talk.id,
                "code": talk.code,
                "guid": talk.guid,
                "title": "Talk 1",
                "subtitle": "",
                "abstract": talk.abstract,
                "format": "Talk",
                "minutes": 40,
                "track_id": None,
                "language": "en",
                "level": "",
                "recording": True,
                "room_id": edition.rooms[0].id,
                "starts_at": "2027-05-10T08:00:00+00:00",
                "ends_at": "2027-05-10T08:40:00+00:00",
                "speakers": [
                    {"id": person.id, "code": person.code, "name": person.name, "biography": ""}
                ],
                "sequence": 0,
                "changed_at": "2027-01-15T12:00:00+00:00",
            }
        ],
        "cancelled": [],
        "breaks": [
            {
                "title": "Lunch",
                "room_id": None,
                "starts_at": "2027-05-10T10:00:00+00:00",
                "ends_at": "2027-05-10T11:00:00+00:00",
            }
        ],
    }


def test_a_released_version_never_changes(db):
    edition = Edition()
    edition.place()
    schedule = edition.release()
    frozen = dict(schedule.released_content)
    edition.place(hour=15, room=2)
    edition.talks[0].title = "Another title"
    edition.rooms[0].name = "Another room"
    edition.speaker().name = "Another name"
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    database.session.flush()
    database.session.expire_all()
    schedule = database.session.scalar(queries.current_release(edition.conference.id))
    assert schedule.released_content == frozen
    assert schedule.placements[0].starts_at == edition.at(10)


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        (lambda _edition: None, 0),
        (lambda edition: setattr(edition.talks[0], "abstract", "Rewritten."), 0),
        (lambda edition: edition.place(hour=11), 1),
        (lambda edition: edition.place(room=2), 1),
        (lambda edition: setattr(edition.talks[0], "title", "Talk 1"), 0),
        (lambda edition: setattr(edition.talks[0], "minutes", 30) or edition.place(), 1),
        (lambda edition: setattr(edition.speaker(), "name", "Married"), 1),
    ],
)
def test_the_sequence_rises_with_what_calendars_have_to_be_told(db, change, sequence):
    edition = Edition()
    edition.place()
    edition.release("1.0")
    change(edition)
    talk = talk_in(edition.release("1.1", at=LATER))
    assert talk["sequence"] == sequence
    assert talk["changed_at"][:10] == ("2027-01-16" if sequence else "2027-01-15")


def test_a_session_that_became_longer_ends_later(db):
    edition = Edition()
    edition.place(hour=10)
    edition.talks[0].minutes = 90
    schedule = edition.release()
    assert talk_in(schedule)["ends_at"] == "2027-05-10T09:30:00+00:00"
    assert schedule.placements[0].ends_at == edition.at(11, 30)


def test_a_new_title_raises_the_sequence_too(db):
    edition = Edition()
    edition.place()
    edition.release("1.0")
    edition.talks[0].title = "A better title"
    assert talk_in(edition.release("1.1"), "A better title")["sequence"] == 1


def test_what_was_announced_and_is_gone_is_told_as_cancelled_once(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.release("1.0")
    edition.talks[0].state = TalkState.CANCELLED
    second = edition.release("1.1", at=LATER)
    gone = talk_in(second, part="cancelled")
    assert (gone["sequence"], gone["changed_at"][:10]) == (1, "2027-01-16")
    third = edition.release("1.2", at=LATER + timedelta(days=1))
    assert talk_in(third, part="cancelled") == gone


def test_what_comes_back_is_a_change_again(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.release("1.0")
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    edition.release("1.1")
    edition.place(talk=1)
    third = edition.release("1.2")
    assert talk_in(third)["sequence"] == 2
    assert third.released_content["cancelled"] == []
