"""Doors, the phones that stand at them, and who went through or was not let in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Base, Model, enum_column
from cfp.people.models import Person
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.models.catalogue import Product
from cfp.tickets.models.orders import Ticket

door_product = sa.Table(
    "door_product",
    Base.metadata,
    sa.Column("door_id", sa.ForeignKey("door.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "product_id",
        sa.ForeignKey("product.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Door(Model):
    """A place where tickets are looked at; without products it takes every admission."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(60))

    products: Mapped[list[Product]] = relationship(secondary=door_product, order_by=Product.id)

    __table_args__ = (sa.UniqueConstraint("conference_id", "name"),)


class Scanner(Model):
    """A phone or hand scanner that may ask whether a ticket is good, until it is revoked."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(60))
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    door_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("door.id", ondelete="SET NULL"), index=True
    )
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    conference: Mapped[Conference] = relationship()
    door: Mapped[Door | None] = relationship()


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
