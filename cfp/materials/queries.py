"""Questions about recordings and slides, as selects."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from cfp.conference.models import Conference
from cfp.materials.models import Material
from cfp.people.models import Person
from cfp.submissions.models import Decision, Outcome, Speaker, Submission, Talk, TalkState


def talk_by_code(conference: Conference, code: str) -> sa.Select[Talk]:
    """A talk with its speakers."""
    people = joinedload(Talk.submission).selectinload(Submission.speakers)
    return (
        sa.select(Talk)
        .where(Talk.conference_id == conference.id, Talk.code == code)
        .options(people.joinedload(Speaker.person))
    )


def of_talk(talk_id: int) -> sa.Select[Material]:
    return sa.select(Material).where(Material.talk_id == talk_id).order_by(Material.id)


def of_conference(conference: Conference) -> sa.Select[Material]:
    """Everything that was linked in an edition, by talk."""
    return (
        sa.select(Material)
        .join(Material.talk)
        .where(Talk.conference_id == conference.id)
        .options(contains_eager(Material.talk))
        .order_by(Talk.title, Material.id)
    )


def speaks(talk_id: int, person: Person) -> sa.Select[int]:
    """One row if that person speaks in this talk and knows of it: its letter was sent."""
    told = sa.select(Decision.id).where(
        Decision.submission_id == Talk.submission_id,
        sa.or_(Decision.told_at.is_not(None), Decision.told_outcome == Outcome.ACCEPT),
    )
    return (
        sa.select(Speaker.id)
        .join(Talk, Talk.submission_id == Speaker.submission_id)
        .where(
            Talk.id == talk_id,
            Speaker.person_id == person.id,
            Speaker.declined_at.is_(None),
            sa.or_(Talk.state != TalkState.UNCONFIRMED, told.exists()),
        )
    )
