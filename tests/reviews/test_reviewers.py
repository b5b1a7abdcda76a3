"""The committee: asked by a link that expires, at home in tracks, reminded by one mail a person."""

from datetime import timedelta

import pytest
import time_machine

from cfp.access import Role
from cfp.conference.models import Membership
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.reviews.models import AssignmentState, ReviewerInvitation
from cfp.reviews.service import assignments, committee, invitations, reminders
from tests.conftest import NOW
from tests.make import (
    make_argument,
    make_assignment,
    make_conference,
    make_invitation,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_track,
)
from tests.visitor import rows

LINK = "/b27/reviews/invitation/known"


@pytest.fixture
def edition(house):
    with house.test_request_context():
        yield make_conference(slug="b27", reviews_due_at=NOW + timedelta(days=20))


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR, make_person("Chiara"))


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def letters(kind):
    return database.session.query(Message).filter_by(kind=kind).order_by(Message.id).all()


# Invitations


def test_each_address_is_asked_once_and_who_reviews_already_is_left_in_peace(edition, chair, now):
    make_member(edition, Role.REVIEWER, make_person(email="rosa@example.org"))
    wanted = ["New@Example.org", "new@example.org", "rosa@example.org"]
    asked = invitations.invite(edition, wanted, by=chair, at=now)
    assert [one.email for one in asked] == ["new@example.org"]
    assert asked[0].expires_at == now + timedelta(days=14)
    (letter,) = letters("invited_reviewer")
    assert letter.to == "new@example.org"
    assert "29 January 2027, 13:00 (UTC+1)" in letter.body


def test_who_is_asked_again_gets_a_new_link_and_the_old_one_dies(edition, chair, now):
    first = invitations.invite(edition, ["new@example.org"], by=chair, at=now)[0].token_hash
    again = invitations.invite(edition, ["new@example.org"], by=chair, at=now + timedelta(days=20))
    assert again[0].token_hash != first
    assert (rows(ReviewerInvitation), len(letters("invited_reviewer"))) == (1, 2)


def test_the_link_joins_once_names_topics_and_signs_nobody_in_who_has_an_account(
    client, edition, today
):
    track = make_track(edition)
    known = make_person("Nora", email="new@example.org")
    make_invitation(edition, "new@example.org", token="known")
    stranger = client()
    assert "Would you review" in stranger.get(LINK).text
    answer = stranger.post(LINK, {"answer": "yes", "topics": [str(track.id)], "name": "Evil"})
    assert "/sign-in" in answer.location
    member = database.session.query(Membership).one()
    assert (member.person_id, member.role, member.person.name) == (known.id, Role.REVIEWER, "Nora")
    assert committee.topics_of(edition) == [(known.id, track.id)]
    stranger.post(LINK, {"answer": "yes"}, status=409)
    assert "You have joined" in stranger.get(LINK).text


def test_somebody_new_gets_an_account_and_a_way_in(client, edition, today):
    make_invitation(edition, "new@example.org", token="known")
    answer = client().post(LINK, {"answer": "yes", "name": "Nora Neu"})
    assert "/link/confirm_email/" in answer.location
    assert (
        database.session.query(Person).filter_by(name="Nora Neu").one().email_confirmed_at is None
    )


def test_a_no_is_seen_by_whoever_asked(client, edition, chair, today):
    make_invitation(edition, "new@example.org", token="known")
    client().post(LINK, {"answer": "no"})
    assert rows(Membership) == 1
    assert "said no" in client(chair).get("/b27/team/reviews/reviewers/").text


def test_an_expired_and_a_revoked_link_lead_nowhere(client, edition, chair, today):
    one = make_invitation(edition, "new@example.org", token="known", expires_at=NOW)
    stranger = client()
    assert "has expired" in stranger.get(LINK).text
    stranger.post(LINK, {"answer": "yes"}, status=409)
    client(chair).post(f"/b27/team/reviews/reviewers/{one.code}/revoke")
    stranger.get(LINK, status=404)
    assert rows(ReviewerInvitation) == 0


def test_of_many_addresses_the_one_that_is_none_is_named(client, edition, chair, today):
    form = {"emails": "good@example.org\nnobody, other@example.org"}
    page = client(chair).post("/b27/team/reviews/reviewers/", form, status=422).text
    assert "“nobody” is no address." in page
    assert "good@example.org" in page
    assert rows(ReviewerInvitation) == 0


# Topics and the plain draw


def test_what_a_reviewer_is_at_home_in_reaches_the_plan(client, edition, today):
    make_track(edition, "Light")
    sound = make_track(edition, "Sound")
    reviewer = make_member(edition, Role.REVIEWER)
    desk = client(reviewer)
    desk.post("/b27/reviews/topics", {"topics": [str(sound.id)]})
    assert f'value="{sound.id}" checked' in desk.get("/b27/reviews/bids/").text
    problem = assignments.problem_of(edition, assignments.Asked(each=3))
    assert [one.topics for one in problem.reviewers] == [{sound.id}]
    desk.post("/b27/reviews/topics", {})
    assert committee.topics_of(edition) == []


def test_a_track_of_another_edition_is_nobodys_topic(edition):
    foreign, reviewer = make_track(make_conference()), make_member(edition, Role.REVIEWER)
    invitations.name_topics(reviewer, edition, [foreign.id])
    assert committee.topics_of(edition) == []


# The list of what is due


@pytest.fixture
def owing(edition):
    """Rosa owes two and is split from Marit over one; Marit owes nothing."""
    rosa = make_member(edition, Role.REVIEWER, make_person("Rosa"))
    marit = make_member(edition, Role.REVIEWER, make_person("Marit"))
    for _number in range(2):
        make_assignment(make_submission(edition), rosa)
    make_assignment(make_submission(edition), rosa, state=AssignmentState.DRAFT)
    split = make_submission(edition)
    make_review(split, rosa, 5)
    make_review(split, marit, 1)
    make_argument(split, marit)
    return rosa, marit


def test_the_list_says_who_owes_how_much_and_where_a_reason_is_missing(edition, owing):
    found = reminders.due_list(edition)
    assert [(due.person, due.unwritten, due.splits) for due in found] == [(owing[0], 2, 1)]


def test_what_has_become_a_conflict_is_not_due(edition, owing):
    rosa, marit = owing
    edition.blind = False  # else it is due as long as it stands on her list
    rosa.employer = marit.employer = "Stadttheater"
    mine = make_submission(edition, speakers=[marit])
    make_assignment(mine, rosa)
    assert [due.unwritten for due in reminders.due_list(edition)] == [2]


def test_everybody_gets_one_mail_and_not_twice_a_day(edition, chair, owing, now):
    assert reminders.remind(edition, by=chair, at=now) == 1
    with pytest.raises(Refused, match="reminded today"):
        reminders.remind(edition, by=chair, at=now + timedelta(hours=3))
    assert reminders.remind(edition, by=chair, at=now + timedelta(days=1)) == 1
    first, _second = letters("reviews_due")
    assert first.subject == f"{edition.name}: 2 reviews are still to be written"
    assert "An argument of yours would help" in first.body
    assert reminders.due_list(edition)[0].reminded_at is not None


def test_by_itself_a_week_and_two_days_before_and_once_each(edition, owing, now):
    sent = [
        reminders.remind_before_deadlines(now + timedelta(days=20) - timedelta(hours=hours))
        for hours in (7 * 24 + 1, 7 * 24, 5 * 24, 48, 47, 1, 0, -1)
    ]
    assert sent == [0, 1, 0, 1, 0, 0, 0, 0]


def test_after_the_deadline_nobody_is_reminded(edition, chair, owing, now):
    with pytest.raises(Refused, match="over"):
        reminders.remind(edition, by=chair, at=now + timedelta(days=21))


def test_the_page_lists_and_reminds(client, chair, owing, today):
    desk = client(chair)
    assert "Rosa" in desk.get("/b27/team/reviews/due/").text
    desk.post("/b27/team/reviews/due/remind")
    assert len(letters("reviews_due")) == 1
