"""Accepted speakers answer, and the talk follows."""

from datetime import timedelta

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from cfp.submissions import service
from cfp.submissions.links import speaker_with, token_for
from cfp.submissions.models import Outcome, SubmissionState, TalkState
from tests.make import make_decision, make_person, make_submission, make_talk

UNCONFIRMED, CONFIRMED, CANCELLED = TalkState.UNCONFIRMED, TalkState.CONFIRMED, TalkState.CANCELLED


def told_talk(now, speakers=1):
    submission = make_submission(speakers=[make_person() for _ in range(speakers)])
    make_decision(submission, told_at=now)
    return make_talk(submission=submission, state=UNCONFIRMED)


def test_the_only_speaker_confirms_the_talk(db, now):
    talk = told_talk(now)
    [speaker] = talk.submission.speakers
    service.confirm(speaker, at=now)
    assert (talk.state, speaker.confirmed_at) == (CONFIRMED, now)


def test_the_only_speaker_declines_and_the_talk_is_cancelled(db, now):
    talk = told_talk(now)
    [speaker] = talk.submission.speakers
    service.decline(speaker, at=now)
    assert (talk.state, speaker.declined_at) == (CANCELLED, now)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("yes none", UNCONFIRMED),
        ("yes yes", CONFIRMED),
        ("yes no", CONFIRMED),
        ("no none", UNCONFIRMED),
        ("no yes", CONFIRMED),
        ("no no", CANCELLED),
    ],
)
def test_a_talk_of_two_follows_those_who_come(db, now, answers, state):
    talk = told_talk(now, speakers=2)
    say = {"yes": service.confirm, "no": service.decline, "none": lambda *_a, **_k: None}
    for speaker, answer in zip(talk.submission.speakers, answers.split(), strict=True):
        say[answer](speaker, at=now)
    assert talk.state is state


def test_who_confirmed_may_still_have_to_decline(db, now):
    talk = told_talk(now)
    [speaker] = talk.submission.speakers
    service.confirm(speaker, at=now)
    service.decline(speaker, at=now + timedelta(days=1))
    assert (talk.state, speaker.confirmed_at) == (CANCELLED, None)


def test_a_cancelled_talk_does_not_come_back_by_itself(db, now):
    talk = told_talk(now)
    [speaker] = talk.submission.speakers
    service.decline(speaker, at=now)
    with pytest.raises(Refused, match="cancelled"):
        service.confirm(speaker, at=now)


def test_one_of_two_who_declined_may_come_after_all(db, now):
    talk = told_talk(now, speakers=2)
    first, second = talk.submission.speakers
    service.decline(first, at=now)
    service.confirm(second, at=now)
    service.confirm(first, at=now)
    assert (talk.state, first.declined_at) == (CONFIRMED, None)


def test_saying_yes_twice_is_one_yes(db, now):
    [speaker] = told_talk(now).submission.speakers
    service.confirm(speaker, at=now)
    service.confirm(speaker, at=now + timedelta(days=1))
    assert speaker.confirmed_at == now
    assert database.session.query(LogEntry).filter_by(action="confirmed").count() == 1


@pytest.mark.parametrize("outcome", [Outcome.WAITLIST, Outcome.REJECT, None])
def test_there_is_nothing_to_answer_without_a_yes_of_the_committee(db, now, outcome):
    submission = make_submission()
    if outcome:
        make_decision(submission, outcome, told_at=now)
    with pytest.raises(Refused, match="nothing to confirm"):
        service.confirm(submission.speakers[0], at=now)


def test_there_is_nothing_to_answer_before_the_letter_was_sent(db, now):
    talk = make_talk(state=UNCONFIRMED)
    with pytest.raises(Refused, match="nothing to confirm"):
        service.confirm(talk.submission.speakers[0], at=now)


def test_a_withdrawn_talk_cannot_be_confirmed(db, now):
    talk = told_talk(now)
    service.withdraw(talk.submission, by=talk.submission.speakers[0].person, at=now)
    assert talk.submission.state is SubmissionState.WITHDRAWN
    with pytest.raises(Refused, match="cancelled"):
        service.confirm(talk.submission.speakers[0], at=now)


# The secret of the link


def test_the_link_knows_its_speaker(db, now):
    submission = told_talk(now, speakers=2).submission
    for speaker in submission.speakers:
        token = token_for(speaker, submission.decision)
        assert speaker_with(submission, token) is speaker


def test_no_other_link_fits(db, now):
    submission, other = told_talk(now).submission, told_talk(now).submission
    foreign = token_for(other.speakers[0], other.decision)
    mine = token_for(submission.speakers[0], submission.decision)
    for token in (foreign, mine[:-1], mine + "A", "", "Ä\N{SNOWMAN}"):
        assert speaker_with(submission, token) is None


def test_no_link_works_before_the_letter_was_sent(db):
    submission = make_talk().submission
    token = token_for(submission.speakers[0], submission.decision)
    assert speaker_with(submission, token) is None
