"""Asking people to review: a link that expires, an answer, and what they are at home in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from cfp.access import Role
from cfp.codes import hashed, new_token
from cfp.conference.letters import address
from cfp.conference.models import Conference, Membership
from cfp.conference.service.team import name_from
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.people import queries as people
from cfp.people.models import Person
from cfp.people.service import find_or_add_person, log
from cfp.reviews.models import ReviewerInvitation, Topic
from cfp.reviews.queries import committee as queries
from cfp.reviews.service.letters import written_for

LASTS = timedelta(days=14)
MOST_AT_ONCE = 50


def invite(
    conference: Conference, emails: Iterable[str], *, by: Person, at: datetime
) -> list[ReviewerInvitation]:
    """Ask these addresses, each once; whoever was asked before gets a new link, the old one dies.

    Who reviews already is left in peace; the answer holds those who were written to.
    """
    wanted = list(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(_("At most %(n)s addresses at once, please.", n=MOST_AT_ONCE), field="emails")
    lock(conference)  # of two who ask the same person at once the second renews
    known = {one.email: one for one in db.session.scalars(queries.invitations(conference.id))}
    asked = []
    for email in wanted:
        person = db.session.scalar(people.person_by_email(email))
        if person and db.session.scalar(queries.is_reviewer(person, conference.id)):
            continue
        asked.append(_ask(conference, known.get(email), email, person, by=by, at=at))
    return asked


def _ask(
    conference: Conference,
    known: ReviewerInvitation | None,
    email: str,
    person: Person | None,
    *,
    by: Person,
    at: datetime,
) -> ReviewerInvitation:
    token = new_token()
    invitation = known or ReviewerInvitation(conference_id=conference.id, email=email)
    invitation.token_hash, invitation.expires_at = hashed(token), at + LASTS
    invitation.by_id, invitation.at = by.id, at
    invitation.answered_at = invitation.accepted = None
    db.session.add(invitation)
    db.session.flush()
    log("invited reviewer", invitation, by=by, at=at)
    to = person or mail.Correspondent(email, name_from(email), "en")
    mail.post(
        "invited_reviewer",
        to,
        at=at,
        conference_id=conference.id,
        conference=conference,
        inviter=by.name,
        until=written_for(to, invitation.expires_at, conference),
        link=address("reviews.invitation", conference=conference.slug, token=token),
    )
    return invitation


def check_open(invitation: ReviewerInvitation, at: datetime) -> None:
    """Refuse a link that was answered or has expired, with what to do then."""
    if invitation.answered_at is not None:
        raise Refused(_("This invitation was answered already."))
    if invitation.expires_at <= at:
        raise Refused(_("This invitation has expired. Please ask for a new one."))


def accept(
    conference: Conference,
    invitation: ReviewerInvitation,
    name: str,
    tracks: Iterable[int],
    *,
    at: datetime,
) -> Person:
    """Join the committee. The link proves the address and nothing else: nobody is signed in."""
    lock(invitation)
    check_open(invitation, at)
    invitation.answered_at, invitation.accepted = at, True
    person = find_or_add_person(name or name_from(invitation.email), invitation.email, at=at)
    if db.session.scalar(queries.is_reviewer(person, conference.id)) is None:
        member = Membership(conference=conference, person=person, role=Role.REVIEWER)
        db.session.add(member)
    db.session.flush()
    name_topics(person, conference, tracks)
    log("accepted invitation", invitation, by=person, at=at)
    return person


def decline(invitation: ReviewerInvitation, *, at: datetime) -> None:
    """Say no, once; whoever asked sees it."""
    lock(invitation)
    check_open(invitation, at)
    invitation.answered_at, invitation.accepted = at, False
    log("declined invitation", invitation, by=None, at=at)


def revoke(invitation: ReviewerInvitation, *, by: Person, at: datetime) -> None:
    """Take an invitation back; its link leads nowhere from now on."""
    if invitation.accepted:
        raise Refused(_("This person has joined already."))
    log("revoked invitation", invitation, by=by, at=at)
    db.session.delete(invitation)
    db.session.flush()


def name_topics(person: Person, conference: Conference, tracks: Iterable[int]) -> None:
    """What a reviewer is at home in, instead of what they said before."""
    ours = {track.id for track in conference.tracks}
    wanted = set(tracks) & ours
    known = {
        one.track_id: one for one in db.session.scalars(queries.topics_of(person, conference.id))
    }
    for track_id in known.keys() - wanted:
        db.session.delete(known[track_id])
    db.session.add_all(
        Topic(person_id=person.id, track_id=track_id) for track_id in wanted - known.keys()
    )
    db.session.flush()
