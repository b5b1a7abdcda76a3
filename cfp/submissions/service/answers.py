"""What accepted speakers answer: that they come, or that they cannot."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.db import lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions.models import Outcome, Speaker, Submission, Talk, TalkState


def confirm(speaker: Speaker, *, at: datetime, by: Person | None = None) -> None:
    """The speaker will be there. The talk is confirmed once all who have not declined said so."""
    talk = _get_talk(speaker)
    if speaker.confirmed_at is None:
        speaker.confirmed_at, speaker.declined_at = at, None
        log(
            "confirmed",
            speaker.submission,
            by=by or speaker.person,
            at=at,
            speaker=speaker.person_id,
        )
    follow(talk, speaker.submission, at)


def decline(speaker: Speaker, *, at: datetime, by: Person | None = None) -> None:
    """The speaker cannot come. The last one to say so cancels the talk."""
    talk = _get_talk(speaker)
    if speaker.declined_at is None:
        speaker.confirmed_at, speaker.declined_at = None, at
        log(
            "declined",
            speaker.submission,
            by=by or speaker.person,
            at=at,
            speaker=speaker.person_id,
        )
    follow(talk, speaker.submission, at)


def cancel_talk(submission: Submission, *, by: Person | None, at: datetime) -> None:
    """The talk will not take place; it stays visible as cancelled."""
    talk = submission.talk
    if talk is not None and talk.state is not TalkState.CANCELLED:
        _move(talk, TalkState.CANCELLED, submission, by, at)


def _get_talk(speaker: Speaker) -> Talk:
    submission = speaker.submission
    lock(submission)  # speakers of one talk answer in turn
    decision, talk = submission.decision, submission.talk
    if decision is None or decision.outcome is not Outcome.ACCEPT or decision.told_at is None:
        raise Refused(_("There is nothing to confirm for this proposal."))
    if talk is None or talk.state is TalkState.CANCELLED:
        raise Refused(_("This talk was cancelled. Please write to the organisers."))
    return talk


def follow(talk: Talk, submission: Submission, at: datetime) -> None:
    """Bring the talk's state in line with its speakers' answers."""
    coming = [s for s in submission.speakers if s.declined_at is None]
    if not coming:
        cancel_talk(submission, by=None, at=at)
    elif all(s.confirmed_at for s in coming):
        _move(talk, TalkState.CONFIRMED, submission, None, at)
    else:
        _move(talk, TalkState.UNCONFIRMED, submission, None, at)


def _move(
    talk: Talk, state: TalkState, submission: Submission, by: Person | None, at: datetime
) -> None:
    if talk.state is not state:
        was = talk.state
        for part in (talk, *submission.later_parts):
            part.state = state if part.state is was else part.state
        log("talk moved", submission, by=by, at=at, was=was.value, state=state.value)
