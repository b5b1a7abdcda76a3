"""Questions about votes on line-ups and offers of another length, as selects."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.access import Role
from cfp.codes import hashed
from cfp.conference.models import Conference, Membership
from cfp.people.models import Person
from cfp.reviews.models import Ballot, LengthOffer
from cfp.submissions.models import (
    Decision,
    Outcome,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)

# What the speakers were told last.
HEARD = sa.case((Decision.told_at.is_not(None), Decision.outcome), else_=Decision.told_outcome)
COMMITTEE = (Role.REVIEWER, Role.CHAIR, Role.TRACK_CHAIR)


def ballots(conference_id: int) -> sa.Select[Ballot]:
    """Every line-up that was put to the committee, the latest first."""
    return (
        sa.select(Ballot)
        .options(joinedload(Ballot.by), selectinload(Ballot.votes))
        .where(Ballot.conference_id == conference_id)
        .order_by(Ballot.id.desc())
    )


def open_ballot(conference_id: int) -> sa.Select[Ballot]:
    return ballots(conference_id).where(Ballot.closed_at.is_(None))


def open_vote(conference_id: int) -> sa.Select[str]:
    """The code of the vote that is open, if one is."""
    return sa.select(Ballot.code).where(
        Ballot.conference_id == conference_id, Ballot.closed_at.is_(None)
    )


def committee(conference_id: int) -> sa.Select[Person]:
    """Who may vote: reviewers and chairs."""
    members = sa.select(Membership.person_id).where(
        Membership.conference_id == conference_id, Membership.role.in_(COMMITTEE)
    )
    return sa.select(Person).where(Person.id.in_(members)).order_by(Person.name, Person.id)


def offers_on(submission_id: int) -> sa.Select[LengthOffer]:
    """What was offered for this proposal, the latest first."""
    return (
        sa.select(LengthOffer)
        .options(joinedload(LengthOffer.format))
        .where(LengthOffer.submission_id == submission_id)
        .order_by(LengthOffer.id.desc())
    )


def offer(conference_id: int, code: str) -> sa.Select[LengthOffer]:
    return (
        sa.select(LengthOffer)
        .options(joinedload(LengthOffer.format), joinedload(LengthOffer.submission))
        .where(LengthOffer.conference_id == conference_id, LengthOffer.code == code)
    )


def offered_by_link(conference_id: int, code: str, token: str) -> sa.Select[LengthOffer]:
    return offer(conference_id, code).where(LengthOffer.token_hash == hashed(token))


def offered_to(conference_id: int, code: str, person: Person) -> sa.Select[LengthOffer]:
    """The offer, if that person speaks in its proposal."""
    speaks = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    return offer(conference_id, code).where(LengthOffer.submission_id.in_(speaks))


def promised(conference_id: int) -> sa.Select[int]:
    """Ids of the proposals whose speakers heard last that they are in."""
    return (
        sa.select(Submission.id)
        .join(Decision, Decision.submission_id == Submission.id)
        .where(Submission.conference_id == conference_id, HEARD == Outcome.ACCEPT)
    )


def given_back(conference_id: int) -> sa.Select[int]:
    """Of the promised those that will not be: declined, cancelled or withdrawn."""
    return (
        promised(conference_id)
        .outerjoin(Talk, sa.and_(Talk.submission_id == Submission.id, Talk.part == 1))
        .where(
            (Submission.state == SubmissionState.WITHDRAWN) | (Talk.state == TalkState.CANCELLED)
        )
    )


def where_somebody_waits(today: date) -> sa.Select[Conference]:
    """Editions ahead whose waiting list moves by itself, and in which somebody was told to wait."""
    waiting = (
        sa.select(Decision.id)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(
            Submission.conference_id == Conference.id,
            Submission.state == SubmissionState.SUBMITTED,
            Decision.outcome == Outcome.WAITLIST,
            Decision.told_at.is_not(None),
        )
    )
    return (
        sa.select(Conference)
        .where(Conference.moves_up, Conference.starts_on > today, waiting.exists())
        .order_by(Conference.id)
    )


def by_first_timers(conference: Conference) -> sa.Select[int]:
    """Ids of the proposals none of whose speakers had a talk in an earlier edition."""
    earlier = (
        sa.select(Speaker.person_id)
        .join(Talk, Talk.submission_id == Speaker.submission_id)
        .join(Conference, Conference.id == Talk.conference_id)
        .where(
            Conference.starts_on < conference.starts_on,
            Talk.state != TalkState.CANCELLED,
            Speaker.declined_at.is_(None),
        )
    )
    known = sa.select(Speaker.submission_id).where(Speaker.person_id.in_(earlier))
    return sa.select(Submission.id).where(
        Submission.conference_id == conference.id, Submission.id.not_in(known)
    )
