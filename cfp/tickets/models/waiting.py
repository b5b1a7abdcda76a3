"""Who waits for a product that is sold out."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.tickets.models.catalogue import Audience, Product
from cfp.tickets.models.orders import Order


class Waiting(Enum):
    """``offered``: places are held until a moment; then they have bought, or the next is asked."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOUGHT = "bought"
    MISSED = "missed"
    LEFT = "left"


class WaitingListEntry(Model):
    """Somebody, or a group that stays together, in the order in which they came."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    audience_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audience.id"))
    number: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    state: Mapped[Waiting] = mapped_column(enum_column(Waiting, "state"), default=Waiting.WAITING)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    offered_at: Mapped[datetime | None]
    order_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("order.id", ondelete="SET NULL"), unique=True
    )

    product: Mapped[Product] = relationship()
    audience: Mapped[Audience | None] = relationship()
    order: Mapped[Order | None] = relationship()

    __table_args__ = (
        sa.Index(None, "product_id", "state", "id"),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name="number_range"),
    )
