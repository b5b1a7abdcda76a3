"""Co-speakers come by mail, may leave, and nobody is mailed twice."""

import pytest

from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.models import MailedLink, Person
from cfp.submissions import service
from cfp.submissions.invitations import without_links
from cfp.submissions.service.speakers import MOST_INVITATIONS, MOST_SPEAKERS
from tests.make import make_decision, make_person, make_submission
from tests.visitor import rows


@pytest.fixture
def mila(db):
    return make_person("Mila Sommer")


def letters_to(email):
    return database.session.query(Message).filter_by(to=email).all()


def test_a_stranger_gets_an_account_and_a_link(mila, now):
    submission = make_submission(title="Snow", speakers=[mila])
    [joana] = service.invite(submission, ["joana.costa@example.org"], by=mila, at=now)
    [letter] = letters_to("joana.costa@example.org")
    assert joana.name == "Joana Costa"
    assert [s.person for s in submission.speakers] == [mila, joana]
    assert "Mila Sommer" in letter.body
    assert "/link/confirm_email/" in letter.body
    assert rows(MailedLink) == 1


def test_somebody_known_signs_in_as_usual(mila, now):
    known = make_person()
    service.invite(make_submission(speakers=[mila]), [known.email], by=mila, at=now)
    [letter] = letters_to(known.email)
    assert "/link/" not in letter.body
    assert rows(MailedLink) == 0


def test_an_unproven_account_with_a_password_gets_no_link_that_would_prove_it(mila, now):
    squatter = make_person(email_confirmed_at=None, password_hash="of whoever typed the address")
    service.invite(make_submission(speakers=[mila]), [squatter.email], by=mila, at=now)
    assert rows(MailedLink) == 0


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
