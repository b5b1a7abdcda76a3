"""An invitation: for whom, to what, until when, and who took it up."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Conference, Format
from cfp.db import Model, enum_column
from cfp.people.models import Person


class Purpose(Enum):
    """What an invitation opens."""

    CO_SPEAKER = "co_speaker"  # a proposal of others
    LATE = "late"  # the call that is closed to everybody else
    KEYNOTE = "keynote"  # a format that nobody can choose without one


class Invitation(Model):
    """Its link works for one person, until a moment; a new link makes the earlier one useless.

    The secret in the link is derived from its number and ``serial`` (see links.py), so nothing
    that opens a door is stored.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose, "purpose"))
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    format_id: Mapped[int | None] = mapped_column(sa.ForeignKey("format.id", ondelete="CASCADE"))
    submission_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime]
    serial: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    taken_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    conference: Mapped[Conference] = relationship()
    format: Mapped[Format | None] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    __table_args__ = (
        sa.CheckConstraint(
            "(purpose = 'co_speaker') = (submission_id IS NOT NULL)", name="co_speaker_of_something"
        ),
        sa.CheckConstraint("purpose <> 'keynote' OR format_id IS NOT NULL", name="keynote_format"),
    )

    def waits(self, at: datetime) -> bool:
        """Whether somebody may still take it up."""
        return self.taken_at is None and self.withdrawn_at is None and at <= self.until

    def lets_in(self, at: datetime) -> bool:
        """Whether whoever took it up may write in the closed call."""
        return self.taken_at is not None and self.withdrawn_at is None and at <= self.until
