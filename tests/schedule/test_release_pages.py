"""Releasing in the browser: what is announced, what stops it, and what changed since."""

import html
import re

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.db import db as database
from cfp.mail.models import Message
from cfp.schedule import service
from cfp.schedule.models import Schedule
from cfp.submissions.models import TalkState
from tests.make import make_member
from tests.schedule.edition import Edition
from tests.visitor import rows


def form_of(edition, **data):
    edit = str(edition.programme.edit)
    return {"version": "1.0", "note": "", "edit": edit} | data


def test_releases_and_shows_what_was_announced(client):
    edition = Edition()
    edition.place()
    organiser = client(edition.organiser)
    page = organiser.get(edition.url("release/")).text
    assert 'value="1.0"' in page
    assert "1 confirmed session is announced" in page
    response = organiser.post(edition.url("release/"), form_of(edition, note="First."))
    page = organiser.get(response.location).text
    assert "Version 1.0" in page
    assert "Talk 1" in page
    assert (rows(Schedule), rows(Message)) == (2, 1)


def test_says_what_stops_it_and_releases_nothing(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2)
    organiser = client(edition.organiser)
    assert "1 clash stops the release" in organiser.get(edition.url("release/")).text
    page = organiser.post(edition.url("release/"), form_of(edition), status=422)
    assert "cannot be released yet" in page.text
    assert (rows(Schedule), rows(Message)) == (1, 0)


def test_a_rule_is_set_aside_at_the_gate_but_nobody_is_in_two_places(client):
    edition = Edition(rooms=2)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=9, minute=20)  # in the same room: no rule that one could set aside
    edition.place(talk=3, hour=12, room=2)
    only = {"rooms": [edition.rooms[0].id]}
    service.set_condition(edition.conference, edition.talks[2], only, **edition.by)
    organiser = client(edition.organiser)
    page = organiser.get(edition.url("release/")).text
    assert "2 clashes stop the release" in page
    assert page.count(">Let it pass<") == 1
    hidden = r'name="(rule|subject)" value="([^"]*)"'
    fields = {name: html.unescape(value) for name, value in re.findall(hidden, page)}
    answer = organiser.post(edition.url("why/waive"), form_of(edition) | fields | {"gate": "1"})
    page = organiser.get(answer.location).text
    assert "That stops no release any more." in page
    assert "1 clash stops the release" in page
    assert "1 rule is set aside" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"version": ""}, "Please fill this in"),
        ({"version": "1/0"}, "short name"),
        ({"version": "9" * 41}, "at most 40"),
        ({"edit": "0"}, "Somebody changed the draft"),
    ],
)
def test_a_wrong_form_comes_back_with_its_note(client, data, sentence):
    edition = Edition()
    edition.place()
    page = client(edition.organiser).post(
        edition.url("release/"), form_of(edition, note="Kept.") | data, status=422
    )
    assert sentence in page.text
    assert "Kept." in page.text
    assert rows(Schedule) == 1


def test_unconfirmed_sessions_are_named_and_need_a_tick(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.talks[1].state = TalkState.UNCONFIRMED
    organiser = client(edition.organiser)
    page = organiser.get(edition.url("release/")).text
    assert "1 session waits for its speakers" in page
    organiser.post(edition.url("release/"), form_of(edition, unconfirmed="y"))
    assert len(edition.programme.last.released_content["talks"]) == 2


def test_the_page_says_what_stays_announced_and_what_is_taken_back(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.place(talk=3, hour=12)
    edition.talks[1].state = TalkState.UNCONFIRMED
    edition.release("1.0", unconfirmed=True)
    service.unplace(edition.conference, edition.talks[2], **edition.by)
    page = client(edition.organiser).get(edition.url("release/")).text
    assert "1 confirmed session is announced" in page
    assert "1 session was announced before its speakers confirmed and stays announced" in page
    assert "waits for its speakers" not in page
    assert re.search(r"1 session that was announced is taken back.*Talk 3", page, re.DOTALL)


def test_two_tabs_release_once(client):
    edition = Edition()
    edition.place()
    organiser = client(edition.organiser)
    organiser.post(edition.url("release/"), form_of(edition))
    page = organiser.post(edition.url("release/"), form_of(edition), status=422)
    assert "a version of this name already" in page.text
    assert rows(Message) == 1


def test_any_two_versions_are_compared(client):
    edition = Edition()
    edition.place(talk=1, hour=9)
    edition.release("1.0")
    edition.place(talk=1, hour=11)
    edition.place(talk=2, room=2)
    edition.release("1.1", "Two more.")
    edition.talks[0].title = "Renamed"
    edition.release("1.2")
    organiser = client(edition.organiser)
    listed = organiser.get(edition.url("releases/")).text
    assert listed.index("1.2") < listed.index("1.1") < listed.index("1.0")
    page = organiser.get(edition.url("releases/1.1/")).text
    assert "What changed since 1.0" in page
    assert re.search(
        r"<del>Mon 10 May, 09:00, Room 1</del>.*<ins>Mon 10 May, 11:00, Room 1", page, re.DOTALL
    )
    page = organiser.get(edition.url("releases/1.2/?since=1.0")).text
    assert "What changed since 1.0" in page
    assert "renamed" in page
    organiser.get(edition.url("releases/1.2/?since=nonsense"))


@pytest.mark.parametrize("version", ["9.9", "%00", "..", "x" * 300])
def test_versions_that_do_not_exist_are_not_found(client, version):
    edition = Edition()
    edition.place()
    edition.release()
    client(edition.organiser).get(edition.url(f"releases/{version}/"), status=404)


def test_a_version_of_another_edition_is_not_found_here(client):
    edition, other = Edition(), Edition()
    other.place()
    other.release("7.7")
    client(edition.organiser).get(edition.url("releases/7.7/"), status=404)


def test_a_track_chair_reads_releases_and_makes_none(client):
    edition = Edition()
    edition.place()
    edition.release()
    reader = client(make_member(edition.conference, Role.TRACK_CHAIR))
    reader.get(edition.url("releases/1.0/"))
    reader.get(edition.url("release/"), status=403)
    reader.post(edition.url("release/"), form_of(edition, version="2.0"), status=403)


def test_letters_are_read_before_they_leave_and_leave_as_they_were_read(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.release("1.0")
    edition.place(talk=1, hour=12)
    organiser = client(edition.organiser)
    page = organiser.get(edition.url("release/")).text
    (text,) = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert "1 letter" in page
    before = rows(Message)
    organiser.post(edition.url("release/"), form_of(edition, version="1.1"))
    assert rows(Message) == before + 1
    sent = database.session.scalars(sa.select(Message).order_by(Message.id.desc())).first()
    assert sent.to == edition.speaker(1).email
    assert html.unescape(text).split() == f"{sent.subject}\n{sent.body}".split()


def test_a_dropped_session_brings_its_speaker_a_letter(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, room=2)
    edition.release("1.0")
    service.unplace(edition.conference, edition.talks[0], **edition.by)
    page = client(edition.organiser).get(edition.url("release/")).text
    (text,) = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert "is no longer in the schedule" in text
    assert edition.speaker(1).name in text
