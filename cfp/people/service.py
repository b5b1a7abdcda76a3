"""What people do with their accounts: sign up, sign in, follow a link, leave."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from cfp.codes import hashed, new_token
from cfp.db import db
from cfp.errors import Refused
from cfp.people import queries
from cfp.people.models import Attempt, LinkPurpose, LogEntry, MailedLink, Person, SignIn

SIGN_IN_LASTS = timedelta(days=30)
LINK_LASTS = {
    LinkPurpose.CONFIRM_EMAIL: timedelta(days=3),
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
    LinkPurpose.SET_PASSWORD: timedelta(minutes=60),
}


def add_person(name: str, email: str | None = None, *, at: datetime, **profile: Any) -> Person:
    """A person, with or without an address; an address belongs to one person only."""
    email = email.strip().lower() if email else None
    if email and db.session.scalar(queries.person_by_email(email)):
        raise Refused(_("Somebody with this address is already here."), field="email")
    person = Person(name=name, email=email, created_at=at, **profile)
    db.session.add(person)
    db.session.flush()
    return person


def find_or_add_person(name: str, email: str | None, *, at: datetime) -> Person:
    """The person with this address, else a new one; a known person's name stays as it is."""
    found = db.session.scalar(queries.person_by_email(email)) if email else None
    return found or add_person(name, email, at=at)


def welcome(name: str, email: str, *, at: datetime) -> Person | None:
    """The account of somebody whose letter proves their address; None if it was proved before.

    Whoever proved it earlier signs in as usual. A password that was set before it was proved may
    be a stranger's, so it is forgotten.
    """
    found: Person | None = db.session.scalar(queries.person_by_email(email))
    if found is None:
        return add_person(name, email, at=at, email_confirmed_at=at)
    if found.email_confirmed_at is not None:
        return None
    found.email_confirmed_at, found.password_hash = at, None
    return found


def mail_link(person: Person, purpose: LinkPurpose, at: datetime) -> str:
    """The token for a link of this purpose; only its hash is kept. The caller sends the mail."""
    token = new_token()
    link = MailedLink(
        person=person,
        purpose=purpose,
        token_hash=hashed(token),
        expires_at=at + LINK_LASTS[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return token


def follow_link(token: str, purpose: LinkPurpose, at: datetime) -> Person:
    """Use a mailed link, once; following it also proves the address.

    A password that somebody set before the address was proved is kept only by the link of that
    very sign-up: else a stranger could wait with a password until the owner arrives.
    """
    link = db.session.scalar(queries.mailed_link(purpose, token))
    if link is None:
        raise Refused(_("This link does not work. Please ask for a new one."))
    if link.used_at is not None:
        raise Refused(_("This link was used already. Please ask for a new one."))
    if link.expires_at <= at:
        raise Refused(_("This link has expired. Please ask for a new one."))
    link.used_at = at
    if link.person.email_confirmed_at is None:
        link.person.email_confirmed_at = at
        if purpose is not LinkPurpose.CONFIRM_EMAIL:
            link.person.password_hash = None
    return link.person


def open_session(person: Person, device: str, at: datetime) -> str:
    """A new sign-in of this person; returns the secret that the browser's session keeps."""
    token = new_token()
    sign_in = SignIn(
        person=person,
        token_hash=hashed(token),
        device=device[:200],
        created_at=at,
        expires_at=at + SIGN_IN_LASTS,
    )
    db.session.add(sign_in)
    log("signed in", person, by=person, at=at)
    return token


def close_session(sign_in: SignIn, at: datetime) -> None:
    sign_in.revoked_at = at


def check_attempts(key: str, *, most: int, within: timedelta, at: datetime) -> None:
    """Refuse when a guarded door was tried too often."""
    tries = db.session.scalar(queries.attempts_since(hashed(key), at - within)) or 0
    if tries >= most:
        raise Refused(_("That was tried too often. Please wait a few minutes and try again."))


def remember_attempts(keys: list[str], at: datetime) -> None:
    db.session.add_all(Attempt(key=hashed(key), at=at) for key in keys)


def forget_attempts(at: datetime) -> None:
    db.session.execute(queries.old_attempts(at))


def log(
    action: str,
    thing: Any,
    *,
    by: Person | None,
    at: datetime,
    conference_id: int | None = None,
    **details: Any,
) -> None:
    """Remember who did what to which thing; ``details`` say from what to what."""
    if conference_id is None:
        conference_id = getattr(thing, "conference_id", None)
    db.session.add(
        LogEntry(
            action=action,
            subject=type(thing).__name__,
            subject_id=thing.id,
            person_id=by.id if by else None,
            conference_id=conference_id,
            at=at,
            details=details,
        )
    )
