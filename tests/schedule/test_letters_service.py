"""The letter about a release: to exactly those whose slots are new, elsewhere or gone."""

from cfp.db import db as database
from cfp.mail.models import Message
from cfp.schedule import service
from tests.conftest import NOW
from tests.make import make_person, make_talk
from tests.schedule.edition import Edition


def letters():
    """Who got a letter, and what it says."""
    return {message.to: message.body for message in database.session.query(Message)}


def test_everybody_on_stage_gets_a_letter_at_the_first_release(db):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, room=2, hour=15)
    edition.release()
    sent = letters()
    assert set(sent) == {edition.speaker(1).email, edition.speaker(2).email}
    assert "Monday 10 May, 10:00, Room 1" in sent[edition.speaker(1).email]
    assert "Talk 2" not in sent[edition.speaker(1).email]


def test_later_only_those_get_a_letter_whose_slot_changed(db):
    edition = Edition(talks=4)
    for number in (1, 2, 3):
        edition.place(talk=number, hour=9 + number)
    edition.release("1.0")
    database.session.query(Message).delete()
    edition.place(talk=1, hour=16)
    service.unplace(edition.conference, edition.talks[1], **edition.by)
    edition.place(talk=4, room=2)
    edition.release("1.1")
    sent = letters()
    moved, dropped, new = (sent[edition.speaker(n).email] for n in (1, 2, 4))
    assert len(sent) == 3
    assert "16:00, Room 1" in moved
    assert "before: Monday 10 May, 10:00, Room 1" in moved
    assert "no longer in the schedule (before: Monday 10 May, 11:00, Room 1)" in dropped
    assert "Monday 10 May, 10:00, Room 2" in new
    assert "before" not in new


def test_who_joins_or_leaves_a_session_is_told_the_others_are_not(db):
    edition = Edition(talks=0)
    ada, bo = make_person("Ada"), make_person("Bo")
    edition.talks = [make_talk(edition.conference, title="Talk 1", speakers=[ada, bo])]
    bo_speaks = edition.talks[0].submission.speakers[1]
    bo_speaks.declined_at = NOW
    edition.place()
    edition.release("1.0")
    assert set(letters()) == {ada.email}
    database.session.query(Message).delete()
    bo_speaks.declined_at = None
    edition.release("1.1")
    assert set(letters()) == {bo.email}


def test_a_letter_speaks_the_language_of_its_reader(db):
    edition = Edition()
    edition.speaker().language = "de"
    edition.place()
    edition.release()
    assert "Montag, 10. Mai, 10:00, Room 1" in letters()[edition.speaker().email]


def test_a_letter_is_keyed_by_release_and_person(db):
    edition = Edition()
    edition.place()
    schedule = edition.release()
    (message,) = database.session.query(Message).all()
    assert message.key == f"schedule:{schedule.id}:{edition.speaker().id}"
    assert message.conference_id == edition.conference.id


def test_a_speaker_without_an_address_stops_nobody(db):
    edition = Edition()
    edition.speaker().email = None
    edition.place()
    edition.release()
    assert letters() == {}
