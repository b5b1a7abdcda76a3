"""The public call says what is wanted, until when, and what one can do about it today."""

from datetime import UTC, datetime, timedelta

import pytest

from cfp.submissions.views.call import time_left
from tests.make import make_conference, make_format, make_person, make_track

OPENS = datetime(2027, 1, 10, 8, tzinfo=UTC)
CLOSES = datetime(2027, 1, 20, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def edition(house):
    edition = make_conference(
        slug="here",
        call_text="We look for **stories**.",
        call_opens_at=OPENS,
        call_closes_at=CLOSES,
        blind=True,
    )
    make_track(edition, "Governance", description="Who decides.")
    make_format(edition, "Workshop", 90)
    return edition


def test_the_call_says_what_is_wanted_and_how_it_is_judged(client, edition):
    page = client().get("/here/call/").text
    for words in (
        "<strong>stories</strong>",
        "Governance",
        "Who decides.",
        "90 minutes",
        "do not see who you are",
    ):
        assert words in page


def test_the_deadline_stands_with_its_offset_and_for_the_readers_own_clock(client, edition):
    page = client().get("/here/call/").text
    assert "20 January 2027, 23:59 (UTC+1)" in page
    assert 'datetime="2027-01-20T22:59:59+00:00" data-zone="Europe/Berlin" data-local=' in page


@pytest.mark.parametrize(
    ("moment", "words", "may_propose"),
    [
        (OPENS - timedelta(seconds=1), "Opens", False),
        (OPENS, "left", True),
        (CLOSES + timedelta(milliseconds=999), "left", True),
        (CLOSES + timedelta(seconds=1), "The call is closed", False),
    ],
)
def test_the_action_fits_the_day(client, edition, today, moment, words, may_propose):
    today.move_to(moment)
    page = client().get("/here/call/").text
    assert words in page
    assert ("/here/proposals/new" in page) is may_propose


def test_a_call_without_dates_promises_none(client):
    make_conference(slug="here", call_opens_at=None, call_closes_at=None)
    assert "Not open yet" in client().get("/here/call/").text


def test_a_call_without_an_end_is_open(client):
    make_conference(slug="here", call_opens_at=OPENS, call_closes_at=None)
    assert "no end is set" in client().get("/here/call/").text


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=12, hours=23), "12 days"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=2, seconds=-1), "47 hours"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(0), "0 minutes"),
        (timedelta(milliseconds=-900), "0 minutes"),
    ],
)
def test_time_left_is_said_in_whole_units(db, span, words):
    assert time_left(span) == words


def test_who_is_signed_in_finds_the_own_proposals(client, edition):
    assert "/here/my/" in client(make_person()).get("/here/call/").text


def test_an_empty_desk_says_where_to_begin(client, edition, today):
    person = make_person()
    assert "Propose a talk" in client(person).get("/here/my/").text
    today.move_to(CLOSES + timedelta(days=1))
    assert "Read the call for papers" in client(person).get("/here/my/").text
