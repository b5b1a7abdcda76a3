"""The page of the letters: read first, sent once, by nobody who merely forges the form."""

import pytest

from cfp.access import Role
from cfp.mail.models import Message
from cfp.submissions import service
from cfp.submissions.models import Outcome
from tests.make import (
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_submission,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def chair(client, edition):
    return client(make_member(edition, Role.CHAIR))


def test_letters_are_read_first_and_sent_once(chair, edition):
    submission = make_submission(edition, title="Snow")
    make_decision(submission, Outcome.REJECT)
    page = chair.get("/here/team/letters/").text
    assert "One letter goes out" in page
    assert "Your proposal “Snow”" in chair.get(f"/here/team/letters/{submission.code}/").text
    send = {"outcome": "reject", "expected": "1"}
    chair.post("/here/team/letters/send", send)
    again = chair.post("/here/team/letters/send", send, status=409)
    assert "0 such letters" in again.text
    assert rows(Message) == 1
    assert "nothing waits" in chair.get("/here/team/letters/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"outcome": "reject"},
        {"outcome": "all", "expected": "1"},
        {"outcome": "reject", "expected": "-1"},
        {"outcome": "reject", "expected": "²"},
    ],
)
def test_a_forged_order_sends_nothing(chair, edition, wrong):
    make_decision(make_submission(edition), Outcome.REJECT)
    chair.post("/here/team/letters/send", wrong, status=400)
    assert rows(Message) == 0


def test_sending_without_the_token_sends_nothing(chair, edition):
    make_decision(make_submission(edition), Outcome.REJECT)
    data = {"outcome": "reject", "expected": "1"}
    assert chair.browser.post("/here/team/letters/send", data=data).status_code == 400
    assert rows(Message) == 0


def test_who_cannot_be_mailed_is_named(chair, edition):
    silent = make_person("Ohne Adresse", email=None)
    make_decision(make_submission(edition, speakers=[silent]), Outcome.REJECT)
    chair.post("/here/team/letters/send", {"outcome": "reject", "expected": "1"})
    assert "No address is known of Ohne Adresse" in chair.get("/here/team/letters/").text


def test_letters_that_name_no_date_are_noticed(chair, edition, now):
    service.decide(make_submission(edition), Outcome.ACCEPT, by=make_person(), at=now)
    assert "do not say by when" in chair.get("/here/team/letters/").text


def test_nothing_decided_is_explained(chair):
    assert "Nothing is decided yet" in chair.get("/here/team/letters/").text


def test_the_letters_page_asks_no_more_the_more_there_is(chair, edition):
    make_decision(make_submission(edition), Outcome.REJECT)
    chair.get("/here/team/letters/")
    few = len(chair.statements)
    for _ in range(30):
        make_decision(make_submission(edition, speakers=[make_person(), make_person()]))
    chair.get("/here/team/letters/")
    assert len(chair.statements) == few <= 12
