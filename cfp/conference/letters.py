"""Full addresses for mails, the way in for who is new here, and the letter about a role."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app, has_request_context, url_for
from flask_babel import force_locale

from cfp.conference.models import Membership
from cfp.conference.roles import role_name
from cfp.mail import service as mail
from cfp.people.models import LinkPurpose, Person
from cfp.people.service import mail_link


def address(endpoint: str, **values: str) -> str:
    """A full URL; from the installation's own base, never from what a request claims to be."""
    base = current_app.config["SETTINGS"].base_url
    if base is None and has_request_context():
        return url_for(endpoint, _external=True, **values)
    parts = urlsplit(base or "http://localhost:5000")
    urls = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    return urls.build(endpoint, values, force_external=True)


def way_in(person: Person, page: str, at: datetime) -> str:
    """A link that signs somebody new in, once, and leads to ``page``; others get none.

    Never for an account with a password: whoever set it may not own the address, and following
    the link would prove it for them.
    """
    if person.password_hash is not None or person.email_confirmed_at is not None:
        return ""
    return address(
        "people.follow",
        purpose=LinkPurpose.CONFIRM_EMAIL.value,
        token=mail_link(person, LinkPurpose.CONFIRM_EMAIL, at),
        next=urlsplit(page).path,
    )


def post_invitation(membership: Membership, *, by: Person, at: datetime) -> None:
    """Tell somebody what they are in the team of an edition from now on."""
    conference, person = membership.conference, membership.person
    page = address("site.front", conference=conference.slug)
    with force_locale(person.language):
        role = role_name(membership.role)
    mail.post(
        "invited_team",
        person,
        at=at,
        conference_id=conference.id,
        conference=conference,
        inviter=by.name,
        role=role,
        page=page,
        link=way_in(person, page, at),
    )
