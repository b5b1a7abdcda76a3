"""Who works on an edition, in which role."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.access import TEAM, Role
from cfp.conference import letters, queries
from cfp.conference.models import Conference, Membership, Track
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import find_or_add_person, log


def appoint(
    conference: Conference,
    email: str,
    role: Role,
    *,
    by: Person,
    at: datetime,
    track: Track | None = None,
) -> Membership:
    """Give the person with this address a role and tell them; who is new gets an account."""
    if role not in TEAM:
        raise Refused(_("Please choose a role."), field="role")
    if role is Role.TRACK_CHAIR and track is None:
        raise Refused(_("Please choose the track to be chaired."), field="track_id")
    _in_turn(conference)
    person = find_or_add_person(name_from(email), email, at=at)
    if db.session.scalar(queries.membership(conference, person, role)):
        raise Refused(_("%(name)s has this role already.", name=person.name), field="email")
    membership = Membership(
        conference=conference,
        person=person,
        role=role,
        track=track if role is Role.TRACK_CHAIR else None,
    )
    db.session.add(membership)
    db.session.flush()
    log("appointed", membership, by=by, at=at, person=person.id, role=role.value)
    letters.post_invitation(membership, by=by, at=at)
    return membership


def dismiss(membership: Membership, *, by: Person, at: datetime) -> None:
    """Take a role away. An edition always has an organiser."""
    conference = membership.conference
    _in_turn(conference)
    if membership.role is Role.ORGANISER:
        organisers = db.session.scalars(queries.people_with(conference, Role.ORGANISER)).all()
        if len(organisers) == 1:
            raise Refused(_("This is the last organiser. Add another one first."))
    log(
        "dismissed",
        membership,
        by=by,
        at=at,
        person=membership.person_id,
        role=membership.role.value,
    )
    db.session.delete(membership)
    db.session.flush()


def _in_turn(conference: Conference) -> None:
    """Changes of one team happen one after the other, so that two never take the last one away."""
    db.session.refresh(conference, ["id"], with_for_update=True)


def name_from(email: str) -> str:
    """What to call somebody until they say it themselves."""
    words = email.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(words).title()[:120] or email
