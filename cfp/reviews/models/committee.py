"""Who is asked into the committee, and what each of them is at home in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model
from cfp.people.models import Person


class Topic(Model):
    """A track in which a reviewer is at home."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    track_id: Mapped[int] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"), index=True)

    __table_args__ = (sa.UniqueConstraint("person_id", "track_id"),)


class ReviewerInvitation(Model):
    """An address that was asked to review; its link works until it expires or is answered."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(sa.String(254))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]

    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "email"),
        sa.CheckConstraint("(answered_at IS NULL) = (accepted IS NULL)", name="answer_whole"),
    )
