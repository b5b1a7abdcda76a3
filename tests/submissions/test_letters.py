"""Letters: each speaker is told once, whoever presses and however often."""

import re
from datetime import date, timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.models import LogEntry, Person
from cfp.submissions import letters, queries, service, tasks
from cfp.submissions.models import Decision, Outcome, SubmissionState, TalkState
from tests.make import (
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_submission,
    make_talk,
)
from tests.visitor import rows

ACCEPT, WAITLIST, REJECT = Outcome.ACCEPT, Outcome.WAITLIST, Outcome.REJECT


@pytest.fixture
def conference(db):
    return make_conference()


@pytest.fixture
def chair(conference):
    return make_member(conference, Role.CHAIR)


def decided(conference, outcome, **values):
    submission = make_submission(conference, **values)
    make_decision(submission, outcome)
    if outcome is ACCEPT:
        make_talk(submission=submission, state=TalkState.UNCONFIRMED)
    return submission


def sent():
    return database.session.query(Message).order_by(Message.id).all()


def test_every_speaker_of_every_decision_gets_a_letter(conference, chair, now):
    both = [make_person(), make_person()]
    decided(conference, ACCEPT, speakers=both)
    decided(conference, ACCEPT)
    letters.send_letters(conference, ACCEPT, expected=2, by=chair, at=now)
    assert len(sent()) == 3
    assert {d.told_at for d in database.session.query(Decision)} == {now}


def test_only_letters_of_the_chosen_kind_are_sent(conference, chair, now):
    yes, no = decided(conference, ACCEPT), decided(conference, REJECT)
    letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert (yes.decision.told_at, no.decision.told_at) == (None, now)


def test_a_letter_of_acceptance_carries_a_link_of_its_own_for_each_speaker(conference, chair, now):
    decided(conference, ACCEPT, speakers=[make_person(), make_person()])
    letters.send_letters(conference, ACCEPT, expected=1, by=chair, at=now)
    links = {word for m in sent() for word in m.body.split() if "/confirm/" in word}
    assert len(links) == 2


@pytest.mark.parametrize("outcome", [WAITLIST, REJECT])
def test_no_other_letter_carries_such_a_link(conference, chair, now, outcome):
    decided(conference, outcome)
    letters.send_letters(conference, outcome, expected=1, by=chair, at=now)
    assert "/confirm/" not in sent()[0].body


def test_a_letter_is_written_in_the_language_of_its_reader(conference):
    conference.confirm_by = conference.call_closes_at
    german = decided(conference, ACCEPT, speakers=[make_person(language="de")])
    letter = letters.compose(german.decision, german.speakers[0])
    assert "28. Februar 2027, 23:59 (UTC+1)" in letter.body


def test_what_the_preview_shows_is_what_is_sent(conference, chair, now):
    submission = decided(conference, ACCEPT, title="Snow")
    preview = letters.compose(submission.decision, submission.speakers[0])
    letters.send_letters(conference, ACCEPT, expected=1, by=chair, at=now)
    assert (preview.subject, preview.body) == (sent()[0].subject, sent()[0].body)


def test_a_second_press_sends_nothing_and_says_so(conference, chair, now):
    decided(conference, REJECT)
    letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    with pytest.raises(Refused, match="0 such letters"):
        letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert len(sent()) == 1


def test_a_page_that_promised_another_number_sends_nothing(conference, chair, now):
    decided(conference, REJECT)
    decided(conference, REJECT)
    with pytest.raises(Refused, match="2 such letters"):
        letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert sent() == []


def test_a_letter_that_was_posted_already_is_not_posted_again(conference, chair, now):
    submission = decided(conference, REJECT)
    letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    submission.decision.told_at = None  # as if a restored backup had forgotten
    letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert len(sent()) == 1


def test_the_withdrawn_hear_nothing_more(conference, chair, now):
    submission = decided(conference, REJECT)
    submission.state = SubmissionState.WITHDRAWN
    with pytest.raises(Refused, match="0 such letters"):
        letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)


def test_another_edition_is_left_alone(conference, chair, now):
    decided(conference, REJECT)
    elsewhere = decided(make_conference(), REJECT)
    letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert elsewhere.decision.told_at is None


def test_who_has_no_address_is_named_to_the_organisers(conference, chair, now):
    silent = make_person("Ohne Adresse", email=None)
    decided(conference, REJECT, speakers=[silent, make_person()])
    found = letters.send_letters(conference, REJECT, expected=1, by=chair, at=now)
    assert [speaker.person for speaker in found] == [silent]
    assert len(sent()) == 1


def test_telling_is_on_record(conference, chair, now):
    submission = decided(conference, WAITLIST)
    letters.send_letters(conference, WAITLIST, expected=1, by=chair, at=now)
    entry = database.session.query(LogEntry).filter_by(action="told").one()
    assert (entry.subject_id, entry.person_id) == (submission.id, chair.id)
    assert submission.decision.told_outcome is WAITLIST


def test_two_organisers_who_press_at_once_send_once(at_once, conference, chair, now):
    for _ in range(5):
        decided(conference, REJECT)
    conference_id, chair_id = conference.id, chair.id

    def press():
        edition = database.session.get(type(conference), conference_id)
        by = database.session.get(Person, chair_id)
        try:
            letters.send_letters(edition, REJECT, expected=5, by=by, at=now)
        except Refused as refused:
            return refused.sentence
        return "sent"

    said = at_once(press, press)
    assert sorted(said) == ["There are 0 such letters to send by now. Please look again.", "sent"]
    assert rows(Message) == 5


# Reminders


def accepted_and_told(conference, at, **values):
    submission = decided(conference, ACCEPT, **values)
    submission.decision.told_at = at
    database.session.flush()
    return submission


def test_who_has_not_answered_after_a_week_is_reminded_once(conference, now):
    accepted_and_told(conference, now)
    assert letters.remind_unanswered(now + timedelta(days=6)) == 0
    assert letters.remind_unanswered(now + timedelta(days=7)) == 1
    assert letters.remind_unanswered(now + timedelta(days=30)) == 0
    assert "/confirm/" in sent()[0].body


def test_who_answered_is_left_in_peace(conference, now):
    yes, no = make_person(), make_person()
    submission = accepted_and_told(conference, now, speakers=[yes, no])
    service.confirm(submission.speakers[0], at=now)
    service.decline(submission.speakers[1], at=now)
    assert letters.remind_unanswered(now + timedelta(days=8)) == 0


def test_the_worker_reminds_without_a_page_being_open(house, now, today):
    conference = make_conference()
    accepted_and_told(conference, now)
    today.shift(timedelta(days=7))
    assert tasks.remind() == 1
    assert re.search(rf"https?://\S+/{conference.slug}/confirm/", sent()[0].body)


def test_after_the_conference_nobody_is_reminded(conference, now):
    accepted_and_told(conference, now)
    conference.starts_on = conference.ends_on = date(2027, 1, 16)
    assert letters.remind_unanswered(now + timedelta(days=8)) == 0


def test_what_is_due_is_counted_by_kind(conference):
    decided(conference, ACCEPT)
    decided(conference, REJECT)
    decided(conference, REJECT)
    due = database.session.execute(queries.letter_counts(conference)).all()
    assert sorted((o.value, bool(told), n) for o, told, n in due) == [
        ("accept", False, 1),
        ("reject", False, 2),
    ]
