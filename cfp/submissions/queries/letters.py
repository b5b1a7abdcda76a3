"""Questions about letters: whom nobody has told yet, and who has not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from cfp.conference.models import Conference
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.submissions.models import (
    Decision,
    Outcome,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)


def letters_due(conference: Conference, outcome: Outcome | None = None) -> sa.Select[Decision]:
    """Decisions that nobody was told of, with all that a letter needs."""
    select = (
        sa.select(Decision)
        .join(Decision.submission)
        .options(
            contains_eager(Decision.submission)
            .selectinload(Submission.speakers)
            .joinedload(Speaker.person)
        )
        .where(
            Submission.conference_id == conference.id,
            Submission.state == SubmissionState.SUBMITTED,
            Decision.told_at.is_(None),
        )
        .order_by(sa.func.lower(Submission.title), Decision.id)
    )
    return select if outcome is None else select.where(Decision.outcome == outcome)


def letter_counts(conference: Conference) -> sa.Select[*tuple[Any, ...]]:
    """(outcome, told or not, how many decisions)."""
    told = Decision.told_at.is_not(None)
    return (
        sa.select(Decision.outcome, told, sa.func.count())
        .join(Decision.submission)
        .where(
            Submission.conference_id == conference.id,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .group_by(Decision.outcome, told)
    )


def letters_back(conference: Conference) -> sa.Select[Message]:
    """Letters of the committee that came back and were not sent anew."""
    kinds = ("accepted", "waitlisted", "declined", "confirm_please")
    return (
        sa.select(Message)
        .where(
            Message.conference_id == conference.id,
            Message.kind.in_(kinds),
            Message.bounced_at.is_not(None),
        )
        .order_by(Message.id)
    )


def who_gets_letters(conference: Conference) -> sa.Select[Speaker]:
    """Everybody who speaks in what is in the running, by name."""
    return (
        sa.select(Speaker)
        .join(Speaker.submission)
        .join(Speaker.person)
        .options(
            contains_eager(Speaker.submission).joinedload(Submission.conference),
            contains_eager(Speaker.person),
        )
        .where(
            Submission.conference_id == conference.id,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .order_by(sa.func.lower(Person.name), Speaker.id)
    )


def unanswered(told_before: datetime) -> sa.Select[*tuple[Any, ...]]:
    """(speaker, decision) of those who were told long ago, have not answered, nor been reminded."""
    decision, person = sa.cast(Decision.id, sa.String), sa.cast(Speaker.person_id, sa.String)
    key = sa.literal("reminder:") + decision + ":" + person  # as remind_unanswered() writes it
    return (
        sa.select(Speaker, Decision)
        .join(Speaker.submission)
        .join(Decision, Decision.submission_id == Submission.id)
        .join(Talk, sa.and_(Talk.submission_id == Submission.id, Talk.part == 1))
        .options(
            contains_eager(Speaker.submission).joinedload(Submission.conference),
            joinedload(Speaker.person),
        )
        .where(
            Submission.state == SubmissionState.SUBMITTED,
            Decision.outcome == Outcome.ACCEPT,
            Decision.told_at <= told_before,
            Talk.state != TalkState.CANCELLED,
            Speaker.confirmed_at.is_(None),
            Speaker.declined_at.is_(None),
            ~sa.select(Message.id).where(Message.key == key).exists(),
        )
        .order_by(Speaker.id)
    )
