"""Sharing out the reviews: the plan as a draft, published once, refilled, never a conflict."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.conference.models import Membership
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.reviews import queries, tasks
from cfp.reviews.models import Assignment, AssignmentState, Bid, BidValue, DeclaredConflict
from cfp.reviews.service import assignments, conflicts, reviews
from cfp.sentences import restored
from cfp.submissions.models import SubmissionState
from tests.make import (
    make_assignment,
    make_conference,
    make_member,
    make_person,
    make_review,
    make_submission,
)
from tests.visitor import rows

DRAFT, PUBLISHED = AssignmentState.DRAFT, AssignmentState.PUBLISHED
RECUSED = AssignmentState.RECUSED


class Watch:
    """A watch that nobody looks at."""

    def progress(self, share, text=""):
        assert 0 <= share <= 1
        assert text

    def is_cancelled(self):
        return False


@pytest.fixture
def edition(db):
    return make_conference(reviews_due_at=datetime(2027, 3, 1, tzinfo=UTC))


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR)


def committee(edition, number):
    return [make_member(edition, Role.REVIEWER) for _ in range(number)]


def plan(edition, each=3, **asked):
    database.session.commit()
    return tasks.assign(Watch(), conference_id=edition.id, each=each, **asked)


def given(edition, *states):
    return list(database.session.scalars(queries.assignments(edition.id, *(states or (DRAFT,)))))


def test_the_plan_is_a_draft_of_three_different_reviewers_each(edition):
    committee(edition, 5)
    made = {make_submission(edition).id for _ in range(10)}
    result = plan(edition)
    draft = given(edition)
    assert result["reviews"] == len(draft) == 30
    assert {one.submission_id for one in draft} == made
    assert len({(one.submission_id, one.person_id) for one in draft}) == 30
    assert set(result["loads"].values()) == {6}
    assert result["shortfalls"] == []
    assert rows(Message) == 0


def test_what_cannot_be_met_is_listed_with_its_reason(edition):
    reviewer, _other = committee(edition, 2)
    own = make_submission(edition, speakers=[reviewer])
    [short] = plan(edition, each=2)["shortfalls"]
    assert (short["submission"], short["missing"]) == (own.id, 1)
    assert "one reviewer without a conflict" in restored(short["reason"])


def test_the_same_plan_again_makes_the_same_draft(edition):
    committee(edition, 4)
    for _ in range(6):
        make_submission(edition)
    plan(edition, each=2, seed=7)
    first = {(one.person_id, one.submission_id) for one in given(edition)}
    plan(edition, each=2, seed=7)
    assert {(one.person_id, one.submission_id) for one in given(edition)} == first


def test_wishes_and_tracks_reach_the_plan(edition):
    eager, other = committee(edition, 2)
    wanted, unwanted = make_submission(edition), make_submission(edition)
    database.session.add_all(
        [
            Bid(person_id=eager.id, submission_id=wanted.id, value=BidValue.YES),
            Bid(person_id=other.id, submission_id=wanted.id, value=BidValue.NO),
        ]
    )
    plan(edition, each=1)
    assert {(one.person_id, one.submission_id) for one in given(edition)} == {
        (eager.id, wanted.id),
        (other.id, unwanted.id),
    }


def test_nobody_gets_more_than_the_limit(edition):
    committee(edition, 2)
    for _ in range(5):
        make_submission(edition)
    result = plan(edition, each=2, most=3)
    assert set(result["loads"].values()) == {3}
    assert sum(short["missing"] for short in result["shortfalls"]) == 4


def test_publishing_gives_each_reviewer_one_letter(edition, chair, now):
    committee(edition, 3)
    for _ in range(4):
        make_submission(edition)
    plan(edition, each=2)
    assert assignments.publish(edition, by=chair, at=now) == 8
    assert {one.state for one in given(edition, DRAFT, PUBLISHED)} == {PUBLISHED}
    messages = database.session.scalars(sa.select(Message)).all()
    assert len(messages) == len({message.to for message in messages}) == 3
    assert "/reviews/" in messages[0].body
    assert "1 Mar 2027" in messages[0].body


def test_publishing_twice_is_refused_and_mails_nobody_again(edition, chair, now):
    committee(edition, 3)
    make_submission(edition)
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    before = rows(Message)
    with pytest.raises(Refused, match="no draft"):
        assignments.publish(edition, by=chair, at=now)
    assert rows(Message) == before == 3


def test_a_second_publication_mails_only_those_who_got_more(edition, chair, now):
    first, second = committee(edition, 2)
    make_submission(edition)
    plan(edition, each=1)
    assignments.publish(edition, by=chair, at=now)
    [owed] = given(edition, PUBLISHED)
    spared = second if owed.person == first else first
    make_assignment(make_submission(edition), spared, state=DRAFT)
    assignments.publish(edition, by=chair, at=now)
    assert sorted(m.person_id for m in database.session.scalars(sa.select(Message))) == sorted(
        [first.id, second.id]
    )


def test_a_conflict_that_came_up_since_the_draft_stops_its_publication(edition, chair, now):
    reviewer, *_ = committee(edition, 3)
    submission = make_submission(edition, title="Snow")
    plan(edition)
    conflicts.declare(submission, reviewer, "Friends.", by=reviewer, at=now)
    with pytest.raises(Refused, match="The reviewer and “Snow”"):
        assignments.publish(edition, by=chair, at=now)
    database.session.rollback()
    assert {one.state for one in given(edition, DRAFT, PUBLISHED)} == {DRAFT}


def test_after_the_plan_is_drawn_up_again_it_can_be_published(edition, chair, now):
    reviewer, *_ = committee(edition, 4)
    submission = make_submission(edition)
    plan(edition)
    conflicts.declare(submission, reviewer, "Friends.", by=reviewer, at=now)
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    assert reviewer not in {one.person for one in given(edition, PUBLISHED)}


def test_an_employer_that_became_the_same_stops_it_too(edition, chair, now):
    reviewer, *_ = committee(edition, 3)
    make_submission(edition, speakers=[make_person(employer="Tern Foundation e. V.")])
    plan(edition)
    reviewer.employer = "tern foundation"
    with pytest.raises(Refused, match="conflict of interest"):
        assignments.publish(edition, by=chair, at=now)


def test_who_is_no_longer_a_reviewer_stops_it(edition, chair, now):
    committee(edition, 3)
    make_submission(edition)
    plan(edition)
    database.session.execute(sa.delete(Membership).where(Membership.role == Role.REVIEWER))
    with pytest.raises(Refused, match="No longer a reviewer"):
        assignments.publish(edition, by=chair, at=now)


def test_what_was_withdrawn_meanwhile_falls_out_of_the_draft(edition, chair, now):
    committee(edition, 3)
    gone, _stays = make_submission(edition), make_submission(edition)
    plan(edition)
    gone.state = SubmissionState.WITHDRAWN
    assert assignments.publish(edition, by=chair, at=now) == 3
    assert not [one for one in given(edition, DRAFT, PUBLISHED) if one.submission_id == gone.id]


def test_a_refill_keeps_what_was_published_and_asks_nobody_again_who_handed_back(
    edition, chair, now
):
    committee(edition, 5)
    for _ in range(5):
        make_submission(edition)
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    kept = {one.id for one in given(edition, PUBLISHED)}
    handed_back = given(edition, PUBLISHED)[0]
    reviews.recuse(handed_back, "I know them.", at=now)
    plan(edition)
    [new] = given(edition)
    assert new.submission_id == handed_back.submission_id
    assert new.person_id != handed_back.person_id
    assert {one.id for one in given(edition, PUBLISHED)} == kept - {handed_back.id}


def test_a_written_review_without_assignment_counts_as_covered(edition):
    reviewer, *_ = committee(edition, 3)
    submission = make_submission(edition)
    make_review(submission, reviewer)
    assert plan(edition)["reviews"] == 2


def test_a_published_review_that_became_a_conflict_is_released_and_replaced(edition, chair, now):
    committee(edition, 4)
    speaker = make_person()
    make_submission(edition, speakers=[speaker])
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    owed = given(edition, PUBLISHED)[0]
    owed.person.employer = speaker.employer = "Kontor Achterberg"
    assert plan(edition)["released"] == 1
    assignments.publish(edition, by=chair, at=now)
    assert owed.state is RECUSED
    assert len(given(edition, PUBLISHED)) == 3


def test_late_reviews_are_taken_back_and_given_to_others(edition, chair, now):
    late, *_ = committee(edition, 4)
    for _ in range(4):
        make_submission(edition)
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    mine = [one for one in given(edition, PUBLISHED) if one.person == late]
    make_review(mine[0].submission, late)
    assert assignments.take_back(late, edition, by=chair, at=now) == len(mine) - 1
    assert [one.submission_id for one in given(edition, PUBLISHED) if one.person == late] == [
        mine[0].submission_id
    ]
    assert plan(edition)["reviews"] == len(mine) - 1
    assert late.id not in {one.person_id for one in given(edition)}
    assert rows(DeclaredConflict) == 0


def test_nothing_can_be_taken_back_from_who_owes_nothing(edition, chair, now):
    [reviewer] = committee(edition, 1)
    with pytest.raises(Refused, match="owes no review"):
        assignments.take_back(reviewer, edition, by=chair, at=now)


def test_a_discarded_draft_leaves_what_was_published(edition, chair, now):
    reviewer, other, _third = committee(edition, 3)
    submission = make_submission(edition)
    make_assignment(submission, reviewer)
    make_assignment(submission, other, state=DRAFT)
    assert assignments.discard_draft(edition, by=chair, at=now) == 1
    assert [one.person for one in given(edition, DRAFT, PUBLISHED)] == [reviewer]
    with pytest.raises(Refused, match="no draft"):
        assignments.discard_draft(edition, by=chair, at=now)


def test_other_editions_are_left_alone(edition, chair, now):
    elsewhere = make_conference()
    theirs = make_assignment(
        make_submission(elsewhere), make_member(elsewhere, Role.REVIEWER), state=DRAFT
    )
    committee(edition, 3)
    make_submission(edition)
    plan(edition)
    assignments.publish(edition, by=chair, at=now)
    database.session.expire_all()
    assert theirs.state is DRAFT
    assert rows(Assignment) == 4
