"""Questions about the committee's discussion, as selects."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.people.models import Person
from cfp.reviews.models import Argument, Opinion, Review
from cfp.reviews.queries import IN_THE_RUNNING
from cfp.submissions.models import Submission


def arguments_on(submission: Submission) -> sa.Select[Argument]:
    """Everything said about a proposal, with those who agree or do not, oldest first."""
    return (
        sa.select(Argument)
        .options(joinedload(Argument.person), selectinload(Argument.opinions))
        .where(Argument.submission_id == submission.id)
        .order_by(Argument.at, Argument.id)
    )


def opinion(argument: Argument, person: Person) -> sa.Select[Opinion]:
    return sa.select(Opinion).where(
        Opinion.argument_id == argument.id, Opinion.person_id == person.id
    )


def given_beside(person: Person, conference_id: int) -> sa.Select[int, int]:
    """(submission id, score) by anybody, for what this person has judged themselves."""
    mine = sa.select(Review.submission_id).where(
        Review.person_id == person.id, Review.conference_id == conference_id
    )
    return (
        sa.select(Review.submission_id, Review.score)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.submission_id.in_(mine), IN_THE_RUNNING)
    )


def argued_by(person: Person, conference_id: int) -> sa.Select[int]:
    """Ids of the proposals about which this person has said something."""
    return sa.select(Argument.submission_id).where(
        Argument.person_id == person.id, Argument.conference_id == conference_id
    )
