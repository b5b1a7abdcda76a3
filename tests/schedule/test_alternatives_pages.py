"""What if, in the browser: asked by a form, shown side by side, adopted, dropped, asked again."""

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.jobs import service as jobs
from cfp.schedule.models import Alternative
from tests.make import make_member, make_submission
from tests.schedule.edition import Edition
from tests.visitor import rows


@pytest.fixture
def edition(db):
    edition = Edition(rooms=2, talks=3)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=10)
    return edition


def questions(edition):
    """Each kind of question with what its form sends."""
    more = make_submission(edition.conference, title="One more")
    room = str(edition.rooms[1].id)
    return {
        "speaker": {"speaker-person": str(edition.speaker(1).id)},
        "room": {"room-room": room, "room-day": "all"},
        "session": {
            "session-talk": edition.talks[0].code,
            "session-room": room,
            "session-start": "2027-05-10T10:00",
        },
        "more": {"more-proposals": more.code},
    }


def test_all_questions_stand_side_by_side_and_are_answered_by_the_worker(client, edition):
    organiser = client(edition.organiser)
    for kind, fields in questions(edition).items():
        organiser.post(edition.url(f"what-if/new/{kind}"), fields)
    page = organiser.get(edition.url("what-if/")).text
    assert page.count("The least change is sought") >= 4
    assert jobs.run_waiting() == 4
    page = organiser.get(edition.url("what-if/")).text
    for name in ("cancels", "Room 2 is lost", "“Talk 1” moves to Room 2", "1 proposal more"):
        assert name in page
    assert page.count("Sessions that move") == 4
    one = database.session.query(Alternative).first()
    part = organiser.get(edition.url(f"what-if/{one.code}"), headers={"HX-Request": "true"}).text
    assert "hx-get" not in part


def test_a_plan_is_adopted_or_dropped_by_a_button(client, edition):
    organiser = client(edition.organiser)
    asked = questions(edition)
    organiser.post(edition.url("what-if/new/speaker"), asked["speaker"])
    organiser.post(edition.url("what-if/new/room"), asked["room"])
    jobs.run_waiting()
    first, second = database.session.query(Alternative).order_by(Alternative.id)
    organiser.post(edition.url(f"what-if/{first.code}/adopt"))
    assert "Talk 1" not in edition.places
    page = organiser.get(edition.url("what-if/")).text
    assert "The draft was edited since." in page
    organiser.post(edition.url(f"what-if/{second.code}/adopt"), status=409)
    organiser.post(edition.url(f"what-if/{second.code}/again"))
    organiser.post(edition.url(f"what-if/{second.code}/drop"))
    assert "Room 2 is lost" not in organiser.get(edition.url("what-if/")).text


def test_forged_questions_come_back_with_a_sentence(client, edition):
    organiser, other = client(edition.organiser), Edition()
    for kind, fields in questions(edition).items():
        for name in fields:
            page = organiser.post(
                edition.url(f"what-if/new/{kind}"), fields | {name: "x"}, status=422
            )
            assert "Please check what you entered" in page.text
    foreign = {"speaker-person": str(other.speaker(1).id)}
    organiser.post(edition.url("what-if/new/speaker"), foreign, status=422)
    organiser.post(edition.url("what-if/new/more"), {}, status=422)
    assert rows(Alternative) == 0


def test_alternatives_of_another_edition_do_not_exist_here(client, edition):
    other = Edition()
    other.place()
    client(other.organiser).post(
        other.url("what-if/new/speaker"), {"speaker-person": str(other.speaker(1).id)}
    )
    code = database.session.query(Alternative).one().code
    organiser = client(edition.organiser)
    organiser.get(edition.url(f"what-if/{code}"), status=404)
    for verb in ("adopt", "drop", "again"):
        organiser.post(edition.url(f"what-if/{code}/{verb}"), status=404)


def test_a_reader_looks_and_asks_nothing(client, edition):
    reader = client(make_member(edition.conference, Role.TRACK_CHAIR))
    assert "Suppose that" not in reader.get(edition.url("what-if/")).text
    reader.post(edition.url("what-if/new/speaker"), {}, status=403)
