"""Questions about one's own proposals, and what comes with any proposal."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.submissions.models import Availability, Speaker, Submission, UnsentEdit


def with_all() -> tuple[ExecutableOption, ...]:
    """What a page about proposals shows, in one more statement however many there are."""
    return (
        joinedload(Submission.format),
        joinedload(Submission.track),
        joinedload(Submission.decision),
        joinedload(Submission.talk),
        selectinload(Submission.speakers).joinedload(Speaker.person),
    )


def own(person: Person, conference: Conference) -> sa.Select[Submission]:
    """The proposals on which somebody speaks, the newest first."""
    mine = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    return (
        sa.select(Submission)
        .where(Submission.conference_id == conference.id, Submission.id.in_(mine))
        .options(*with_all())
        .order_by(Submission.id.desc())
    )


def unsent(person: Person, submission_ids: Collection[int]) -> sa.Select[UnsentEdit]:
    """What somebody typed over these proposals and has not handed in; nobody else asks for it."""
    return sa.select(UnsentEdit).where(
        UnsentEdit.person_id == person.id, UnsentEdit.submission_id.in_(submission_ids)
    )


def count_of(person: Person, conference: Conference) -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Submission)
        .where(Submission.conference_id == conference.id, Submission.created_by_id == person.id)
    )


def by_source_key(conference: Conference, key: str) -> sa.Select[Submission]:
    return sa.select(Submission).where(
        Submission.conference_id == conference.id, Submission.source_key == key
    )


def by_code(conference: Conference, code: str) -> sa.Select[Submission]:
    return (
        sa.select(Submission)
        .where(Submission.conference_id == conference.id, Submission.code == code)
        .options(*with_all())
    )


def availability(person: Person, conference: Conference) -> sa.Select[Availability]:
    return (
        sa.select(Availability)
        .where(Availability.person_id == person.id, Availability.conference_id == conference.id)
        .order_by(Availability.starts_at, Availability.id)
    )
