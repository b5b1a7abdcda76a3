"""Who went through which door, and who was not let in."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Model, enum_column
from cfp.people.models import Person
from cfp.tickets.models.orders import Ticket


class Passage(Enum):
    """The way through the door."""

    ENTRY = "entry"
    EXIT = "exit"


class Verdict(Enum):
    """What the door said; the words are those of the API that other scanners know."""

    OK = "ok"
    INVALID = "invalid"
    UNPAID = "unpaid"
    CANCELLED = "canceled"  # spelt as scanners expect it
    ALREADY_REDEEMED = "already_redeemed"
    WRONG_DAY = "invalid_time"
    WRONG_PRODUCT = "product"


class CheckIn(Model):
    """One scan at one door; a replay of the same ``nonce`` is the same scan."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    ticket_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("ticket.id", ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str] = mapped_column(sa.String(64))
    passage: Mapped[Passage] = mapped_column(enum_column(Passage, "passage"), default=Passage.ENTRY)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict, "verdict"))
    door: Mapped[str] = mapped_column(sa.String(60), default="")
    device: Mapped[str] = mapped_column(sa.String(60), default="")
    at: Mapped[datetime]  # by the clock of the door
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))

    ticket: Mapped[Ticket | None] = relationship()
    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "nonce"),
        sa.Index(None, "conference_id", "at"),
    )
