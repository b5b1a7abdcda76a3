"""A person, the ways in, and the log that remembers every change of state."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column


class Person(UserMixin, Model):  # type: ignore[misc]  # Flask-Login carries no types
    """One human, with or without a login; speaker, reviewer and buyer at once if they like."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    employer: Mapped[str] = mapped_column(sa.String(120), default="")
    biography: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        sa.CheckConstraint("length(name) > 0", name="has_name"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )

    def __str__(self) -> str:
        return self.name


class SignIn(Model):
    """One open session of a person on one device; it can be listed and revoked."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    device: Mapped[str] = mapped_column(sa.String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SecondFactor(Model):
    """What a phone shares with us so that a code of it is asked for at each sign-in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    secret: Mapped[str] = mapped_column(sa.String(64))
    last_step: Mapped[int] = mapped_column(sa.BigInteger)  # a code counts once
    recovery: Mapped[list[Any]] = mapped_column(default=list)  # hashes of what is left
    since: Mapped[datetime] = mapped_column(default=clock.now)


class LinkPurpose(Enum):
    """What a mailed link does when it is followed."""

    CONFIRM_EMAIL = "confirm_email"
    SIGN_IN = "sign_in"
    SET_PASSWORD = "set_password"  # noqa: S105  (a purpose, not a password)


class MailedLink(Model):
    """A link sent to an address: single-use, short-lived, stored hashed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose, "purpose"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Attempt(Model):
    """One try at a guarded door (sign-in, mailed link), counted by address and by network."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (sa.Index(None, "key", "at"),)


class LogEntry(Model):
    """One change of state of anything: who, when, what, from, to. Never edited."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    action: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    person: Mapped[Person | None] = relationship()

    __table_args__ = (sa.Index(None, "subject", "subject_id"),)
