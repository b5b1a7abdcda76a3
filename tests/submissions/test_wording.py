"""The words of the letters: ours until an edition writes its own, checked, tried, set back."""

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message, Wording
from cfp.submissions import letters, wording
from cfp.submissions.models import Outcome, TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_submission,
    make_talk,
)
from tests.visitor import rows

PAGE = "/b27/team/letters/words/accepted/en"
OWN = wording.Words("Yes to {title}", "Dear {name}, answer here: {link}")


@pytest.fixture
def edition(house):
    with house.test_request_context():
        yield make_conference(slug="b27")


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR)


def accepted(edition, **values):
    submission = make_submission(edition, **values)
    make_decision(submission, Outcome.ACCEPT)
    make_talk(submission=submission, state=TalkState.UNCONFIRMED)
    return submission


def keep(edition, chair, now, words=OWN, kind="accepted", language="en"):
    wording.keep(edition, kind, language, words, by=chair, at=now)


@pytest.mark.parametrize("kind", wording.KINDS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_our_own_words_pass_the_check_that_others_have_to(edition, kind, language):
    ours = wording.ours(kind, language)
    assert wording.faults(kind, ours.subject, ours.body) == []


def test_the_letter_says_what_the_edition_wrote_and_each_reader_gets_their_language(
    edition, chair, now
):
    keep(edition, chair, now)
    english, german = make_person("Eve"), make_person("Eva", language="de")
    accepted(edition, title="Snow {name}", speakers=[english, german])
    letters.send_letters(edition, Outcome.ACCEPT, expected=1, by=chair, at=now)
    first, second = database.session.query(Message).order_by(Message.id)
    assert first.subject == "Yes to Snow {name}"
    assert first.body.startswith("Dear Eve, answer here: http")
    assert second.subject == "„Snow {name}“ ist angenommen"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Dear {nme}: {link}", "“{nme}” is no word"),
        ("Dear {name: {link}", "A brace is open"),
        ("Dear {name}", "“{link}” is missing"),
    ],
)
def test_wrong_words_are_refused(edition, chair, now, body, sentence):
    with pytest.raises(Refused, match=sentence):
        keep(edition, chair, now, wording.Words("Yes", body))
    assert rows(Wording) == 0


def test_nothing_is_sent_with_a_hole_in_it(edition, chair, now):
    keep(edition, chair, now, wording.Words("Yes", "Answer {link} by {confirm_by}"))
    accepted(edition)
    with pytest.raises(Refused, match="confirm_by"):
        letters.send_letters(edition, Outcome.ACCEPT, expected=1, by=chair, at=now)
    assert rows(Message) == 0
    edition.confirm_by = now
    letters.send_letters(edition, Outcome.ACCEPT, expected=1, by=chair, at=now)
    assert rows(Message) == 1


def test_another_edition_keeps_our_words(edition, chair, now):
    keep(edition, chair, now)
    assert not wording.words_of(make_conference(), "accepted", "en").is_own


def test_words_are_changed_tried_on_anybody_and_set_back(client, edition, chair):
    somebody = make_submission(edition, title="Undecided", speakers=[make_person("Eve")])
    desk = client(chair)
    page = desk.get(PAGE).text
    assert "{confirm_by}" in page
    form = {"subject": "Hurray, {name}", "body": "Answer: {link}"}
    desk.post(PAGE, form)
    to = f"{somebody.code}-{somebody.speakers[0].person.code}"
    assert "Hurray, Eve" in desk.get(f"{PAGE}?to={to}").text
    page = desk.post(PAGE, form | {"body": "Answer!"}, status=422).text
    assert "“{link}” is missing" in page
    assert "Answer!" in page
    assert "your own" in desk.get("/b27/team/letters/words/").text
    desk.post(f"{PAGE}/reset")
    assert rows(Wording) == 0
    desk.get("/b27/team/letters/words/accepted/fr", status=404)
    desk.get("/b27/team/letters/words/sign_in/en", status=404)


def test_a_letter_that_came_back_is_shown(client, edition, chair, now):
    back = {"bounced_at": now, "bounce": "550 No such user", "to": "gone@example.org"}
    message = Message(
        conference_id=edition.id, kind="accepted", subject="Yes", body="Come.", **back
    )
    database.session.add(message)
    desk = client(chair)
    assert "gone@example.org" in desk.get("/b27/team/letters/").text
    assert "came back" in desk.get("/b27/team/mail/?state=came-back").text
    assert "550 No such user" in desk.get(f"/b27/team/mail/{message.id}/").text
