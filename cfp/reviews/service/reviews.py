"""What a reviewer owes, writes, or hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries
from cfp.reviews.models import Assignment, AssignmentState, Review
from cfp.reviews.service import conflicts, criteria
from cfp.reviews.service.wishes import own_order
from cfp.submissions.models import Submission


@dataclass(frozen=True)
class Owed:
    """One entry of a reviewer's list: the proposal, and the verdict once it is written."""

    assignment: Assignment
    review: Review | None

    @property
    def submission(self) -> Submission:
        return self.assignment.submission


@dataclass(frozen=True)
class Verdict:
    """What a reviewer says: the score, and what the committee and the speakers may read.

    ``criteria`` are the numbers given to further criteria, by id.
    """

    score: int
    for_committee: str = ""
    for_speaker: str = ""
    criteria: Mapping[int, int | None] = field(default_factory=dict)


def owed_by(person: Person, conference: Conference) -> list[Owed]:
    """Everything this reviewer was given, in their own order, but what they know for a conflict."""
    owed = db.session.scalars(queries.owed_by(person, conference.id)).all()
    written = {
        review.submission_id: review
        for review in db.session.scalars(queries.reviews_by(person, conference.id))
    }
    known = conflicts.known_to(person, conference) if owed else set()
    return [
        Owed(assignment, written.get(assignment.submission_id))
        for assignment in sorted(owed, key=lambda a: own_order(person, a.submission.code))
        if assignment.submission_id not in known
    ]


def next_owed(owed: list[Owed], after: Submission) -> Owed | None:
    """The next one without a verdict, round the end of the list if need be."""
    here = next((n for n, one in enumerate(owed) if one.submission.id == after.id), -1)
    rest = owed[here + 1 :] + owed[: here + 1]
    return next((one for one in rest if not one.review and one.submission.id != after.id), None)


def may_read_others(one: Owed) -> bool:
    """Colleagues' verdicts and arguments are opened by one's own verdict, and by nothing else."""
    return one.review is not None


def verdicts_of_others(one: Owed) -> list[Review]:
    """What colleagues wrote about it, in the order in which they did."""
    if not may_read_others(one):
        return []
    found = db.session.scalars(queries.reviews_of(one.submission))
    return [review for review in found if review.person_id != one.assignment.person_id]


def write(assignment: Assignment, verdict: Verdict, *, at: datetime) -> Review:
    """Write the owed review, or change it, until the last second of the deadline."""
    person, submission = assignment.person, assignment.submission
    _check_open(submission.conference, at)
    if assignment.state is not AssignmentState.PUBLISHED:
        raise Refused(_("This review is no longer yours to write."))
    if not 1 <= verdict.score <= 5:
        raise Refused(_("Please choose one of the five sentences."), field="score")
    review = db.session.scalar(queries.review(person, submission))
    before = review.score if review else None
    if review is None:
        review = Review(
            submission_id=submission.id,
            person_id=person.id,
            conference_id=submission.conference_id,
            written_at=at,
        )
        db.session.add(review)
    review.score, review.changed_at = verdict.score, at
    review.for_committee, review.for_speaker = verdict.for_committee, verdict.for_speaker
    db.session.flush()
    criteria.answer(review, verdict.criteria)
    log("reviewed", review, by=person, at=at, score_from=before, score_to=verdict.score)
    return review


def recuse(assignment: Assignment, reason: str, *, at: datetime) -> None:
    """Hand a review back because of a conflict of interest, which is then on record."""
    if assignment.state is not AssignmentState.PUBLISHED:
        raise Refused(_("This review is no longer yours to hand back."))
    if db.session.scalar(queries.review(assignment.person, assignment.submission)):
        raise Refused(_("You have reviewed this already. Please write to the chair."))
    conflicts.declare(assignment.submission, assignment.person, reason, by=assignment.person, at=at)


def _check_open(conference: Conference, at: datetime) -> None:
    if clock.is_past(conference.reviews_due_at, at):
        raise Refused(_("The time for reviews is over. Nothing was changed."))
