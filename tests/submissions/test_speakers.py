"""Co-speakers come by mail, may leave, and nobody is mailed twice."""

from datetime import timedelta

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.invited import service as invited
from cfp.invited.letters import without_links
from cfp.invited.links import fits, token_of
from cfp.invited.service import LASTS
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.submissions import service
from cfp.submissions.service.speakers import MOST_INVITATIONS, MOST_SPEAKERS
from tests.make import make_decision, make_person, make_submission
from tests.visitor import rows


@pytest.fixture
def mila(db):
    return make_person("Mila Sommer")


def letters_to(email):
    return database.session.query(Message).filter_by(to=email).all()


def test_an_invited_speaker_gets_a_letter_and_no_account_before_they_say_yes(mila, now):
    submission = make_submission(title="Snow", speakers=[mila])
    [one] = service.invite(submission, ["joana.costa@example.org"], by=mila, at=now)
    [letter] = letters_to("joana.costa@example.org")
    assert [s.person for s in submission.speakers] == [mila]
    assert "Mila Sommer" in letter.body
    assert f"/invited/{one.code}/" in letter.body
    assert rows(Person) == 1


def test_whoever_says_yes_speaks_once_and_a_third_person_cannot(mila, now):
    submission = make_submission(speakers=[mila])
    [one] = service.invite(submission, ["joana@example.org"], by=mila, at=now)
    joana = make_person()
    with pytest.raises(Refused, match="for somebody else"):
        service.join(submission, one, by=mila, at=now)
    for _twice in range(2):
        service.join(submission, one, by=joana, at=now)
    assert [s.person for s in submission.speakers] == [mila, joana]
    with pytest.raises(Refused, match="no longer works"):
        service.join(submission, one, by=make_person(), at=now)


def test_an_invitation_expires_and_a_new_link_revives_it(mila, now):
    submission, later = make_submission(speakers=[mila]), now + LASTS + timedelta(seconds=1)
    [one] = service.invite(submission, ["joana@example.org"], by=mila, at=now)
    before = token_of(one)
    with pytest.raises(Refused, match="no longer works"):
        service.join(submission, one, by=make_person(), at=later)
    service.invite_again(submission, one, by=mila, at=later)
    assert not fits(one, before)
    service.join(submission, one, by=make_person(), at=later)
    assert len(submission.speakers) == 2
    assert len(letters_to("joana@example.org")) == 2


def test_what_was_taken_back_lets_nobody_in(mila, now):
    submission = make_submission(speakers=[mila])
    [one] = service.invite(submission, ["joana@example.org"], by=mila, at=now)
    invited.take_back(one, by=mila, at=now)
    with pytest.raises(Refused, match="no longer works"):
        service.join(submission, one, by=make_person(), at=now)
    assert len(service.invite(submission, ["joana@example.org"], by=mila, at=now)) == 1


def test_nobody_is_invited_twice_nor_oneself(mila, now):
    submission = make_submission(speakers=[mila])
    twice = ["a@example.org", "a@example.org", mila.email]
    assert len(service.invite(submission, twice, by=mila, at=now)) == 1
    assert service.invite(submission, ["a@example.org"], by=mila, at=now) == []
    assert len(letters_to("a@example.org")) == 1


def test_a_stage_holds_only_so_many(mila, now):
    submission = make_submission(speakers=[mila])
    crowd = [f"p{n}@example.org" for n in range(MOST_SPEAKERS)]
    with pytest.raises(Refused) as refused:
        service.invite(submission, crowd, by=mila, at=now)
    assert refused.value.field == "invite"


def test_mail_to_strangers_is_rationed(mila, now):
    most, left = divmod(MOST_INVITATIONS, 5)
    assert left == 0
    for number in range(most):
        some = [f"p{number}-{n}@example.org" for n in range(5)]
        service.invite(make_submission(speakers=[mila]), some, by=mila, at=now)
    with pytest.raises(Refused, match="too often"):
        service.invite(make_submission(speakers=[mila]), ["x@example.org"], by=mila, at=now)


def test_a_speaker_takes_another_off_but_never_themselves(mila, now):
    joana = make_person()
    submission = make_submission(speakers=[mila, joana])
    service.remove(submission, [mila.code, joana.code], by=mila, at=now)
    assert [s.person for s in submission.speakers] == [mila]


def test_whoever_was_named_by_mistake_leaves(mila, now):
    joana = make_person()
    submission = make_submission(speakers=[mila, joana])
    service.leave(submission, by=joana, at=now)
    assert [s.person for s in submission.speakers] == [mila]
    assert rows(Person) == 2


def test_the_last_speaker_cannot_leave(mila, now):
    with pytest.raises(Refused, match="only speaker"):
        service.leave(make_submission(speakers=[mila]), by=mila, at=now)


def test_speakers_stay_as_they_are_once_the_committee_decided(mila, now):
    joana = make_person()
    submission = make_submission(speakers=[mila, joana])
    make_decision(submission)
    with pytest.raises(Refused, match="write to the organisers"):
        service.leave(submission, by=joana, at=now)


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        ("Snow", "Snow"),
        ("Win at https://evil.example/x now", "Win at \N{HORIZONTAL ELLIPSIS} now"),
        ("WWW.evil.example", "\N{HORIZONTAL ELLIPSIS}"),
    ],
)
def test_what_strangers_type_into_our_mail_is_no_link(typed, mailed):
    assert without_links(typed) == mailed
