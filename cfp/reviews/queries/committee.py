"""Questions about who reviews, who was asked to, and who owes a word, as selects."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.access import Role
from cfp.codes import hashed
from cfp.conference.models import Conference, Membership, Track
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.reviews.models import (
    Argument,
    Assignment,
    AssignmentState,
    Review,
    ReviewerInvitation,
    Topic,
)
from cfp.reviews.queries import IN_THE_RUNNING
from cfp.submissions.models import Submission


def invitations(conference_id: int) -> sa.Select[ReviewerInvitation]:
    """Everybody who was asked, the latest first."""
    return (
        sa.select(ReviewerInvitation)
        .options(joinedload(ReviewerInvitation.by))
        .where(ReviewerInvitation.conference_id == conference_id)
        .order_by(ReviewerInvitation.at.desc(), ReviewerInvitation.id.desc())
    )


def invitation(conference_id: int, token: str) -> sa.Select[ReviewerInvitation]:
    return sa.select(ReviewerInvitation).where(
        ReviewerInvitation.conference_id == conference_id,
        ReviewerInvitation.token_hash == hashed(token),
    )


def is_reviewer(person: Person, conference_id: int) -> sa.Select[Membership]:
    return sa.select(Membership).where(
        Membership.conference_id == conference_id,
        Membership.person_id == person.id,
        Membership.role == Role.REVIEWER,
    )


def topics(conference_id: int) -> sa.Select[int, int]:
    """(person id, track id): what people said they are at home in, or their role as reviewer says.

    Both in one statement, each pair once.
    """
    said = (
        sa.select(Topic.person_id, Topic.track_id)
        .join(Track, Track.id == Topic.track_id)
        .where(Track.conference_id == conference_id)
    )
    by_role = sa.select(Membership.person_id, Membership.track_id).where(
        Membership.conference_id == conference_id,
        Membership.role == Role.REVIEWER,
        Membership.track_id.is_not(None),
    )
    both = sa.union(said, by_role).subquery()
    return sa.select(both.c.person_id, both.c.track_id).order_by(*both.c)


def topics_of(person: Person, conference_id: int) -> sa.Select[Topic]:
    return (
        sa.select(Topic)
        .join(Track, Track.id == Topic.track_id)
        .where(Topic.person_id == person.id, Track.conference_id == conference_id)
    )


def unwritten(conference_id: int) -> sa.Select[Person, int]:
    """(reviewer, submission id) of everything that is owed, in the running and not written."""
    written = sa.select(Review.id).where(
        Review.submission_id == Assignment.submission_id,
        Review.person_id == Assignment.person_id,
    )
    return (
        sa.select(Person, Assignment.submission_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            Assignment.conference_id == conference_id,
            Assignment.state == AssignmentState.PUBLISHED,
            IN_THE_RUNNING,
            ~written.exists(),
        )
        .order_by(Person.name, Person.id)
    )


def argued(conference_id: int) -> sa.Select[int, int]:
    """(person id, submission id): who has said something about what."""
    return sa.select(Argument.person_id, Argument.submission_id).where(
        Argument.conference_id == conference_id
    )


def reminded(conference_id: int) -> sa.Select[int | None, datetime]:
    """(person id, when they were reminded last)."""
    return (
        sa.select(Message.person_id, sa.func.max(Message.created_at))
        .where(Message.conference_id == conference_id, Message.kind == "reviews_due")
        .group_by(Message.person_id)
    )


def editions_with_reviews_due(after: datetime, until: datetime) -> sa.Select[Conference]:
    return (
        sa.select(Conference)
        .where(Conference.reviews_due_at > after, Conference.reviews_due_at <= until)
        .order_by(Conference.id)
    )
