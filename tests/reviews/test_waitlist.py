"""A decline moves the waitlist up: by the rules of the last selection, once, and with a letter."""

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.reviews.service import waitlist
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.reviews.service.selection import decide_line_up
from cfp.submissions import letters
from cfp.submissions import service as submissions
from cfp.submissions.models import Outcome
from tests.make import make_conference, make_member, make_person, make_review, make_submission

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


def test_the_selection_shows_who_moves_up(client, edition, chair, told, now):
    submissions.decline(told["Snow"].speakers[0], at=now)
    desk = client(chair)
    assert "This proposal moves up:" in desk.get("/b27/team/selection/").text
    desk.post("/b27/team/selection/move-up", {"up": told["Ice"].code})
    assert "moves up:" not in desk.get("/b27/team/selection/").text
