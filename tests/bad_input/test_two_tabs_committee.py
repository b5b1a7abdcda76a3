"""Reviews and decisions open twice: nobody overrules anybody unseen, letters go once."""

from __future__ import annotations

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.mail.models import Message
from cfp.reviews.models import Review, Selection
from cfp.submissions.models import Decision, Outcome
from tests.bad_input.tabs import ELSEWHERE, Tab
from tests.make import (
    make_assignment,
    make_decision,
    make_member,
    make_submission,
)
from tests.visitor import rows

pytestmark = pytest.mark.usefixtures("in_the_call")


def test_a_review_is_not_overwritten_unseen(client, edition):
    reviewer = make_member(edition.conference, Role.REVIEWER)
    submission = make_submission(edition.conference)
    make_assignment(submission, reviewer)
    visitor, url = client(reviewer), f"/here/reviews/{submission.code}/"
    old, new, third = (Tab(visitor, url, having="score") for _n in range(3))
    new.send(score="4", for_committee="I was there.")
    new.send(score="4", for_committee="I was there.")  # a double click
    answer = old.send(status=422, score="2", for_committee="I was not.")
    assert ELSEWHERE in answer.text
    assert "I was not." in answer.text
    assert third.send(status=422, score="5").status_code == 422
    (review,) = database.session.query(Review).all()
    assert (review.score, review.for_committee) == (4, "I was there.")


def test_a_review_handed_back_in_another_tab_keeps_what_was_typed(client, edition):
    reviewer = make_member(edition.conference, Role.REVIEWER)
    submission = make_submission(edition.conference)
    make_assignment(submission, reviewer)
    visitor, url = client(reviewer), f"/here/reviews/{submission.code}/"
    tab = Tab(visitor, url, having="score")
    Tab(visitor, url, to="reviews.recuse").send(reason="My sister.")
    assert "I was there." in tab.send(status=404, score="4", for_committee="I was there.").text
    assert rows(Review) == 0


def test_two_decisions_about_one_proposal_do_not_cross_unseen(client, edition):
    chair = make_member(edition.conference, Role.CHAIR)
    submission = make_submission(edition.conference)
    url = f"/here/team/proposals/{submission.code}/"
    old, new = (Tab(client(chair), url, having="outcome") for _n in range(2))
    new.send(outcome="accept", reason="A clear yes.")
    new.send(outcome="accept", reason="A clear yes.")  # a double click
    answer = old.send(status=422, outcome="reject", reason="A clear no.")
    assert ELSEWHERE in answer.text
    assert "A clear no." in answer.text
    decision = database.session.query(Decision).filter_by(submission_id=submission.id).one()
    assert (decision.outcome, decision.reason) == (Outcome.ACCEPT, "A clear yes.")


def test_letters_are_sent_once(organiser, edition):
    for _n in range(2):
        make_decision(make_submission(edition.conference))
    old, new = (Tab(organiser, "/here/team/letters/", having="outcome") for _n in range(2))
    before = rows(Message)
    new.send()
    for tab in (old, new):
        assert "such letters to send by now" in tab.send(status=409).text
    assert rows(Message) - before == new_letters(edition)


def new_letters(edition):
    """One for each speaker of what was decided and not told."""
    accepted = database.session.query(Decision).filter_by(outcome=Outcome.ACCEPT)
    return sum(len(decision.submission.speakers) for decision in accepted)


def test_a_line_up_is_decided_once(client, edition):
    chair = make_member(edition.conference, Role.CHAIR)
    for _n in range(3):
        make_submission(edition.conference)
    url = "/here/team/selection/decide?total=4&waitlist=1&seed=x"
    old, new = (Tab(client(chair), url, to="reviews.decide") for _n in range(2))
    new.send()
    decisions = rows(Decision)
    assert "Everything was decided like this already." in follow(old, old.send())
    assert (rows(Selection), rows(Decision)) == (1, decisions)


def test_a_line_up_that_changed_since_is_not_decided(client, edition):
    chair = make_member(edition.conference, Role.CHAIR)
    submission = make_submission(edition.conference)
    url = "/here/team/selection/decide?total=9&seed=x"
    tab = Tab(client(chair), url, to="reviews.decide")
    make_submission(edition.conference)
    assert "Something has changed since you looked." in tab.send(status=422).text
    assert (rows(Selection), submission.decision) == (0, None)


def follow(tab, answer):
    return tab.visitor.get(answer.location).text
