"""What students sent to show that they study, until somebody has looked at it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model
from cfp.tickets.models.orders import Ticket


class ProofFile(Model):
    """One for a ticket at a time. Accepted, it is gone; refused, only the reason is left."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    ticket_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ticket.id", ondelete="CASCADE"), unique=True
    )
    media_type: Mapped[str] = mapped_column(sa.String(40))
    data: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    refused_why: Mapped[str] = mapped_column(sa.String(200), default="")

    ticket: Mapped[Ticket] = relationship()

    __table_args__ = (
        sa.CheckConstraint("(data IS NULL) = (refused_why != '')", name="refused_is_gone"),
    )
