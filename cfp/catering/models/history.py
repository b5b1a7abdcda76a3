"""What earlier editions sold, and this one where its tickets are sold elsewhere."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.catering.forecast.noshow import TicketClass
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.people.models import Person


class PastEdition(Model):
    """An edition as a file of its sales tells it; read again, it replaces what it told before.

    One that starts on this edition's own first day is this edition, sold elsewhere.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    starts_on: Mapped[date]
    steps: Mapped[list[Any]] = mapped_column(default=list)  # ISO dates
    sold_out: Mapped[bool] = mapped_column(default=False)
    filename: Mapped[str] = mapped_column(sa.String(200), default="")
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )

    imported_by: Mapped[Person | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("conference_id", "starts_on"),)


class PastSale(Model):
    """One ticket of a past edition: no name, no address; whether its holder came, if known."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("past_edition.id", ondelete="CASCADE"))
    ordered_at: Mapped[datetime]
    kind: Mapped[TicketClass] = mapped_column(enum_column(TicketClass, "kind"))
    product: Mapped[str] = mapped_column(sa.String(80), default="")
    tier: Mapped[str] = mapped_column(sa.String(80), default="")
    cents: Mapped[int]
    came: Mapped[bool | None]

    __table_args__ = (
        sa.Index(None, "edition_id", "ordered_at"),
        sa.CheckConstraint("cents >= 0", name="cents_not_negative"),
    )
