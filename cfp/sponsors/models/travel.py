"""Employers that pay the way of a speaker, as far as the organisers have agreed to name them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Model
from cfp.people.models import Person


class TravelSponsor(Model):
    """The organisers' yes to one name. The speaker's own yes stands with the proposal."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    employer: Mapped[str] = mapped_column(sa.String(120))
    agreed_at: Mapped[datetime] = mapped_column(default=clock.now)
    agreed_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )

    agreed_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "employer"),
        sa.CheckConstraint("length(employer) > 0", name="has_employer"),
    )
