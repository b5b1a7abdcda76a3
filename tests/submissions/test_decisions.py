"""What the committee decides: reversible until told, and a talk for every yes."""

from datetime import UTC, datetime

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from cfp.submissions import letters, service
from cfp.submissions.models import Decision, Outcome, SubmissionState, Talk, TalkState
from cfp.submissions.standing import known_outcome
from tests.make import make_conference, make_format, make_person, make_submission
from tests.visitor import rows

ACCEPT, WAITLIST, REJECT = Outcome.ACCEPT, Outcome.WAITLIST, Outcome.REJECT


@pytest.fixture
def chair(db):
    return make_person("The chair")


def tell(submission, by, at):
    outcome = submission.decision.outcome
    letters.send_letters(submission.conference, outcome, expected=1, by=by, at=at)


def test_an_acceptance_makes_a_talk_with_a_copy_of_the_text(chair, now):
    submission = make_submission(title="Snow", abstract="It falls.", language="de")
    service.decide(submission, ACCEPT, by=chair, at=now)
    talk = submission.talk
    assert (talk.title, talk.abstract, talk.language) == ("Snow", "It falls.", "de")
    assert (talk.minutes, talk.state) == (submission.format.minutes, TalkState.UNCONFIRMED)
    submission.title = "Rain"
    assert talk.title == "Snow"


@pytest.mark.parametrize("outcome", [WAITLIST, REJECT])
def test_nothing_but_an_acceptance_makes_a_talk(chair, now, outcome):
    service.decide(make_submission(), outcome, by=chair, at=now)
    assert rows(Talk) == 0


def test_a_decision_has_a_judge_a_time_and_a_reason(chair, now):
    decision = service.decide(make_submission(), REJECT, by=chair, at=now, reason="Seen before.")
    assert (decision.by, decision.at, decision.reason) == (chair, now, "Seen before.")


def test_a_reversed_acceptance_takes_its_talk_along(chair, now):
    submission = make_submission()
    service.decide(submission, ACCEPT, by=chair, at=now)
    service.decide(submission, REJECT, by=chair, at=now)
    assert (submission.decision.outcome, rows(Talk), rows(Decision)) == (REJECT, 0, 1)


def test_deciding_twice_the_same_keeps_one_talk(chair, now):
    submission = make_submission()
    service.decide(submission, ACCEPT, by=chair, at=now)
    service.decide(submission, ACCEPT, by=chair, at=now, reason="Still good.")
    assert (rows(Talk), submission.decision.reason) == (1, "Still good.")


def test_an_untold_decision_can_be_taken_back(chair, now):
    submission = make_submission()
    service.decide(submission, ACCEPT, by=chair, at=now)
    service.undo_decision(submission, by=chair, at=now)
    assert (submission.decision, rows(Decision), rows(Talk)) == (None, 0, 0)


def test_a_told_decision_cannot_be_taken_back(chair, now):
    submission = make_submission()
    service.decide(submission, REJECT, by=chair, at=now)
    tell(submission, chair, now)
    with pytest.raises(Refused, match="told already"):
        service.undo_decision(submission, by=chair, at=now)


def test_what_is_not_decided_cannot_be_taken_back(chair, now):
    with pytest.raises(Refused, match="not decided"):
        service.undo_decision(make_submission(), by=chair, at=now)


def test_a_promised_place_is_not_taken_away(chair, now):
    submission = make_submission()
    service.decide(submission, ACCEPT, by=chair, at=now)
    tell(submission, chair, now)
    with pytest.raises(Refused, match="told that they are in"):
        service.decide(submission, REJECT, by=chair, at=now)
    assert rows(Talk) == 1


def test_the_waitlist_moves_up_after_it_was_told(chair, now):
    submission = make_submission()
    service.decide(submission, WAITLIST, by=chair, at=now)
    tell(submission, chair, now)
    service.decide(submission, ACCEPT, by=chair, at=now)
    assert submission.decision.told_at is None
    assert known_outcome(submission) is WAITLIST


def test_moving_up_taken_back_is_the_waitlist_again_and_needs_no_letter(chair, now):
    submission = make_submission()
    service.decide(submission, WAITLIST, by=chair, at=now)
    tell(submission, chair, now)
    service.decide(submission, ACCEPT, by=chair, at=now)
    service.undo_decision(submission, by=chair, at=now)
    assert (submission.decision.outcome, submission.decision.told_at) == (WAITLIST, now)
    assert rows(Talk) == 0


def test_deciding_what_is_known_already_needs_no_letter(chair, now):
    submission = make_submission()
    service.decide(submission, WAITLIST, by=chair, at=now)
    tell(submission, chair, now)
    service.decide(submission, ACCEPT, by=chair, at=now)
    service.decide(submission, WAITLIST, by=chair, at=now)
    assert submission.decision.told_at == now


@pytest.mark.parametrize("state", [SubmissionState.DRAFT, SubmissionState.WITHDRAWN])
def test_what_is_not_in_the_running_is_not_decided(chair, now, state):
    with pytest.raises(Refused, match="not in the running"):
        service.decide(make_submission(state=state), ACCEPT, by=chair, at=now)


def test_every_decision_is_on_record_with_what_it_was_before(chair, now):
    submission = make_submission()
    service.decide(submission, WAITLIST, by=chair, at=now)
    service.decide(submission, ACCEPT, by=chair, at=now)
    entries = database.session.query(LogEntry).filter_by(action="decided").order_by("id")
    assert [(e.details["was"], e.details["outcome"]) for e in entries] == [
        (None, "waitlist"),
        ("waitlist", "accept"),
    ]
    assert {e.person_id for e in entries} == {chair.id}


def test_a_talk_lasts_as_long_as_its_format(chair, now):
    conference = make_conference()
    workshop = make_format(conference, "Workshop", 180)
    submission = make_submission(conference, format_id=workshop.id)
    service.decide(submission, ACCEPT, by=chair, at=datetime(2027, 3, 1, tzinfo=UTC))
    assert submission.talk.minutes == 180
