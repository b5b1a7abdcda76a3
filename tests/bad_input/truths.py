"""Two truths that agree in nothing that is hidden from a person, and how to write one of them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from cfp.access import Role
from cfp.conference.models import Conference, Membership
from cfp.db import db
from cfp.people.models import Person
from cfp.questions.asking import Readers
from cfp.questions.models import Answer, Question
from cfp.reviews.models import Argument, Bid, BidValue, DeclaredConflict, Review, Side
from cfp.reviews.service import assignments
from cfp.schedule.models import Placement, Schedule
from cfp.submissions.models import Decision, Outcome, Speaker, Submission, SubmissionState, Talk
from cfp.submissions.service import decide
from tests.conftest import NOW


@dataclass(frozen=True)
class Truth:
    """Who speaks, and what colleagues and the chair think of it."""

    name: str
    employer: str
    score: int
    outcome: Outcome
    bid: BidValue
    side: Side


TRUTHS = (
    Truth("Zebulon", "Quixwood", 5, Outcome.ACCEPT, BidValue.YES, Side.FOR),
    Truth("Anneke", "Aalborg", 1, Outcome.REJECT, BidValue.NO, Side.AGAINST),
)


def plant(truth: Truth, me: int, role: str) -> None:
    """Write this truth over everything that the person before the curtain must not know."""
    here = db.session.scalars(sa.select(Conference).where(Conference.slug == "here")).one()
    chair = db.session.scalars(_members(here, Role.CHAIR)).one()
    colleagues = db.session.scalars(_members(here, Role.REVIEWER).where(Person.id != me)).all()
    for number, person in enumerate(db.session.scalars(_hidden(here, me))):
        person.name = f"{truth.name} {truth.employer} {number}"
        person.email = f"{truth.name}{number}@{truth.employer}.example".lower()
        person.employer, person.biography = truth.employer, f"I am {truth.name}."
    for number, person in enumerate(() if role == "reviewer" else colleagues):
        person.name = f"Critic {truth.name} {number}"
    for answer in db.session.scalars(_unread(here, me)):
        answer.text = f"{truth.name} answers."
    _judge(truth, here, colleagues[-1], me)
    for submission in db.session.scalars(_untold(here)).all():
        decide(submission, truth.outcome, by=chair, at=NOW, reason=f"{truth.name} is fine.")
    assignments.publish(here, by=chair, at=NOW)
    if role == "reviewer":
        # In one truth the hidden are colleagues of whoever asks: nothing vanishes from their lists.
        db.session.get_one(Person, me).employer = TRUTHS[0].employer


def _members(here: Conference, role: Role) -> sa.Select[Person]:
    return (
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.conference_id == here.id, Membership.role == role)
        .order_by(Person.id)
    )


def _hidden(here: Conference, me: int) -> sa.Select[Person]:
    """All who speak and are not announced, but for those beside me."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == me)
    known = Speaker.submission_id.in_(_announced()) | Speaker.submission_id.in_(own)
    speaking = sa.select(Speaker.person_id).join(Speaker.submission)
    return (
        sa.select(Person)
        .where(
            Person.id.in_(speaking.where(Submission.conference_id == here.id)),
            Person.id.not_in(sa.select(Speaker.person_id).where(known)),
            Person.id != me,
        )
        .order_by(Person.id)
    )


def _unread(here: Conference, me: int) -> sa.Select[Answer]:
    """What others answered to questions whose answers only the team reads."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == me)
    return (
        sa.select(Answer)
        .join(Answer.question)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(
            Submission.conference_id == here.id,
            Question.readers == Readers.TEAM,
            Submission.id.not_in(own),
        )
    )


def _announced() -> sa.Select[int]:
    return (
        sa.select(Talk.submission_id)
        .join(Placement, Placement.talk_id == Talk.id)
        .join(Schedule, Schedule.id == Placement.schedule_id)
        .where(Schedule.released_at.is_not(None))
    )


def _untold(here: Conference) -> sa.Select[Submission]:
    """What was handed in, and nobody has heard of a decision."""
    told = sa.select(Decision.submission_id).where(Decision.told_at.is_not(None))
    return (
        sa.select(Submission)
        .where(
            Submission.conference_id == here.id,
            Submission.state == SubmissionState.SUBMITTED,
            Submission.id.not_in(told),
            Submission.id.not_in(_announced()),
        )
        .order_by(Submission.id)
    )


def _judge(truth: Truth, here: Conference, colleague: Person, me: int) -> None:
    """A colleague's verdicts on what one has not judged oneself; their wishes and conflicts."""
    mine = sa.select(Review.submission_id).where(Review.person_id == me)
    unread = sa.select(Submission.id).where(
        Submission.conference_id == here.id, Submission.id.not_in(mine)
    )
    # What is for the speakers they may read once they were told.
    told = set(
        db.session.scalars(sa.select(Decision.submission_id).where(Decision.told_at.is_not(None)))
    )
    # In one truth the colleague has read a fifth of it, in the other all.
    for key in db.session.scalars(unread.order_by(Submission.id)).all()[:: truth.score]:
        pair = {"submission_id": key, "person_id": colleague.id}
        db.session.add(Bid(value=truth.bid, **pair))
        db.session.add(DeclaredConflict(reason=f"{truth.name} is my cousin", **pair))
        said = {
            "for_committee": f"{truth.name}!",
            "for_speaker": "" if key in told else f"Dear {truth.name}",
        }
        db.session.add(Review(conference_id=here.id, score=truth.score, **said, **pair))
        because = f"{truth.name} knows it by heart."
        db.session.add(Argument(conference_id=here.id, side=truth.side, text=because, **pair))
    db.session.flush()
