"""A decline moves the waitlist up: by the rules of the last selection, once, and with a letter."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message, Wording
from cfp.people.models import LogEntry
from cfp.reviews.service import waitlist
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.reviews.service.selection import decide_line_up
from cfp.submissions import letters
from cfp.submissions import service as submissions
from cfp.submissions.models import Outcome
from tests.make import (
    make_ballot,
    make_conference,
    make_member,
    make_person,
    make_review,
    make_submission,
)

TITLES = ("Snow", "Ice", "Hail", "Rain")


@pytest.fixture
def edition(house):
    with house.test_request_context():
        yield make_conference(slug="b27")


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR)


@pytest.fixture
def told(edition, chair, now):
    """Snow is in, Ice and Hail wait in that order, Rain is out; all speakers know."""
    made = {title: make_submission(edition, title=title) for title in TITLES}
    for score, submission in zip((5, 4, 3, 2), made.values(), strict=True):
        make_review(submission, make_person(), score)
    wanted = Wanted(total=1, waitlist=2, seed="1", by_mean=True)
    seen = line_up(edition, wanted).fingerprint
    decide_line_up(edition, wanted, seen=seen, reasons={}, by=chair, at=now)
    for outcome, number in ((Outcome.ACCEPT, 1), (Outcome.WAITLIST, 2), (Outcome.REJECT, 1)):
        letters.send_letters(edition, outcome, expected=number, by=chair, at=now)
    return made


def titles(rows):
    return [row.title for row in rows]


def test_nobody_moves_up_while_nobody_declines(edition, told):
    assert waitlist.next_up(edition) == []


def test_the_first_who_waits_takes_the_place_of_whoever_declines(edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    assert titles(waitlist.next_up(edition)) == ["Ice"]
    waitlist.move_up(edition, [told["Ice"].code], by=chair, at=now)
    database.session.expire_all()
    assert told["Ice"].decision.outcome is Outcome.ACCEPT
    assert told["Ice"].decision.told_at is None  # its letter waits
    assert waitlist.next_up(edition) == []
    letters.send_letters(edition, Outcome.ACCEPT, expected=1, by=chair, at=now)
    submissions.decline(told["Ice"].speakers[0], at=now)
    assert titles(waitlist.next_up(edition)) == ["Hail"]


def test_a_second_press_moves_nobody_up(edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    waitlist.move_up(edition, [told["Ice"].code], by=chair, at=now)
    with pytest.raises(Refused, match="changed since"):
        waitlist.move_up(edition, [told["Ice"].code], by=chair, at=now)


def test_what_the_chair_did_not_see_does_not_move_up(edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    with pytest.raises(Refused, match="changed since"):
        waitlist.move_up(edition, [told["Hail"].code], by=chair, at=now)


# By itself, where the edition says so


def test_a_decline_moves_the_next_up_and_speakers_and_chair_hear_of_it(edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    assert waitlist.move_up_everywhere(now) == 1
    database.session.expire_all()
    decision = told["Ice"].decision
    assert (decision.outcome, decision.told_at, decision.by) == (Outcome.ACCEPT, now, chair)
    assert told["Ice"].talk
    [letter] = mails("accepted", told["Ice"].speakers[0].person)
    assert "“Ice” is accepted" in letter.subject
    [copy] = mails("moved_up", chair)
    assert "Ice" in copy.body
    assert waitlist.move_up_everywhere(now) == 0
    [entry] = database.session.scalars(sa.select(LogEntry).where(LogEntry.action == "moved up"))
    assert (entry.person_id, entry.details["proposals"]) == (None, [told["Ice"].code])


def test_who_withdraws_after_the_yes_gives_a_place_back_too(edition, told, now):
    submissions.withdraw(told["Snow"], by=told["Snow"].speakers[0].person, at=now)
    assert waitlist.move_up_everywhere(now) == 1
    assert told["Ice"].decision.outcome is Outcome.ACCEPT


def test_nothing_moves_by_itself_before_anybody_declines_or_where_the_press_is_the_chairs(
    edition, told, now
):
    assert waitlist.move_up_everywhere(now) == 0
    edition.moves_up = False
    submissions.decline(told["Snow"].speakers[0], at=now)
    assert waitlist.move_up_everywhere(now) == 0
    assert titles(waitlist.next_up(edition)) == ["Ice"]


@pytest.mark.parametrize(
    ("hindrance", "words"),
    [("late", "by which speakers confirm is over"), ("vote", "votes"), ("words", "placeholder")],
)
def test_what_is_in_the_way_is_told_to_the_chair_once(edition, chair, told, now, hindrance, words):
    if hindrance == "late":
        edition.confirm_by = now - timedelta(hours=1)
    elif hindrance == "vote":
        make_ballot(edition, chair)
    else:
        own = {"kind": "accepted", "language": "en", "subject": "Yes", "body": "{confirm_by}"}
        database.session.add(Wording(conference_id=edition.id, **own))
        edition.confirm_by = None
    submissions.decline(told["Snow"].speakers[0], at=now)
    assert [waitlist.move_up_everywhere(now) for _twice in range(2)] == [0, 0]
    [letter] = mails("moved_up", chair)
    assert words in letter.body
    assert told["Ice"].decision.outcome is Outcome.WAITLIST


def mails(kind, person):
    found = sa.select(Message).where(Message.kind == kind, Message.person_id == person.id)
    return database.session.scalars(found.order_by(Message.id)).all()


def test_the_selection_shows_who_moves_up(client, edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    desk = client(chair)
    assert "This proposal moves up:" in desk.get("/b27/team/selection/").text
    desk.post("/b27/team/selection/move-up", {"up": told["Ice"].code})
    assert "moves up:" not in desk.get("/b27/team/selection/").text
