"""A decision shows once it was told; then its speakers answer, with or without a sign-in."""

import re

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.submissions import service
from cfp.submissions.links import token_for
from cfp.submissions.models import Decision, Outcome, Speaker, Talk, TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_submission,
    make_talk,
)


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def submission(edition):
    return make_submission(edition, title="Snow", speakers=[make_person("Mila")])


def bare(text):
    """A page without what differs each time it is opened."""
    return re.sub(r'name="csrf_token"[^>]*', "", text)


def accepted(submission, now):
    make_decision(submission, told_at=now, told_outcome=Outcome.ACCEPT)
    return make_talk(submission=submission, state=TalkState.UNCONFIRMED)


def path_of(submission, speaker=0):
    token = token_for(submission.speakers[speaker], submission.decision)
    return f"/here/confirm/{submission.code}/{token}"


# Before and after it was told


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_untold_decision_changes_nothing_that_a_speaker_sees(client, submission, outcome, now):
    visitor = client(submission.speakers[0].person)
    places = ["/here/my/", f"/here/proposals/{submission.code}/"]
    before = [bare(visitor.get(place).text) for place in places]
    chair = make_person()
    service.decide(submission, outcome, by=chair, at=now, reason="Secret reason.")
    assert [bare(visitor.get(place).text) for place in places] == before


@pytest.mark.parametrize("told", [Outcome.WAITLIST, Outcome.REJECT])
def test_a_changed_decision_shows_what_was_told_before(client, submission, told, now):
    make_decision(submission, told, told_at=now, told_outcome=told)
    visitor = client(submission.speakers[0].person)
    before = bare(visitor.get("/here/my/").text)
    service.decide(submission, Outcome.ACCEPT, by=make_person(), at=now)
    assert bare(visitor.get("/here/my/").text) == before


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.ACCEPT, "It is in!"),
        (Outcome.WAITLIST, "more good proposals than places"),
        (Outcome.REJECT, "not part of the programme this time"),
    ],
)
def test_a_told_decision_is_said_in_plain_words(client, submission, outcome, words, now):
    make_decision(submission, outcome, told_at=now, reason="Secret reason.")
    if outcome is Outcome.ACCEPT:
        make_talk(submission=submission, state=TalkState.UNCONFIRMED)
    visitor = client(submission.speakers[0].person)
    for place in ("/here/my/", f"/here/proposals/{submission.code}/"):
        page = visitor.get(place).text
        assert words in page
        assert "Secret reason" not in page


# From the desk


def test_a_speaker_confirms_from_the_desk(client, submission, now):
    talk = accepted(submission, now)
    visitor = client(submission.speakers[0].person)
    visitor.post(f"/here/proposals/{submission.code}/answer", {"answer": "yes"})
    assert talk.state is TalkState.CONFIRMED
    assert "part of the programme" in visitor.get(f"/here/proposals/{submission.code}/").text


def test_a_speaker_declines_from_the_desk(client, submission, now):
    talk = accepted(submission, now)
    visitor = client(submission.speakers[0].person)
    visitor.post(f"/here/proposals/{submission.code}/answer", {"answer": "no"})
    assert talk.state is TalkState.CANCELLED
    assert "You told us that you cannot come" in visitor.get("/here/my/").text


@pytest.mark.parametrize("data", [{}, {"answer": ""}, {"answer": "perhaps"}])
def test_an_answer_is_yes_or_no(client, submission, now, data):
    talk = accepted(submission, now)
    visitor = client(submission.speakers[0].person)
    visitor.post(f"/here/proposals/{submission.code}/answer", data, status=422)
    visitor.post(path_of(submission), data, status=422)
    assert talk.state is TalkState.UNCONFIRMED


def test_there_is_nothing_to_answer_before_the_letter(client, submission, now):
    service.decide(submission, Outcome.ACCEPT, by=make_person(), at=now)
    place = f"/here/proposals/{submission.code}/answer"
    client(submission.speakers[0].person).post(place, {"answer": "yes"}, status=409)
    assert database.session.query(Speaker).one().confirmed_at is None


# By the link of the letter


def test_opening_the_link_answers_nothing(client, submission, now):
    accepted(submission, now)
    stranger = client()
    for _ in range(2):
        assert "Will you be there?" in stranger.get(path_of(submission)).text
    assert database.session.query(Speaker).one().confirmed_at is None


def test_pressing_yes_confirms_without_a_sign_in(client, submission, now):
    accepted(submission, now)
    stranger, path = client(), path_of(submission)
    stranger.post(path, {"answer": "yes"})
    assert "We count on you" in stranger.get(path).text
    assert database.session.query(Talk).one().state is TalkState.CONFIRMED


def test_pressing_no_declines_and_cannot_be_undone_by_the_link(client, submission, now):
    accepted(submission, now)
    stranger, path = client(), path_of(submission)
    stranger.post(path, {"answer": "no"})
    assert "Thank you for telling us" in stranger.get(path).text
    stranger.post(path, {"answer": "yes"}, status=409)
    assert database.session.query(Talk).one().state is TalkState.CANCELLED


def test_each_link_answers_for_its_own_speaker(client, edition, now):
    submission = make_submission(edition, speakers=[make_person("Mila"), make_person("Kim")])
    accepted(submission, now)
    page = client().get(path_of(submission, 1)).text
    assert "Kim" in page
    client().post(path_of(submission, 1), {"answer": "yes"})
    answers = [s.confirmed_at for s in submission.speakers]
    assert answers[0] is None
    assert answers[1] is not None


def test_no_link_is_guessed_or_carried_over(client, submission, edition, now):
    accepted(submission, now)
    other = make_submission(edition, speakers=[make_person()])
    accepted(other, now)
    good, foreign = path_of(submission), path_of(other).rpartition("/")[2]
    stem = good.rpartition("/")[0]
    make_conference(slug="there")
    for path in (
        good[:-1],
        f"{stem}/{foreign}",
        f"{stem}/x",
        f"/here/confirm/ZZZZZZ/{foreign}",
        good.replace("/here/", "/there/"),
    ):
        client().get(path, status=404)
        client().post(path, {"answer": "yes"}, status=404)
    assert not any(s.confirmed_at for s in database.session.query(Speaker))


def test_the_link_is_dead_until_the_letter_is_sent_and_after_another_decision(
    client, submission, now
):
    accepted(submission, now)
    path = path_of(submission)
    decision = database.session.query(Decision).one()
    decision.told_at = None
    client().get(path, status=404)
    decision.told_at, decision.outcome = now, Outcome.WAITLIST
    client().get(path, status=404)


def test_the_link_without_a_token_of_the_form_does_nothing(client, submission, now):
    accepted(submission, now)
    path = path_of(submission)
    stranger = client()
    stranger.get(path)
    assert stranger.browser.post(path, data={"answer": "yes"}).status_code == 400
    assert database.session.query(Speaker).one().confirmed_at is None


def test_a_reviewer_learns_nothing_from_the_desk_of_others(client, submission, edition):
    reviewer = client(make_member(edition, Role.REVIEWER))
    reviewer.get(f"/here/proposals/{submission.code}/", status=404)
