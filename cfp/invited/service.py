"""Invite somebody, send the link anew, take it back, take it up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from cfp.conference.models import Conference, FormatKind
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.invited import queries
from cfp.invited.models import Invitation, Purpose
from cfp.people.models import Person
from cfp.people.service import log

LASTS = timedelta(days=14)  # for a co-speaker; an organiser names the day


@dataclass(frozen=True)
class Wanted:
    """Whom an organiser invites, to what, until when."""

    purpose: Purpose
    until: datetime
    name: str
    email: str = ""
    note: str = ""
    format_id: int | None = None


def invite(conference: Conference, wanted: Wanted, *, by: Person, at: datetime) -> Invitation:
    """A way in for somebody who is late, or for a keynote."""
    if wanted.until <= at:
        raise Refused(_("Please name a moment that is still to come."), field="until")
    if wanted.purpose is Purpose.KEYNOTE and wanted.format_id not in {
        f.id for f in conference.formats if f.kind is FormatKind.KEYNOTE
    }:
        raise Refused(_("Please choose a format that is by invitation only."), field="format_id")
    invitation = Invitation(
        conference=conference,
        purpose=wanted.purpose,
        until=wanted.until,
        name=wanted.name,
        email=wanted.email,
        language=by.language,
        note=wanted.note,
        format_id=wanted.format_id if wanted.purpose is Purpose.KEYNOTE else None,
        by=by,
        created_at=at,
    )
    db.session.add(invitation)
    db.session.flush()
    log("invited", invitation, by=by, at=at, purpose=wanted.purpose.value)
    return invitation


def invite_to_speak(
    conference: Conference, submission_id: int, email: str, *, by: Person, at: datetime
) -> Invitation:
    """A way onto a proposal of others."""
    invitation = Invitation(
        conference=conference,
        purpose=Purpose.CO_SPEAKER,
        submission_id=submission_id,
        email=email,
        language=by.language,
        until=at + LASTS,
        by=by,
        created_at=at,
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation


def renew(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """A new link, for as long as the first one if that has ended; the earlier link is dead."""
    lock(invitation)
    if invitation.taken_at is not None:
        raise Refused(_("This invitation has been taken up."))
    if invitation.withdrawn_at is not None:
        raise Refused(_("This invitation has been taken back."))
    invitation.serial += 1
    if invitation.purpose is Purpose.CO_SPEAKER or invitation.until <= at:
        invitation.until = at + LASTS
    log("invited again", invitation, by=by, at=at)
    db.session.flush()


def take_back(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """The link no longer works, nor what it opened. What was handed in by it stays."""
    lock(invitation)
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        log("took invitation back", invitation, by=by, at=at)
        db.session.flush()


def decline(invitation: Invitation, *, at: datetime) -> None:
    """Whoever was invited says no; the link is then dead."""
    lock(invitation)
    if not invitation.waits(at):
        raise Refused(_("This invitation no longer works. Please ask for a new one."))
    invitation.withdrawn_at = at
    log("declined invitation", invitation, by=None, at=at)
    db.session.flush()


def take_up(invitation: Invitation, *, by: Person, at: datetime) -> bool:
    """Somebody comes in by the link; it is theirs from then on. Twice by the same is once."""
    lock(invitation)
    if invitation.taken_at is not None and invitation.person_id == by.id:
        return False
    if not invitation.waits(at):
        raise Refused(_("This invitation no longer works. Please ask for a new one."))
    invitation.person, invitation.taken_at = by, at
    log("took invitation up", invitation, by=by, at=at, purpose=invitation.purpose.value)
    db.session.flush()
    return True


@dataclass(frozen=True)
class Doors:
    """Until when somebody may write in an edition, and what they alone may choose."""

    conference: Conference
    until: datetime | None = None  # by a personal invitation
    keynotes: frozenset[int] = frozenset()

    def are_open(self, track_id: int | None, at: datetime) -> bool:
        """Whether they may write about this track now; without one, about any."""
        if self.until is not None and at <= self.until:
            return True
        return self.conference.takes_proposals(track_id, at)

    def close_at(self, track_id: int | None) -> datetime | None:
        """When that ends; None where no end is set."""
        ends = self.conference.call_ends(track_id)
        return max(ends, self.until) if ends is not None and self.until is not None else ends


def doors_of(conference: Conference, people: Collection[int], at: datetime) -> Doors:
    """What the invitations that these people took up open; whoever is on a proposal counts."""
    found = db.session.scalars(queries.taken_by(conference, people)).all()
    open_now = [one for one in found if one.lets_in(at)]
    return Doors(
        conference,
        max((one.until for one in open_now), default=None),
        frozenset(one.format_id for one in open_now if one.format_id is not None),
    )
