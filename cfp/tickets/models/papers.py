"""What was printed: the tickets of an order, the badges of an edition."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.tickets.models.orders import Order


class PrintKind(Enum):
    """What a printout shows."""

    TICKETS = "tickets"
    BADGES = "badges"


class Printout(Model):
    """A PDF made by the worker; ``digest`` is of what it shows, so that an old one is noticed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[PrintKind] = mapped_column(enum_column(PrintKind, "kind"))
    order_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("order.id", ondelete="CASCADE"), unique=True
    )
    digest: Mapped[str] = mapped_column(sa.String(64))
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[Order | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint(
            "(kind = 'tickets') = (order_id IS NOT NULL)", name="tickets_of_an_order"
        ),
    )
