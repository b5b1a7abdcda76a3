"""Questions about who speaks and who was asked to, for conflicts of interest; nothing runs here."""

from __future__ import annotations

import sqlalchemy as sa

from cfp.invited.models import Invitation, Purpose
from cfp.people.models import Person
from cfp.submissions.models import Speaker, Submission, SubmissionState

LAST = 1_000_000  # whoever is asked stands behind all who speak


def who_is_on_it(
    conference_id: int, only: sa.ColumnElement[bool]
) -> sa.Select[int, str, int | None, str, str, str, str | None]:
    """Submission, title, id of the speaker, else code of the invitation, name, employer, address.

    Row by row, proposal by proposal; withdrawn ones too: friends stay friends. Of those whom a
    speaker asked to join, also those whose link has run out: whoever was asked is no stranger. Not
    who took it up, since they speak now.
    """
    here = sa.and_(
        Submission.conference_id == conference_id, Submission.state != SubmissionState.DRAFT, only
    )
    nobody, nothing = sa.cast(sa.null(), sa.Integer), sa.literal("", sa.String)
    speaks = (
        sa.select(
            *(Submission.id.label("submission"), Submission.title),
            *(Person.id.label("person"), nothing.label("invitation")),
            *(Person.name, Person.employer, Person.email),
            *(Speaker.position.label("place"), Speaker.id.label("entry")),
        )
        .join(Speaker, Speaker.submission_id == Submission.id)
        .join(Person, Person.id == Speaker.person_id)
        .where(here)
    )
    asked = (
        sa.select(
            *(Submission.id, Submission.title, nobody, Invitation.code),
            *(Invitation.name, nothing, Invitation.email, sa.literal(LAST), Invitation.id),
        )
        .join(Invitation, Invitation.submission_id == Submission.id)
        .where(
            here,
            Invitation.purpose == Purpose.CO_SPEAKER,
            Invitation.taken_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )
    both = sa.union_all(speaks, asked).subquery()
    told = [column for column in both.c if column.name not in {"place", "entry"}]
    return sa.select(*told).order_by(both.c.submission, both.c.place, both.c.entry)


def beside(person: Person, submission: Submission) -> sa.ColumnElement[bool]:
    """That proposal and those where the person speaks or should: all that one pair depends on."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    address = sa.func.lower(Invitation.email) == (person.email or "").lower()
    asked = sa.select(Invitation.submission_id).where(
        address, Invitation.email != "", Invitation.submission_id.is_not(None)
    )
    return sa.or_(Submission.id == submission.id, Submission.id.in_(own), Submission.id.in_(asked))
