"""Vouchers, and the free tickets that are due to speakers, crew and sponsors."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Base, Model, enum_column
from cfp.people.models import Person
from cfp.tickets import pricing
from cfp.tickets.models.catalogue import DueTo, Product
from cfp.tickets.pricing import Discount, DiscountKind

voucher_product = sa.Table(
    "voucher_product",
    Base.metadata,
    sa.Column("voucher_id", sa.ForeignKey("voucher.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("product_id", sa.ForeignKey("product.id"), primary_key=True, index=True),
)


class Voucher(Model):
    """A word that changes a price; ``used`` counts like stock, by ``service.capacity`` alone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    word: Mapped[str] = mapped_column(sa.String(40))  # in capitals
    kind: Mapped[DiscountKind] = mapped_column(enum_column(DiscountKind, "kind"))
    value: Mapped[int]
    at_most: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    claim_by: Mapped[datetime | None]
    owner: Mapped[str] = mapped_column(sa.String(120), default="")
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    products: Mapped[list[Product]] = relationship(secondary=voucher_product)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "word"),
        sa.CheckConstraint("word = upper(word)", name="word_in_capitals"),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
        sa.CheckConstraint("kind != 'percent' OR value <= 10000", name="percent_range"),
        sa.CheckConstraint("used >= 0 AND used <= COALESCE(at_most, used)", name="not_overused"),
    )

    @property
    def left(self) -> int | None:
        return None if self.at_most is None else self.at_most - self.used

    def as_voucher(self) -> pricing.Voucher:
        return pricing.Voucher(
            self.word,
            Discount(self.kind, self.value),
            self.left,
            frozenset(product.id for product in self.products),
        )


class Entitlement(Model):
    """Free tickets due to somebody, claimed by their voucher before its day.

    ``source`` says what they are due for ("speaker:12"), so that each is given once, however
    often it is asked what is due.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(sa.String(80))
    due_to: Mapped[DueTo] = mapped_column(enum_column(DueTo, "due_to"))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"))
    voucher_id: Mapped[int] = mapped_column(sa.ForeignKey("voucher.id"), unique=True)
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    product: Mapped[Product] = relationship()
    voucher: Mapped[Voucher] = relationship()

    __table_args__ = (sa.UniqueConstraint("conference_id", "source"),)
