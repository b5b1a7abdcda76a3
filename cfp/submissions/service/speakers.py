"""Who speaks on a proposal: co-speakers are invited by mail, and may leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from cfp.db import db, lock
from cfp.errors import Refused
from cfp.invited import queries
from cfp.invited.letters import post
from cfp.invited.models import Invitation
from cfp.invited.service import invite_to_speak, renew, take_up
from cfp.people.models import Person
from cfp.people.service import check_attempts, log, remember_attempts
from cfp.submissions.models import Speaker, Submission, SubmissionState
from cfp.submissions.service.answers import confirm
from cfp.submissions.service.unsent import forget_unsent

MOST_SPEAKERS = 10
MOST_INVITATIONS = 30  # a person and day: mail to strangers is worth something to spammers


def invite(
    submission: Submission, emails: Iterable[str], *, by: Person, at: datetime
) -> list[Invitation]:
    """Invite the people with these addresses to speak; returns the new invitations.

    They speak once they say yes by the link of their letter; until then they see nothing of it.
    """
    waiting = db.session.scalars(queries.to_speak(submission.id)).all()
    known = {one.email for one in waiting} | {s.person.email for s in submission.speakers}
    added: list[Invitation] = []
    for email in dict.fromkeys(emails):
        if email in known:
            continue
        if len(submission.speakers) + len(waiting) + len(added) >= MOST_SPEAKERS:
            raise Refused(_("At most %(n)s people may speak.", n=MOST_SPEAKERS), field="invite")
        count_invitation(by, at)
        one = invite_to_speak(submission.conference, submission.id, email, by=by, at=at)
        log("invited speaker", submission, by=by, at=at, invitation=one.id)
        post(one, at=at, title=submission.title)
        added.append(one)
    return added


def invite_again(
    submission: Submission, invitation: Invitation, *, by: Person, at: datetime
) -> None:
    """A new link for a co-speaker; the earlier one is dead."""
    count_invitation(by, at)
    renew(invitation, by=by, at=at)
    post(invitation, at=at, title=submission.title)


def join(submission: Submission, invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Somebody says yes to an invitation and speaks on the proposal from now on."""
    lock(submission)
    if submission.state is SubmissionState.WITHDRAWN:
        raise Refused(_("This proposal is withdrawn."))
    here = by.id in {s.person_id for s in submission.speakers}
    if here and invitation.taken_at is None:
        raise Refused(_("You speak on this already; the link is for somebody else."))
    if not take_up(invitation, by=by, at=at) or here:
        return
    agreed = submission.decision is not None and submission.decision.at <= invitation.created_at
    if submission.decision is not None and not agreed:  # asked before, and too late now
        raise Refused(
            _("The committee is at work on this proposal; please write to the organisers.")
        )
    position = max((s.position for s in submission.speakers), default=-1) + 1
    submission.speakers.append(Speaker(person=by, position=position))
    db.session.flush()
    log("joined", submission, by=by, at=at)
    if agreed and submission.decision is not None and submission.decision.told_at is not None:
        confirm(submission.speakers[-1], at=at)


def remove(submission: Submission, codes: Iterable[str], *, by: Person, at: datetime) -> None:
    """Take these people (by code) off the proposal; never the last one, nor oneself."""
    gone = [s for s in submission.speakers if s.person.code in set(codes) and s.person_id != by.id]
    for speaker in gone:
        _take_off(submission, speaker)
        log("removed speaker", submission, by=by, at=at, speaker=speaker.person_id)


def leave(submission: Submission, *, by: Person, at: datetime) -> None:
    """Take oneself off a proposal that others carry on."""
    mine = next(s for s in submission.speakers if s.person_id == by.id)
    if len(submission.speakers) == 1:
        raise Refused(_("You are the only speaker. Withdraw the proposal instead."))
    _take_off(submission, mine)
    log("left", submission, by=by, at=at)


def _take_off(submission: Submission, speaker: Speaker) -> None:
    if submission.decision is not None:
        raise Refused(
            _("The committee is at work on this proposal; please write to the organisers.")
        )
    forget_unsent(submission, speaker.person)
    submission.speakers.remove(speaker)
    db.session.flush()


def count_invitation(by: Person, at: datetime) -> None:
    """Refuse whoever sends too many letters to strangers in a day."""
    door = f"invite:{by.id}"
    check_attempts(door, most=MOST_INVITATIONS, within=timedelta(days=1), at=at)
    remember_attempts([door], at)
    db.session.flush()
