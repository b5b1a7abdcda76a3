"""Releases: checked by the rule book, numbered, refused with sentences."""

from datetime import timedelta

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.queries import log_of
from cfp.schedule import queries, service
from cfp.schedule.models import Schedule
from cfp.submissions.models import TalkState
from tests.conftest import NOW
from tests.schedule.edition import Edition
from tests.visitor import rows

LATER = NOW + timedelta(days=1)


def test_the_draft_goes_on_as_it_was(db):
    edition = Edition()
    edition.place()
    before = edition.places
    schedule = edition.release()
    assert edition.places == before
    assert edition.programme.draft.id != schedule.id
    assert [placement.talk_id for placement in schedule.placements] == [edition.talks[0].id]


def test_versions_are_numbered_and_the_newest_is_current(db):
    edition = Edition()
    edition.place()
    edition.release("1.0")
    edition.release("1.1", at=LATER)
    of = edition.conference.id
    found = database.session.scalars(queries.releases(of)).all()
    assert [(s.number, s.version) for s in found] == [(2, "1.1"), (1, "1.0")]
    assert database.session.scalar(queries.current_release(of)).version == "1.1"
    assert database.session.scalar(queries.release_by_version(of, "1.0")).number == 1


@pytest.mark.parametrize(
    ("last", "offered"),
    [
        (None, "1.0"),
        ("1.0", "1.1"),
        ("1.9", "1.10"),
        ("2027.2.3", "2027.2.4"),
        ("final", "final.1"),
    ],
)
def test_offers_the_next_version(last, offered):
    assert service.next_version(Schedule(version=last) if last else None) == offered


@pytest.mark.parametrize("version", ["", " ", "1/2", "../x", "x" * 41, ".", "a\nb"])
def test_refuses_versions_that_no_address_can_hold(db, version):
    edition = Edition()
    edition.place()
    with pytest.raises(Refused) as refused:
        edition.release(version)
    assert refused.value.field == "version"


def test_refuses_a_version_that_exists(db):
    edition = Edition()
    edition.place()
    edition.release("1.0")
    with pytest.raises(Refused, match="already"):
        edition.release("1.0")


def test_two_editions_may_have_the_same_version(db):
    for edition in (Edition(), Edition()):
        edition.place()
        edition.release("1.0")
    assert rows(Schedule) == 4


def test_refuses_an_empty_draft(db):
    with pytest.raises(Refused, match="nothing to release"):
        Edition().release()


def test_refuses_a_draft_that_clashes_and_says_why(db):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, hour=10, minute=20)
    with pytest.raises(Refused, match=r"“Talk 1” and “Talk 2” are in Room 1 at the same time"):
        edition.release()
    assert database.session.scalar(queries.current_release(edition.conference.id)) is None
    assert rows(Message) == 0


def test_refuses_when_the_draft_is_not_the_one_that_was_looked_at(db):
    edition = Edition()
    edition.place()
    seen = edition.programme.edit
    edition.place(hour=11)
    with pytest.raises(Refused, match="Somebody changed the draft"):
        edition.release(edit=seen)


def test_unconfirmed_sessions_are_left_out_unless_wanted(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.talks[1].state = TalkState.UNCONFIRMED
    first = edition.release("1.0")
    assert [talk["title"] for talk in first.released_content["talks"]] == ["Talk 1"]
    second = edition.release("1.1", unconfirmed=True)
    assert {talk["title"] for talk in second.released_content["talks"]} == {"Talk 1", "Talk 2"}


def test_what_was_announced_stays_announced_although_its_speakers_have_not_confirmed(db):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.talks[1].state = TalkState.UNCONFIRMED
    edition.release("1.0", unconfirmed=True)
    edition.place(talk=3, hour=12)
    edition.talks[2].state = TalkState.UNCONFIRMED
    second = edition.release("1.1").released_content
    assert {talk["title"] for talk in second["talks"]} == {"Talk 1", "Talk 2"}
    assert second["cancelled"] == []


def test_names_what_a_release_would_take_back_and_why(db):
    edition = Edition()
    for number in (1, 2, 3):
        edition.place(talk=number, hour=9 + number)
    assert service.taken_back(edition.programme) == []
    edition.release("1.0")
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    edition.talks[2].state = TalkState.CANCELLED
    database.session.flush()
    found = service.taken_back(edition.programme)
    assert [(gone.title, gone.is_cancelled) for gone in found] == [
        ("Talk 1", False),
        ("Talk 3", True),
    ]
    edition.release("1.1")
    assert service.taken_back(edition.programme) == []


def test_a_clash_with_a_session_that_is_left_out_stops_nobody(db):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, hour=10)
    edition.talks[1].state = TalkState.UNCONFIRMED
    assert len(edition.release().placements) == 1
    with pytest.raises(Refused, match="same time"):
        edition.release("1.1", unconfirmed=True)


def test_the_log_knows_the_release(db):
    edition = Edition()
    edition.place()
    edition.release()
    entry = database.session.scalars(log_of(edition.conference.id)).first()
    assert (entry.action, entry.details["version"]) == ("released", "1.0")
    assert entry.person_id == edition.organiser.id


def test_an_erased_person_is_named_in_no_version_any_more(db):
    edition = Edition(talks=2)
    chaired = edition.talks[1]
    person = edition.speaker()
    before = person.name
    service.set_condition(
        edition.conference, chaired, {"chairs": [person.id]}, edit=None, **edition.by
    )
    edition.place(talk=1)
    edition.place(talk=2, hour=15)
    first = edition.release("1.0")
    digest = first.digest
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    second = edition.release("1.1", at=LATER)
    assert before in str(first.released_content["talks"])
    assert before in str(second.released_content["cancelled"])
    assert set(service.replace_in_releases(person.id, before, "Somebody")) == {first.id, second.id}
    database.session.expire_all()
    for schedule in (first, second):
        assert before not in str(schedule.released_content)
        assert "Somebody" in str(schedule.released_content)
    assert first.digest != digest
    assert service.replace_in_releases(person.id, before, "Somebody") == []
