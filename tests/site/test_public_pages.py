"""What everybody sees: the released schedule and nothing else, cheap, and readable by anyone."""

import pytest

from cfp.conference.models import Publicity
from cfp.db import db as database
from cfp.db import transaction
from cfp.schedule.service import releases
from cfp.submissions.models import Talk
from tests.make import (
    make_conference,
    make_opening,
    make_person,
    make_placement,
    make_room,
    make_schedule,
    make_talk,
)
from tests.site.released import NINE, released


def test_before_a_release_the_page_says_that_there_is_none(client):
    make_conference(slug="demo")
    page = client().get("/demo/schedule/").text
    assert "not out yet" in page


def test_a_draft_edition_does_not_exist_for_strangers(client):
    make_conference(slug="secret", publicity=Publicity.DRAFT)
    for page in ("/secret/", "/secret/schedule/", "/secret/call/"):
        client().get(page, status=404)


def test_the_schedule_shows_talks_rooms_and_local_times(client):
    released()
    page = client().get("/demo/schedule/").text
    assert "Talk 0" in page
    assert "Speaker 3" in page
    assert "09:00" in page
    assert "Room 1" in page


def test_later_edits_do_not_show_before_the_next_release(client):
    conference = released()
    with transaction():
        talk = database.session.query(Talk).filter_by(conference_id=conference.id).first()
        talk.title = "Changed behind the curtain"
    assert "behind the curtain" not in client().get("/demo/schedule/").text


def test_an_unchanged_page_is_not_sent_twice(client):
    released()
    visitor = client()
    first = visitor.get("/demo/schedule/")
    again = visitor.get(
        "/demo/schedule/", status=304, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.data == b""


def test_filters_stand_in_the_address(client):
    released()
    page = client().get("/demo/schedule/?q=talk+2").text
    assert "Talk 2" in page
    assert "Talk 3" not in page
    assert "1 session" in page
    assert "No session fits" in client().get("/demo/schedule/?q=nothing+like+this").text


ODD = ["track=x", "room=999999999999999999999", "q=%00%ff", "q=" + "y" * 5000]


@pytest.mark.parametrize("query", ODD)
def test_an_odd_filter_finds_nothing_and_breaks_nothing(client, query):
    released()
    client().get(f"/demo/schedule/?{query}")


def test_a_hundred_talks_need_at_most_six_statements(client):
    released(talks=100, rooms=5)
    visitor = client()
    visitor.get("/demo/schedule/")
    assert len(visitor.statements) <= 6
    visitor.get("/demo/schedule/")
    assert len(visitor.statements) <= 2


def test_talk_and_speaker_have_pages(client):
    released()
    visitor = client()
    page = visitor.get("/demo/schedule/").text
    talk = page.split("/talk/")[1].split("/")[0]
    assert "40 minutes" in visitor.get(f"/demo/talk/{talk}/").text
    people = visitor.get("/demo/speakers/").text
    person = people.split("/speaker/")[1].split("/")[0]
    assert "Talk" in visitor.get(f"/demo/speaker/{person}/").text


def test_unknown_codes_and_versions_are_404(client):
    released()
    for path in ("talk/NOBODY/", "speaker/NOBODY/", "schedule/v/9.9/", "talk/NOBODY.ics"):
        client().get(f"/demo/{path}", status=404)


def test_another_edition_has_its_own_talks_only(client):
    released()
    make_conference(slug="other")
    visitor = client()
    code = visitor.get("/demo/schedule/").text.split("/talk/")[1].split("/")[0]
    visitor.get(f"/other/talk/{code}/", status=404)


def test_titles_are_text_not_markup(client):
    conference = make_conference(slug="demo")
    room = make_room(conference)
    make_opening(room, NINE)
    draft = make_schedule(conference)
    talk = make_talk(
        conference, title="<script>alert(1)</script>", abstract="[x](javascript:alert(1))"
    )
    make_placement(draft, talk, room, NINE)
    with transaction():
        releases.release(conference, by=make_person(), at=NINE, version="1.0", note="")
    visitor = client()
    page = visitor.get("/demo/schedule/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in visitor.get(f"/demo/talk/{talk.code}/").text


def test_versions_are_listed_and_an_old_one_says_that_it_is_old(client):
    conference = released()
    with transaction():
        releases.release(conference, by=make_person(), at=NINE, version="1.1", note="Second")
    visitor = client()
    page = visitor.get("/demo/schedule/changelog/").text
    assert "1.0" in page
    assert "1.1" in page
    assert "has been replaced" in visitor.get("/demo/schedule/v/1.0/").text
    assert "has been replaced" not in visitor.get("/demo/schedule/v/1.1/").text
