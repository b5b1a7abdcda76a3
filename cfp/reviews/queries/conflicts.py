"""Questions about who speaks and who was asked to, for conflicts of interest; nothing runs here."""

from __future__ import annotations

import sqlalchemy as sa

from cfp.invited.models import Invitation, Purpose
from cfp.people.models import Person
from cfp.submissions.models import Speaker, Submission, SubmissionState

Row = tuple[int, str, int | str, str, str, str | None]  # proposal, title, id, name, employer, mail


def who_speaks(conference_id: int) -> sa.Select[int, str, int, str, str, str | None]:
    """Submission and speaker, row by row, withdrawn ones too: friends stay friends."""
    return (
        sa.select(
            Submission.id, Submission.title, Person.id, Person.name, Person.employer, Person.email
        )
        .join(Speaker, Speaker.submission_id == Submission.id)
        .join(Person, Person.id == Speaker.person_id)
        .where(Submission.conference_id == conference_id, Submission.state != SubmissionState.DRAFT)
        .order_by(Submission.id, Speaker.position, Speaker.id)
    )


def who_is_invited(conference_id: int) -> sa.Select[int, str, str, str]:
    """Submission, code, name and address of everybody whom a speaker asked to join them.

    Also those whose link has run out: whoever was asked is no stranger. Not who took it up, since
    they speak now.
    """
    return (
        sa.select(Submission.id, Invitation.code, Invitation.name, Invitation.email)
        .join(Invitation, Invitation.submission_id == Submission.id)
        .where(
            Submission.conference_id == conference_id,
            Submission.state != SubmissionState.DRAFT,
            Invitation.purpose == Purpose.CO_SPEAKER,
            Invitation.taken_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Submission.id, Invitation.id)
    )


def beside(person: Person, submission: Submission) -> sa.ColumnElement[bool]:
    """That proposal and those where the person speaks or should: all that one pair depends on."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    address = sa.func.lower(Invitation.email) == (person.email or "").lower()
    asked = sa.select(Invitation.submission_id).where(
        address, Invitation.email != "", Invitation.submission_id.is_not(None)
    )
    return sa.or_(Submission.id == submission.id, Submission.id.in_(own), Submission.id.in_(asked))
