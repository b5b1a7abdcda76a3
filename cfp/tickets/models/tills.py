"""What somebody found in a cash box at the end of a day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Model
from cfp.people.models import Person


class TillCount(Model):
    """One for a person and a day; what was taken is not in it, for that the ledger knows."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    day: Mapped[date]
    start_cents: Mapped[int] = mapped_column(default=0)
    counted_cents: Mapped[int | None]  # none: the change is in, and nobody has counted yet
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "day", "person_id"),
        sa.CheckConstraint("start_cents >= 0", name="start_not_negative"),
        sa.CheckConstraint("counted_cents >= 0", name="counted_not_negative"),
    )
