"""Questions about wishes, conflicts, owed and written reviews, as selects; nothing runs here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from cfp.access import Role
from cfp.conference.models import Format, Membership, Track
from cfp.people.models import Person
from cfp.reviews.models import (
    Assignment,
    AssignmentState,
    Bid,
    BidValue,
    CriterionScore,
    DeclaredConflict,
    Review,
    Selection,
)
from cfp.submissions.models import Decision, Outcome, Speaker, Submission, SubmissionState, Talk

IN_THE_RUNNING = Submission.state == SubmissionState.SUBMITTED


def to_be_shown() -> tuple[_AbstractLoad, ...]:
    """What ``as_seen_by`` looks at, in one more statement however many proposals there are."""
    return (
        joinedload(Submission.format),
        joinedload(Submission.track),
        selectinload(Submission.speakers).joinedload(Speaker.person),
    )


def proposals(conference_id: int, tracks: Iterable[int] | None = None) -> sa.Select[Submission]:
    """What is in the running, of these tracks or of all."""
    select = sa.select(Submission).where(Submission.conference_id == conference_id, IN_THE_RUNNING)
    return select if tracks is None else select.where(Submission.track_id.in_(list(tracks)))


def needs_reviewers() -> sa.ColumnElement[bool]:
    """Neither an invited keynote does, nor whoever was told yes or no."""
    settled = sa.select(Decision.id).where(
        Decision.submission_id == Submission.id,
        Decision.outcome != Outcome.WAITLIST,
        sa.or_(Decision.told_at.is_not(None), Decision.told_outcome.is_not(None)),
    )
    return ~settled.exists()


def open_to_reviews(conference_id: int) -> sa.Select[Submission]:
    """What still needs reviewers."""
    return proposals(conference_id).where(needs_reviewers())


def proposal(conference_id: int, code: str) -> sa.Select[Submission]:
    return proposals(conference_id).where(Submission.code == code).options(*to_be_shown())


def reviewers(conference_id: int) -> sa.Select[Person]:
    return (
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.conference_id == conference_id, Membership.role == Role.REVIEWER)
        .order_by(Person.name, Person.id)
    )


def asked_here(conference_id: int, code: str) -> sa.Select[Person]:
    """That person, if they were ever given a review in this edition."""
    asked = sa.select(Assignment.person_id).where(Assignment.conference_id == conference_id)
    return sa.select(Person).where(Person.code == code, Person.id.in_(asked))


def people(ids: Iterable[int]) -> sa.Select[Person]:
    return sa.select(Person).where(Person.id.in_(list(ids))).order_by(Person.name, Person.id)


def own(person: Person, conference_id: int) -> sa.Select[int]:
    """Ids of the proposals on which this person speaks."""
    return (
        sa.select(Speaker.submission_id)
        .join(Submission, Submission.id == Speaker.submission_id)
        .where(Speaker.person_id == person.id, Submission.conference_id == conference_id)
    )


def standings(
    conference_id: int, tracks: Iterable[int] | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """What stands for choice, a row each: the proposal, its place, what was decided and told."""
    return (
        proposals(conference_id, tracks)
        .outerjoin(Format, Format.id == Submission.format_id)
        .outerjoin(Track, Track.id == Submission.track_id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .outerjoin(Talk, sa.and_(Talk.submission_id == Submission.id, Talk.part == 1))
        .with_only_columns(
            Submission.id,
            Submission.code,
            Submission.title,
            Submission.format_id,
            Format.name.label("format"),
            Submission.track_id,
            Track.name.label("track"),
            Track.colour,
            Submission.level,
            Decision.outcome,
            Decision.told_at,
            Decision.told_outcome,
            Talk.state.label("talk_state"),
        )
        .order_by(Submission.id)
    )


def declared(conference_id: int) -> sa.Select[DeclaredConflict]:
    return (
        sa.select(DeclaredConflict)
        .join(Submission, Submission.id == DeclaredConflict.submission_id)
        .where(Submission.conference_id == conference_id)
        .order_by(DeclaredConflict.id)
    )


def bids_of(person: Person, conference_id: int) -> sa.Select[int, BidValue]:
    """(submission id, wish) of one reviewer."""
    return (
        sa.select(Bid.submission_id, Bid.value)
        .join(Submission, Submission.id == Bid.submission_id)
        .where(Bid.person_id == person.id, Submission.conference_id == conference_id)
    )


def bids(conference_id: int) -> sa.Select[int, int, BidValue]:
    """(reviewer id, submission id, wish) of everybody."""
    return (
        sa.select(Bid.person_id, Bid.submission_id, Bid.value)
        .join(Submission, Submission.id == Bid.submission_id)
        .where(Submission.conference_id == conference_id)
    )


def bid(person: Person, submission: Submission) -> sa.Select[Bid]:
    return sa.select(Bid).where(Bid.person_id == person.id, Bid.submission_id == submission.id)


def owed_by(person: Person, conference_id: int) -> sa.Select[Assignment]:
    """What was published to a reviewer and is still in the running."""
    return (
        sa.select(Assignment)
        .join(Assignment.submission)
        .options(contains_eager(Assignment.submission).options(*to_be_shown()))
        .where(
            Assignment.conference_id == conference_id,
            Assignment.person_id == person.id,
            Assignment.state == AssignmentState.PUBLISHED,
            IN_THE_RUNNING,
        )
    )


def owed(person: Person, submission: Submission) -> sa.Select[Assignment]:
    return sa.select(Assignment).where(
        Assignment.person_id == person.id,
        Assignment.submission_id == submission.id,
        Assignment.state == AssignmentState.PUBLISHED,
    )


def assignments(conference_id: int, *states: AssignmentState) -> sa.Select[Assignment]:
    return (
        sa.select(Assignment)
        .options(joinedload(Assignment.submission), joinedload(Assignment.person))
        .where(Assignment.conference_id == conference_id, Assignment.state.in_(states))
        .order_by(Assignment.id)
    )


def pairs(conference_id: int) -> sa.Select[int, int, AssignmentState]:
    """(reviewer id, submission id, state) of every assignment, whatever became of it."""
    return sa.select(Assignment.person_id, Assignment.submission_id, Assignment.state).where(
        Assignment.conference_id == conference_id
    )


def review(person: Person, submission: Submission) -> sa.Select[Review]:
    return sa.select(Review).where(
        Review.person_id == person.id, Review.submission_id == submission.id
    )


def reviews_by(person: Person, conference_id: int) -> sa.Select[Review]:
    return sa.select(Review).where(
        Review.person_id == person.id, Review.conference_id == conference_id
    )


def reviews_of(submission: Submission) -> sa.Select[Review]:
    """All verdicts on a proposal, in the order in which they were written."""
    return (
        sa.select(Review)
        .options(
            joinedload(Review.person),
            selectinload(Review.criterion_scores).joinedload(CriterionScore.criterion),
        )
        .where(Review.submission_id == submission.id)
        .order_by(Review.written_at, Review.id)
    )


def for_speakers(submission_id: int) -> sa.Select[str]:
    """What was written for the speakers of a proposal."""
    return sa.select(Review.for_speaker).where(
        Review.submission_id == submission_id, Review.for_speaker != ""
    )


def scores(conference_id: int) -> sa.Select[int, int, int]:
    """(submission id, reviewer id, score) of all that is in the running."""
    return (
        sa.select(Review.submission_id, Review.person_id, Review.score)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.conference_id == conference_id, IN_THE_RUNNING)
        .order_by(Review.submission_id, Review.person_id)
    )


def selections(conference_id: int) -> sa.Select[Selection]:
    return (
        sa.select(Selection)
        .options(joinedload(Selection.by))
        .where(Selection.conference_id == conference_id)
        .order_by(Selection.id.desc())
    )


def titles(conference_id: int) -> sa.Select[int, str, str]:
    """(id, code, title) of everything that was ever handed in."""
    return sa.select(Submission.id, Submission.code, Submission.title).where(
        Submission.conference_id == conference_id, Submission.state != SubmissionState.DRAFT
    )
