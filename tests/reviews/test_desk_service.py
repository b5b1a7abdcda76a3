"""What a reviewer owes, writes, wishes for and hands back."""

from datetime import UTC, datetime, timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.invited.models import Invitation, Purpose
from cfp.people.models import LogEntry
from cfp.reviews.models import AssignmentState, Bid, BidValue, DeclaredConflict, Review
from cfp.reviews.service import conflicts, feedback, reminders, reviews, wishes
from cfp.reviews.service.reviews import Verdict
from cfp.submissions.models import Outcome, SubmissionState
from tests.make import (
    make_assignment,
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_review,
    make_submission,
)
from tests.visitor import rows

DUE = datetime(2027, 1, 20, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def edition(db):
    return make_conference(reviews_due_at=DUE)


@pytest.fixture
def reviewer(edition):
    return make_member(edition, Role.REVIEWER)


def owed_codes(person, edition):
    return [one.submission.code for one in reviews.owed_by(person, edition)]


def test_a_reviewer_owes_what_was_published_to_them_and_nothing_else(edition, reviewer):
    mine, draft, others = (make_submission(edition) for _ in range(3))
    make_assignment(mine, reviewer)
    make_assignment(draft, reviewer, state=AssignmentState.DRAFT)
    make_assignment(others, make_member(edition, Role.REVIEWER))
    assert owed_codes(reviewer, edition) == [mine.code]


def test_a_withdrawn_proposal_is_no_longer_owed(edition, reviewer):
    make_assignment(make_submission(edition, state=SubmissionState.WITHDRAWN), reviewer)
    assert not owed_codes(reviewer, edition)


def came_up(edition):
    found = conflicts.came_up(edition, conflicts.of_edition(edition))
    return [one.submission.code for one in found]


@pytest.mark.parametrize("blind", [True, False])
def test_what_became_a_conflict_leaves_a_list_only_where_that_gives_nobody_away(
    edition, reviewer, now, blind
):
    edition.blind = blind
    colleague = make_submission(edition, speakers=[make_person(employer="Tern Foundation")])
    make_assignment(colleague, reviewer)
    own = make_submission(edition, speakers=[reviewer])
    make_assignment(own, reviewer)
    reviewer.employer = "Tern Foundation"
    known = [colleague.code] if blind else []
    assert owed_codes(reviewer, edition) == known
    assert [one.code for one in wishes.to_bid_on(reviewer, edition).items] == known
    assert [due.unwritten for due in reminders.due_list(edition)] == [1] * blind
    assert came_up(edition) == [colleague.code, own.code]  # the chair hears of it in any case
    assert conflicts.release(edition, by=reviewer, at=now) == 2
    assert not owed_codes(reviewer, edition)
    assert not came_up(edition)


def test_the_order_is_each_reviewers_own_and_stays_when_more_comes(edition, reviewer):
    colleague = make_member(edition, Role.REVIEWER)
    first = [make_submission(edition) for _ in range(12)]
    for submission in first:
        make_assignment(submission, reviewer)
        make_assignment(submission, colleague)
    before = owed_codes(reviewer, edition)
    assert before != owed_codes(colleague, edition)
    late = make_submission(edition)
    make_assignment(late, reviewer)
    assert [code for code in owed_codes(reviewer, edition) if code != late.code] == before


def test_next_is_the_first_unwritten_one_round_the_end_of_the_list(edition, reviewer):
    for _ in range(4):
        make_assignment(make_submission(edition), reviewer)
    owed = reviews.owed_by(reviewer, edition)
    make_review(owed[3].submission, reviewer)
    make_review(owed[0].submission, reviewer)
    owed = reviews.owed_by(reviewer, edition)
    assert reviews.next_owed(owed, owed[2].submission) == owed[1]
    make_review(owed[1].submission, reviewer)
    owed = reviews.owed_by(reviewer, edition)
    assert reviews.next_owed(owed, owed[2].submission) is None


@pytest.mark.parametrize(
    ("at", "in_time"),
    [
        (DUE - timedelta(days=1), True),
        (DUE, True),
        (DUE + timedelta(milliseconds=999), True),
        (DUE + timedelta(seconds=1), False),
    ],
)
def test_a_review_may_be_written_through_the_last_second(edition, reviewer, at, in_time):
    assignment = make_assignment(make_submission(edition), reviewer)
    if in_time:
        reviews.write(assignment, Verdict(4), at=at)
    else:
        with pytest.raises(Refused, match="is over"):
            reviews.write(assignment, Verdict(4), at=at)
    assert rows(Review) == int(in_time)


def test_without_a_deadline_a_review_may_always_be_written(reviewer, edition, now):
    edition.reviews_due_at = None
    assignment = make_assignment(make_submission(edition), reviewer)
    assert reviews.write(assignment, Verdict(2), at=now).score == 2


def test_changing_a_review_keeps_one_and_remembers_both_scores(edition, reviewer, now):
    assignment = make_assignment(make_submission(edition), reviewer)
    reviews.write(assignment, Verdict(2, "Thin.", "Please add an example."), at=now)
    later = now + timedelta(hours=1)
    review = reviews.write(assignment, Verdict(4, "Better than I thought."), at=later)
    assert (review.score, review.for_committee, review.for_speaker) == (
        4,
        "Better than I thought.",
        "",
    )
    assert (review.written_at, review.changed_at, rows(Review)) == (now, later, 1)
    logged = database.session.scalars(database.select(LogEntry).order_by(LogEntry.id)).all()
    assert [entry.details for entry in logged] == [
        {"score_from": None, "score_to": 2},
        {"score_from": 2, "score_to": 4},
    ]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_refuses_a_score_that_is_not_on_the_scale(edition, reviewer, now, score):
    assignment = make_assignment(make_submission(edition), reviewer)
    with pytest.raises(Refused) as refused:
        reviews.write(assignment, Verdict(score), at=now)
    assert refused.value.field == "score"


@pytest.mark.parametrize("state", [AssignmentState.DRAFT, AssignmentState.RECUSED])
def test_refuses_a_review_that_is_not_owed(edition, reviewer, now, state):
    assignment = make_assignment(make_submission(edition), reviewer, state=state)
    with pytest.raises(Refused):
        reviews.write(assignment, Verdict(3), at=now)


def test_handing_a_review_back_declares_the_conflict_with_its_reason(edition, reviewer, now):
    assignment = make_assignment(make_submission(edition), reviewer)
    reviews.recuse(assignment, "She is my sister.", at=now)
    declared = database.session.scalars(database.select(DeclaredConflict)).one()
    assert (assignment.state, assignment.reason) == (AssignmentState.RECUSED, "She is my sister.")
    assert (declared.person_id, declared.declared_by_id) == (reviewer.id, reviewer.id)
    assert conflicts.is_known_to(reviewer, assignment.submission)


def test_a_written_review_cannot_be_handed_back(edition, reviewer, now):
    assignment = make_assignment(make_submission(edition), reviewer)
    make_review(assignment.submission, reviewer)
    with pytest.raises(Refused, match="already"):
        reviews.recuse(assignment, "Too late.", at=now)
    assert rows(DeclaredConflict) == 0


def test_a_conflict_declared_by_the_chair_takes_the_review_off_the_list(edition, reviewer, now):
    assignment = make_assignment(make_submission(edition), reviewer)
    chair = make_member(edition, Role.CHAIR)
    conflicts.declare(assignment.submission, reviewer, "They share a flat.", by=chair, at=now)
    assert assignment.state is AssignmentState.RECUSED
    [found] = conflicts.of_edition(edition)
    assert found.reason == "The chair declared a conflict of The reviewer: They share a flat."


def test_the_first_reason_of_a_declared_conflict_stands(edition, reviewer, now):
    submission = make_submission(edition)
    for reason in ("One.", "Two."):
        conflicts.declare(submission, reviewer, reason, by=reviewer, at=now)
    assert database.session.scalars(database.select(DeclaredConflict.reason)).all() == ["One."]


def test_lifting_a_conflict_lets_the_pair_be_asked_again_but_not_by_oneself(edition, reviewer, now):
    submission = make_submission(edition)
    declared = conflicts.declare(submission, reviewer, "Friends.", by=reviewer, at=now)
    with pytest.raises(Refused):
        conflicts.lift(declared, submission, by=reviewer, at=now)
    conflicts.lift(declared, submission, by=make_person(), at=now)
    database.session.flush()
    assert not conflicts.is_known_to(reviewer, submission)


@pytest.mark.parametrize("blind", [True, False])
def test_one_pair_and_the_whole_edition_agree_on_conflicts(edition, reviewer, now, blind):
    edition.blind = blind
    friend = make_person()
    own = make_submission(edition, speakers=[reviewer, friend])
    shared = make_submission(edition, speakers=[friend])
    fine = make_submission(edition)
    declared, written_down = make_submission(edition), make_submission(edition)
    conflicts.declare(declared, reviewer, "", by=reviewer, at=now)
    conflicts.declare(written_down, reviewer, "", by=make_person(), at=now)
    asked, beside = make_submission(edition), make_submission(edition)
    invite(asked, reviewer.email.upper())
    invite(own, beside.speakers[0].person.email)  # has not answered, and is no stranger
    invite(fine, "somebody@elsewhere.example")
    everything = [own, shared, fine, declared, written_down, asked, beside]
    singly = {s.id for s in everything if conflicts.is_known_to(reviewer, s)}
    known = {own.id, declared.id, asked.id}
    barred = {s.id for s in everything if s is not fine}
    assert {one.submission for one in conflicts.of_edition(edition)} == barred
    assert singly == conflicts.known_to(reviewer, edition) == (known if blind else barred)


def invite(submission, email):
    one = Invitation(
        conference_id=submission.conference_id,
        purpose=Purpose.CO_SPEAKER,
        submission_id=submission.id,
        email=email,
        until=DUE,
    )
    database.session.add(one)
    database.session.flush()


def test_a_wish_counts_once_and_the_last_one(edition, reviewer, now):
    submission = make_submission(edition)
    for value in (BidValue.YES, BidValue.NO):
        wishes.wish(reviewer, submission, value, at=now)
    assert database.session.scalars(database.select(Bid.value)).all() == [BidValue.NO]


def test_refuses_a_wish_for_ones_own_proposal_and_after_the_deadline(edition, reviewer, now):
    own = make_submission(edition, speakers=[reviewer])
    with pytest.raises(Refused):
        wishes.wish(reviewer, own, BidValue.YES, at=now)
    with pytest.raises(Refused):
        wishes.wish(reviewer, make_submission(edition), BidValue.YES, at=DUE + timedelta(days=1))
    assert rows(Bid) == 0


def test_the_list_of_wishes_leaves_out_conflicts_and_what_is_not_in_the_running(edition, reviewer):
    make_submission(edition, speakers=[reviewer])
    make_submission(edition, state=SubmissionState.WITHDRAWN)
    make_submission()
    fine = make_submission(edition)
    found = wishes.to_bid_on(reviewer, edition)
    assert ([s.id for s in found.items], found.everything) == ([fine.id], 1)


def test_the_list_of_wishes_comes_in_pages_without_gap_or_repetition(edition, reviewer, now):
    made = {make_submission(edition).id for _ in range(2 * wishes.PER_PAGE + 3)}
    pages = [wishes.to_bid_on(reviewer, edition, page=number) for number in (1, 2, 3)]
    listed = [submission.id for page in pages for submission in page.items]
    assert len(listed) == len(made)
    assert set(listed) == made
    wishes.wish(reviewer, wishes.to_bid_on(reviewer, edition).items[0], BidValue.MAYBE, at=now)
    still_open = wishes.to_bid_on(reviewer, edition, unanswered=True, page=99)
    assert (still_open.total, still_open.answered, still_open.page) == (len(made) - 1, 1, 3)


def test_what_is_written_for_the_speakers_is_read_once_they_were_told(edition, now):
    submission = make_submission(edition, code="BLINDS")
    texts = {f"Thank you, {n}." for n in range(4)}
    for text in (*sorted(texts), ""):
        make_review(submission, make_person(), for_speaker=text, for_committee="Weak.")
    assert feedback.words_for_speakers(submission) == []
    make_decision(submission, Outcome.REJECT)
    assert feedback.words_for_speakers(submission) == []
    submission.decision.told_at = now
    told = feedback.words_for_speakers(submission)
    assert set(told) == texts
    assert told != sorted(texts)  # in the order of a hash: neither by time nor by person
    other = make_submission(edition, code="CURTAI")
    make_decision(other, Outcome.ACCEPT, told_at=now, told_outcome=Outcome.ACCEPT)
    for text in sorted(texts):
        make_review(other, make_person(), for_speaker=text)
    assert feedback.words_for_speakers(other) != told  # nothing to compare two proposals by
