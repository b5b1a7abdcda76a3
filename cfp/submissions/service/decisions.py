"""What the committee decides about a proposal, and the talk that comes of a yes."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions.models import Decision, Outcome, Submission, SubmissionState, Talk


def decide(
    submission: Submission, outcome: Outcome, *, by: Person, at: datetime, reason: str = ""
) -> Decision:
    """Accept, waitlist or reject. Nobody hears of it before the letters are sent.

    A told decision may still change as long as nobody was promised a place: the waitlist moves
    up and in the end is told no. An acceptance that was told stands; its speakers may decline.
    """
    lock(submission)  # its text is frozen from here on
    if submission.state is not SubmissionState.SUBMITTED or submission.format is None:
        raise Refused(_("“%(title)s” is not in the running.", title=submission.title))
    decision, before = submission.decision, None
    if decision is None:
        decision = Decision(submission=submission, outcome=outcome, by=by, at=at, reason=reason)
        db.session.add(decision)
    else:
        before = decision.outcome
        _check_may_change(decision, outcome)
        _retell(decision, outcome, at)
        decision.outcome, decision.by, decision.at, decision.reason = outcome, by, at, reason
    _fit_talk(submission, outcome)
    db.session.flush()
    log(
        "decided",
        submission,
        by=by,
        at=at,
        was=before.value if before else None,
        outcome=outcome.value,
        reason=reason,
    )
    return decision


def undo_decision(submission: Submission, *, by: Person, at: datetime) -> None:
    """Take a decision back before its letter is sent; what was told earlier counts again."""
    lock(submission)
    decision = submission.decision
    if decision is None:
        raise Refused(_("“%(title)s” is not decided.", title=submission.title))
    if decision.told_at is not None:
        raise Refused(_("The speakers were told already. This decision stands."))
    was = decision.outcome.value
    told = decision.told_outcome
    if told is None:
        db.session.delete(decision)
    else:
        decision.outcome, decision.told_at = told, at
    _fit_talk(submission, told)
    db.session.flush()
    db.session.expire(submission, ["decision", "talk"])
    log("undid decision", submission, by=by, at=at, was=was, outcome=told.value if told else None)


def _check_may_change(decision: Decision, outcome: Outcome) -> None:
    if decision.outcome is outcome or decision.told_at is None:
        return
    if decision.outcome is Outcome.ACCEPT:
        raise Refused(_("The speakers were told that they are in. This decision stands."))


def _retell(decision: Decision, outcome: Outcome, at: datetime) -> None:
    """A new outcome has to be told; one that the speakers heard last has not."""
    if decision.outcome is outcome:
        return
    if decision.told_at is not None:
        decision.told_outcome = decision.outcome
    decision.told_at = at if decision.told_outcome is outcome else None


def _fit_talk(submission: Submission, outcome: Outcome | None) -> None:
    """An accepted proposal has a talk with a copy of its text; any other has none."""
    talk = submission.talk
    if outcome is not Outcome.ACCEPT:
        for part in (talk, *submission.later_parts) if talk is not None else ():
            db.session.delete(part)
    elif talk is None and submission.format is not None:
        submission.talk = Talk(
            conference_id=submission.conference_id,
            title=submission.title,
            abstract=submission.abstract,
            format=submission.format,
            track=submission.track,
            minutes=submission.format.minutes,
            language=submission.language,
            recording_consent=submission.recording_consent,
        )
        db.session.add(submission.talk)
