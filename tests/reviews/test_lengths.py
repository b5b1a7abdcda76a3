"""Another length is asked of the speakers, never assumed."""

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.reviews.models import LengthOffer
from cfp.reviews.service import lengths
from cfp.submissions.models import Outcome, SubmissionState, TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_length_offer,
    make_member,
    make_person,
    make_submission,
    make_talk,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    with house.test_request_context():
        conference = make_conference(slug="b27")
        make_format(conference, "Talk", 40)
        make_format(conference, "Lightning", 10, position=1)
        database.session.expire(conference)
        yield conference


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR)


@pytest.fixture
def short(edition):
    return edition.formats[1]


@pytest.fixture
def proposal(edition):
    return make_submission(edition, title="Snow", speakers=[make_person(), make_person()])


def test_every_speaker_is_asked_and_nothing_changes_before_a_yes(proposal, short, chair, now):
    made = lengths.offer(proposal, short, "The grid is full.", by=chair, at=now)
    letters = database.session.query(Message).filter_by(kind="length_offered").all()
    assert len(letters) == 2
    assert "as Lightning, 10 minutes" in letters[0].body
    assert "The grid is full." in letters[0].body
    assert proposal.format.name == "Talk"
    lengths.answer(made, yes=True, by=None, at=now)
    assert proposal.format.name == "Lightning"


def test_a_no_leaves_it_as_it_was_and_the_first_answer_counts(proposal, short, chair, now):
    made = make_length_offer(proposal, short, chair)
    lengths.answer(made, yes=False, by=None, at=now)
    with pytest.raises(Refused, match="answered already"):
        lengths.answer(made, yes=True, by=None, at=now)
    assert proposal.format.name == "Talk"
    assert lengths.offer(proposal, short, by=chair, at=now)  # one may ask again


def test_a_talk_that_is_not_announced_yet_takes_the_new_length(proposal, short, chair, now):
    make_decision(proposal)
    talk = make_talk(submission=proposal, state=TalkState.UNCONFIRMED)
    lengths.answer(make_length_offer(proposal, short, chair), yes=True, by=None, at=now)
    assert (talk.format_id, talk.minutes) == (short.id, 10)


def test_refuses_the_same_length_two_offers_at_once_and_what_is_gone(
    edition, proposal, short, chair, now
):
    with pytest.raises(Refused, match="format already"):
        lengths.offer(proposal, edition.formats[0], by=chair, at=now)
    first = lengths.offer(proposal, short, by=chair, at=now)
    with pytest.raises(Refused, match="without an answer"):
        lengths.offer(proposal, short, by=chair, at=now)
    lengths.take_back(first, by=chair, at=now)
    assert rows(LengthOffer) == 0
    make_decision(proposal, Outcome.REJECT, told_at=now)
    database.session.expire(proposal)
    with pytest.raises(Refused, match="declined"):
        lengths.offer(proposal, short, by=chair, at=now)
    proposal.state = SubmissionState.WITHDRAWN
    database.session.flush()
    with pytest.raises(Refused, match="withdrawn"):
        lengths.offer(proposal, short, by=chair, at=now)


def test_a_speaker_answers_by_the_link_without_signing_in(client, proposal, short, chair):
    made = make_length_offer(proposal, short, chair, token="known")
    link = f"/b27/length/{made.code}/known"
    stranger = client()
    assert "Would you present this as Lightning, 10 minutes?" in stranger.get(link).text
    stranger.post(link, {"value": "yes"})
    assert "It is now Lightning, 10 minutes" in stranger.get(link).text
    stranger.get(f"/b27/length/{made.code}/other", status=404)


def test_the_desk_shows_the_offer_to_its_speakers_and_to_nobody_else(
    client, proposal, short, chair
):
    made = make_length_offer(proposal, short, chair)
    speaker, somebody = client(proposal.speakers[0].person), client(make_person())
    page = speaker.get(f"/b27/proposals/{proposal.code}/").text
    assert f"/my/length/{made.code}" in page
    somebody.get(f"/b27/my/length/{made.code}", status=404)
    speaker.post(f"/b27/my/length/{made.code}", {"value": "no"})
    assert "as long as you proposed it" in speaker.get(f"/b27/my/length/{made.code}").text


def test_the_chair_asks_and_takes_back(client, edition, proposal, short, chair):
    desk = client(chair)
    page = f"/b27/team/ranking/{proposal.code}/length/"
    desk.post(page, {"format": str(edition.formats[0].id)}, status=422)
    desk.post(page, {"format": str(short.id), "note": "The grid is full."})
    made = database.session.query(LengthOffer).one()
    assert "waits for an answer" in desk.get(page).text
    desk.post(f"{page}{made.code}/take-back")
    assert rows(LengthOffer) == 0
