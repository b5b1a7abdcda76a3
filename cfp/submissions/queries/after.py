"""Questions about what accepted speakers said: wishes for changes, travel and hotel."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.submissions.models import (
    ChangeRequest,
    Outcome,
    RequestState,
    Speaker,
    Stay,
    Submission,
    Talk,
    TalkState,
)


def open_request(submission: Submission) -> sa.Select[ChangeRequest]:
    return sa.select(ChangeRequest).where(
        ChangeRequest.submission_id == submission.id, ChangeRequest.state == RequestState.OPEN
    )


def requests_of(submission: Submission) -> sa.Select[ChangeRequest]:
    """What was asked about one talk, the latest first."""
    return (
        sa.select(ChangeRequest)
        .where(ChangeRequest.submission_id == submission.id)
        .order_by(ChangeRequest.id.desc())
    )


def requests(conference: Conference) -> sa.Select[ChangeRequest]:
    """What speakers of an edition asked for, open ones first, then the latest."""
    return (
        sa.select(ChangeRequest)
        .join(ChangeRequest.submission)
        .options(
            contains_eager(ChangeRequest.submission).joinedload(Submission.talk),
            contains_eager(ChangeRequest.submission)
            .selectinload(Submission.speakers)
            .joinedload(Speaker.person),
            joinedload(ChangeRequest.by),
            joinedload(ChangeRequest.answered_by),
        )
        .where(
            Submission.conference_id == conference.id,
            ChangeRequest.state != RequestState.WITHDRAWN,
        )
        .order_by(ChangeRequest.state != RequestState.OPEN, ChangeRequest.id.desc())
    )


def stay_of(person: Person, conference: Conference) -> sa.Select[Stay]:
    return sa.select(Stay).where(Stay.person_id == person.id, Stay.conference_id == conference.id)


def coming(conference: Conference) -> sa.Select[Person]:
    """Everybody who speaks in a talk that takes place, by name."""
    speaks = (
        sa.select(Speaker.person_id)
        .join(Speaker.submission)
        .join(Talk, Talk.submission_id == Submission.id)
        .where(
            Submission.conference_id == conference.id,
            Talk.state != TalkState.CANCELLED,
            Speaker.declined_at.is_(None),
            Submission.decision.has(told_outcome=Outcome.ACCEPT)
            | Submission.decision.has(outcome=Outcome.ACCEPT),
        )
    )
    return sa.select(Person).where(Person.id.in_(speaks)).order_by(Person.name, Person.id)


def stays(conference: Conference) -> sa.Select[Stay]:
    return (
        sa.select(Stay)
        .options(selectinload(Stay.person))
        .where(Stay.conference_id == conference.id)
    )


def travel_sponsors(conference: Conference) -> sa.Select[str]:
    """Employers of whoever comes, and wrote that theirs pays the way and may be named."""
    return (
        sa.select(Person.employer)
        .join(Submission, Submission.created_by_id == Person.id)
        .join(Talk, Talk.submission_id == Submission.id)
        .where(
            Submission.conference_id == conference.id,
            Submission.travel_sponsor,
            Talk.state == TalkState.CONFIRMED,
            Person.employer != "",
        )
        .distinct()
        .order_by(Person.employer)
    )
