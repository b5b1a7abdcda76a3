"""Who speaks on a proposal: co-speakers are invited by mail, and may leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from cfp.conference.service.team import name_from
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import check_attempts, find_or_add_person, log, remember_attempts
from cfp.submissions.invitations import post_invitation
from cfp.submissions.models import Speaker, Submission

MOST_SPEAKERS = 10
MOST_INVITATIONS = 30  # a person and day: mail to strangers is worth something to spammers


def invite(
    submission: Submission, emails: Iterable[str], *, by: Person, at: datetime
) -> list[Person]:
    """Add the people with these addresses as speakers and tell them; returns the new ones."""
    here = {s.person_id for s in submission.speakers}
    added = []
    for email in emails:
        person = find_or_add_person(name_from(email), email, at=at)
        if person.id in here:
            continue
        if len(here) >= MOST_SPEAKERS:
            raise Refused(_("At most %(n)s people may speak.", n=MOST_SPEAKERS), field="invite")
        _count_invitation(by, at)
        here.add(person.id)
        added.append(person)
        position = max((s.position for s in submission.speakers), default=-1) + 1
        submission.speakers.append(Speaker(person=person, position=position))
        db.session.flush()
        log("invited speaker", submission, by=by, at=at, speaker=person.id)
        post_invitation(submission, person, by=by, at=at)
    return added


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
    submission.speakers.remove(speaker)
    db.session.flush()


def _count_invitation(by: Person, at: datetime) -> None:
    door = f"invite:{by.id}"
    check_attempts(door, most=MOST_INVITATIONS, within=timedelta(days=1), at=at)
    remember_attempts([door], at)
    db.session.flush()
