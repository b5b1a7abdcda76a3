"""Keynotes are invited: accepted before anybody scores, they lack no reviewers anywhere."""

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.reviews import queries, tasks
from cfp.reviews.models import AssignmentState
from cfp.reviews.service import wishes
from cfp.reviews.service.progress import Step, progress_of
from cfp.submissions.models import Outcome
from tests.conftest import NOW
from tests.make import (
    make_assignment,
    make_conference,
    make_decision,
    make_member,
    make_review,
    make_submission,
)
from tests.reviews.test_assignments_service import Watch


@pytest.fixture
def edition(house):
    return make_conference(slug="b27", reviews_each=1)


@pytest.fixture
def keynote(edition):
    submission = make_submission(edition, title="The keynote")
    make_decision(submission, Outcome.ACCEPT, told_at=NOW, told_outcome=Outcome.ACCEPT)
    return submission


@pytest.fixture
def reviewed(edition):
    submission, reviewer = make_submission(edition), make_member(edition, Role.REVIEWER)
    make_assignment(submission, reviewer, state=AssignmentState.PUBLISHED)
    make_review(submission, reviewer)
    return submission


def test_they_are_not_counted_among_proposals_that_lack_reviewers(db, edition, keynote, reviewed):
    found = progress_of(edition, NOW)
    assert (found.proposals, found.short) == (1, 0)
    assert found.step is Step.SELECT


def test_a_proposal_that_waits_for_reviewers_is_counted(db, edition, keynote, reviewed):
    make_decision(make_submission(edition), Outcome.WAITLIST, told_at=NOW)
    make_decision(make_submission(edition), Outcome.ACCEPT)  # nobody was told yet
    found = progress_of(edition, NOW)
    assert (found.proposals, found.short) == (3, 2)


def test_what_was_reviewed_stays_counted_after_its_letter(db, edition, reviewed):
    make_decision(reviewed, Outcome.REJECT, told_at=NOW)
    assert progress_of(edition, NOW).proposals == 1


def test_no_plan_gives_them_reviewers(db, edition, keynote, reviewed):
    other = make_submission(edition)
    database.session.commit()
    result = tasks.assign(Watch(), conference_id=edition.id, each=1)
    drafted = database.session.scalars(queries.assignments(edition.id, AssignmentState.DRAFT))
    assert [one.submission_id for one in drafted] == [other.id]
    assert result["shortfalls"] == []


def test_nobody_is_asked_to_wish_for_them(db, edition, keynote, reviewed):
    reader = make_member(edition, Role.REVIEWER)
    assert wishes.to_bid_on(reader, edition).items == [reviewed]


def test_the_ranking_calls_them_invited_and_lists_them_under_no_lack(client, edition, keynote):
    make_submission(edition, title="Nobody read this")
    desk = client(make_member(edition, Role.CHAIR))
    assert "invited" in desk.get("/b27/team/ranking/").text
    lacking = desk.get("/b27/team/ranking/?few=1").text
    assert "Nobody read this" in lacking
    assert "The keynote" not in lacking
