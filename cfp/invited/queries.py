"""Questions about invitations, as selects."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.conference.models import Conference
from cfp.invited.models import Invitation, Purpose


def with_code(conference: Conference, code: str) -> sa.Select[Invitation]:
    return sa.select(Invitation).where(
        Invitation.conference_id == conference.id, Invitation.code == code
    )


def to_speak(submission_id: int) -> sa.Select[Invitation]:
    """The invitations of co-speakers that nobody took up or took back, the oldest first."""
    return (
        sa.select(Invitation)
        .where(
            Invitation.submission_id == submission_id,
            Invitation.taken_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Invitation.id)
    )


def of_the_team(conference: Conference) -> sa.Select[Invitation]:
    """Those that organisers sent: to late people and keynotes, the latest first."""
    return (
        sa.select(Invitation)
        .options(joinedload(Invitation.person), joinedload(Invitation.format))
        .where(Invitation.conference_id == conference.id, Invitation.purpose != Purpose.CO_SPEAKER)
        .order_by(Invitation.id.desc())
    )


def taken_by(conference: Conference, people: Collection[int]) -> sa.Select[Invitation]:
    """What these people took up and nobody took back: late links and keynotes."""
    return of_the_team(conference).where(
        Invitation.person_id.in_(people), Invitation.withdrawn_at.is_(None)
    )
