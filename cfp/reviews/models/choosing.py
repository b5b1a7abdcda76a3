"""How a line-up came about: quotas and seed, what the committee voted, which length was offered."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Format
from cfp.db import Model
from cfp.people.models import Person
from cfp.submissions.models import Submission


class Selection(Model):
    """One drawing of the line-up: its quotas, its seed, its result; repeatable by anyone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    seed: Mapped[str] = mapped_column(sa.String(40))
    quotas: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship()


class Ballot(Model):
    """A line-up that was put to the committee, as it was on that day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    seed: Mapped[str] = mapped_column(sa.String(40))
    outcomes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by code, in order
    address: Mapped[str] = mapped_column(sa.Text, default="")  # the question that leads to it
    closed_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship()
    votes: Mapped[list["Vote"]] = relationship(cascade="all, delete-orphan", order_by="Vote.id")


class Vote(Model):
    """One member's yes or no to a line-up."""

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    yes: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (sa.UniqueConstraint("ballot_id", "person_id"),)


class LengthOffer(Model):
    """Another format that the committee offers; it becomes the proposal's only by a yes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    format_id: Mapped[int] = mapped_column(sa.ForeignKey("format.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]

    submission: Mapped[Submission] = relationship()
    format: Mapped[Format] = relationship()

    __table_args__ = (
        sa.CheckConstraint("(answered_at IS NULL) = (accepted IS NULL)", name="answer_whole"),
    )
