"""Where a proposal stands for one of its speakers: one word, from which the page says the rest."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from cfp.invited.service import Doors
from cfp.people.models import Person
from cfp.submissions.models import Outcome, Submission, SubmissionState, TalkState


class Standing(Enum):
    """Each has a sentence for now and one for what comes next, in templates/submissions/."""

    DRAFT = "draft"
    MISSED = "missed"  # a draft, and the call is over
    EDITABLE = "editable"  # handed in, and the call is still open
    IN_REVIEW = "in_review"
    WITHDRAWN = "withdrawn"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    ACCEPTED = "accepted"  # and this speaker has not answered
    ANSWERED = "answered"  # this speaker comes, another has not answered
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # by this speaker
    CANCELLED = "cancelled"


def known_outcome(submission: Submission) -> Outcome | None:
    """What the speakers were told last; of a later decision they hear when its letter is sent."""
    decision = submission.decision
    if decision is None:
        return None
    return decision.outcome if decision.told_at else decision.told_outcome


def standing(submission: Submission, person: Person, doors: Doors, at: datetime) -> Standing:
    """Where it stands as far as its speakers were told; ``doors`` say until when they may write."""
    if submission.state is SubmissionState.WITHDRAWN:
        return Standing.WITHDRAWN
    is_open = doors.are_open(submission.track_id, at)
    if submission.state is SubmissionState.DRAFT:
        return Standing.DRAFT if is_open else Standing.MISSED
    known = known_outcome(submission)
    if known is None:
        return Standing.EDITABLE if is_open else Standing.IN_REVIEW
    if known is Outcome.ACCEPT:
        return _accepted(submission, person)
    return Standing.WAITLISTED if known is Outcome.WAITLIST else Standing.REJECTED


def _accepted(submission: Submission, person: Person) -> Standing:
    mine = next((s for s in submission.speakers if s.person_id == person.id), None)
    if mine and mine.declined_at:
        return Standing.DECLINED
    if submission.talk is None or submission.talk.state is TalkState.CANCELLED:
        return Standing.CANCELLED
    if submission.talk.state is TalkState.CONFIRMED:
        return Standing.CONFIRMED
    return Standing.ANSWERED if mine and mine.confirmed_at else Standing.ACCEPTED
