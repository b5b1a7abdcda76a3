"""Counts over all stages of an edition, as one select however many there are."""

from typing import Any

import sqlalchemy as sa

from cfp.mail.models import Message, MessageState
from cfp.reviews.models import Assignment, AssignmentState, Review
from cfp.schedule.models import Placement, Schedule, ScheduleState
from cfp.submissions.models import Decision, Outcome, Submission, SubmissionState, Talk, TalkState
from cfp.wishlist.models import WishedTalk, WishState


def _count(model: Any, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(model).where(*conditions).scalar_subquery()


def counts(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """One row with everything that the overview and the stages count."""
    submitted = (
        Submission.conference_id == conference_id,
        Submission.state == SubmissionState.SUBMITTED,
    )
    decided = sa.select(Decision.submission_id).where(Decision.submission_id == Submission.id)
    owed = (
        Assignment.conference_id == conference_id,
        Assignment.state == AssignmentState.PUBLISHED,
    )
    written = sa.select(Review.id).where(
        Review.submission_id == Assignment.submission_id, Review.person_id == Assignment.person_id
    )
    talks = (Talk.conference_id == conference_id, Talk.state != TalkState.CANCELLED)
    here = Submission.conference_id == conference_id
    of_decision = Decision.submission_id == Submission.id
    draft = (Schedule.conference_id == conference_id, Schedule.state == ScheduleState.DRAFT)
    return sa.select(
        _count(Submission, *submitted).label("submitted"),
        _count(Submission, here, Submission.state == SubmissionState.DRAFT).label("drafts"),
        _count(Submission, *submitted, ~decided.exists()).label("undecided"),
        _count(Assignment, *owed).label("owed"),
        _count(Assignment, *owed, written.exists()).label("written"),
        _count(Decision, of_decision, here, Decision.outcome == Outcome.ACCEPT).label("accepted"),
        _count(Decision, of_decision, here, Decision.told_at.is_(None)).label("untold"),
        _count(Talk, *talks).label("talks"),
        _count(Talk, *talks, Talk.state == TalkState.CONFIRMED).label("confirmed"),
        _count(Placement, Placement.schedule_id == Schedule.id, *draft).label("placed"),
        _count(
            Schedule,
            Schedule.conference_id == conference_id,
            Schedule.state == ScheduleState.RELEASED,
        ).label("releases"),
        _count(
            Message,
            Message.conference_id == conference_id,
            Message.state.in_((MessageState.FAILED, MessageState.UNCLEAR)),
        ).label("stuck"),
        _count(
            WishedTalk,
            WishedTalk.conference_id == conference_id,
            WishedTalk.state == WishState.WAITING,
        ).label("wishes"),
    )


def handed_in(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """When each proposal was handed in, for the picture of the call."""
    return (
        sa.select(Submission.submitted_at)
        .where(
            Submission.conference_id == conference_id,
            Submission.state == SubmissionState.SUBMITTED,
            Submission.submitted_at.is_not(None),
        )
        .order_by(Submission.submitted_at)
    )
