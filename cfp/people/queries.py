"""Questions about people, as selects; nothing is executed here."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from cfp.codes import hashed
from cfp.people.models import (
    Attempt,
    LinkPurpose,
    LogEntry,
    MailedLink,
    Person,
    SecondFactor,
    SignIn,
)


def person_by_email(email: str) -> sa.Select[Person]:
    return sa.select(Person).where(Person.email == email.strip().lower())


def open_sign_in(person_id: int, token: str, at: datetime) -> sa.Select[Person]:
    """The person, if this device's sign-in is neither revoked nor over."""
    return (
        sa.select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            Person.id == person_id,
            SignIn.token_hash == hashed(token),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > at,
        )
    )


def sign_ins_of(person: Person, at: datetime) -> sa.Select[SignIn]:
    return (
        sa.select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > at)
        .order_by(SignIn.created_at.desc())
    )


def mailed_link(purpose: LinkPurpose, token: str) -> sa.Select[MailedLink]:
    return sa.select(MailedLink).where(
        MailedLink.purpose == purpose, MailedLink.token_hash == hashed(token)
    )


def attempts_since(key: str, since: datetime) -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Attempt)
        .where(Attempt.key == key, Attempt.at > since)
    )


def old_attempts(at: datetime) -> sa.Delete:
    return sa.delete(Attempt).where(Attempt.at < at - timedelta(days=1))


def log_of(conference_id: int) -> sa.Select[LogEntry]:
    return (
        sa.select(LogEntry)
        .where(LogEntry.conference_id == conference_id)
        .order_by(LogEntry.id.desc())
    )


def second_factor(person: Person) -> sa.Select[SecondFactor]:
    return sa.select(SecondFactor).where(SecondFactor.person_id == person.id)


def how_many_entries(person: Person) -> sa.Select[int]:
    return sa.select(sa.func.count(LogEntry.id)).where(LogEntry.person_id == person.id)
