"""The catalogue: products, their price tiers, for whom they are, and the stock that they share."""

from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.db import Base, Model, enum_column
from cfp.tickets.models.shop import TaxCategory
from cfp.tickets.pricing import Tier


class Proof(Enum):
    """What somebody of an audience has to show, if anything."""

    NONE = "none"
    AT_THE_DESK = "at_the_desk"
    UPLOAD = "upload"  # sent before a day, else shown at the desk


class Audience(Model):
    """For whom something costs less: students (apprentices, PhD candidates), non-profits ..."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.String(300), default="")
    percent: Mapped[int] = mapped_column(default=0)  # off, in hundredths of a percent
    proof: Mapped[Proof] = mapped_column(enum_column(Proof, "proof"), default=Proof.NONE)
    proof_by: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("percent BETWEEN 0 AND 10000", name="percent_range"),
    )


product_quota = sa.Table(
    "product_quota",
    Base.metadata,
    sa.Column("product_id", sa.ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("quota_id", sa.ForeignKey("quota.id"), primary_key=True, index=True),
)


class Quota(Model):
    """Shared stock. ``taken`` counts what is held or sold; only ``service.capacity`` changes it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(80))
    size: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("taken BETWEEN 0 AND size", name="never_oversold"),
    )

    @property
    def left(self) -> int:
        return self.size - self.taken


class ProductKind(Enum):
    """Admission lets somebody in; the rest is something that a person adds to it."""

    ADMISSION = "admission"
    WORKSHOP = "workshop"
    SOCIAL = "social"
    THING = "thing"


class DueTo(Enum):
    """Who gets in without paying, and why."""

    SPEAKER = "speaker"
    CREW = "crew"
    SPONSOR = "sponsor"
    GUEST = "guest"


class Product(Model):
    """Something that is sold under one name at prices that change."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    kind: Mapped[ProductKind] = mapped_column(
        enum_column(ProductKind, "kind"), default=ProductKind.ADMISSION
    )
    days: Mapped[list[Any]] = mapped_column(default=list)  # ISO dates of a day pass; empty: all
    tax: Mapped[TaxCategory] = mapped_column(
        enum_column(TaxCategory, "tax"), default=TaxCategory.STANDARD
    )
    on_sale: Mapped[bool] = mapped_column(default=True)
    needs_voucher: Mapped[bool] = mapped_column(default=False)  # speakers, crew, sponsors
    due_to: Mapped[DueTo | None] = mapped_column(enum_column(DueTo, "due_to"))  # free, by right
    for_audiences: Mapped[bool] = mapped_column(default=True)  # students pay less for it
    group_least: Mapped[int | None]
    group_percent: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)

    tiers: Mapped[list["PriceTier"]] = relationship(
        back_populates="product", order_by="PriceTier.position, PriceTier.id"
    )
    quotas: Mapped[list[Quota]] = relationship(secondary=product_quota, order_by=Quota.id)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("group_least > 1", name="group_of_two_or_more"),
        sa.CheckConstraint("group_percent BETWEEN 0 AND 10000", name="group_percent_range"),
    )

    @property
    def dates(self) -> list[date]:
        """The days on which it lets somebody in; none means all of them."""
        return [date.fromisoformat(day) for day in self.days]


class PriceTier(Model):
    """A price until a date or until a number is sold, whichever comes first; it never returns.

    ``taken`` is how many tickets that are held or sold have this price; ``over_at`` is when the
    last of them was taken. What is given back later is sold at the price of the day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(
        sa.ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(80))
    cents: Mapped[int]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]  # its last second is included
    at_most: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    over_at: Mapped[datetime | None]
    audience_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audience.id"))
    position: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="tiers")
    audience: Mapped[Audience | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("cents >= 0", name="cents_not_negative"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("taken >= 0 AND taken <= COALESCE(at_most, taken)", name="not_oversold"),
    )

    def as_tier(self) -> Tier:
        return Tier(
            id=self.id,
            name=self.name,
            cents=self.cents,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            at_most=self.at_most,
            taken=self.taken,
            audience=self.audience_id,
            is_over=self.over_at is not None,
        )


class AddOn(Model):
    """What can be added to a ticket of a product: a workshop, the social event, a T-shirt."""

    product_id: Mapped[int] = mapped_column(
        sa.ForeignKey("product.id", ondelete="CASCADE"), primary_key=True
    )
    added_id: Mapped[int] = mapped_column(
        sa.ForeignKey("product.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (sa.CheckConstraint("product_id != added_id", name="not_itself"),)
