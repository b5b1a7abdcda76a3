"""How an edition sells: from when until when, to which account, with which tax and refunds."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.billing.models import PaidInto
from cfp.conference.models import Conference
from cfp.db import Model, enum_column


class Shop(PaidInto, Model):
    """The settings of selling; an edition without one sells nothing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    hold_minutes: Mapped[int] = mapped_column(default=30)
    pay_within_days: Mapped[int] = mapped_column(default=14)
    offer_hours: Mapped[int] = mapped_column(default=48)  # for those on the waiting list
    most_from_network: Mapped[int | None]  # held at once from one network; None: by the places
    takes_cards: Mapped[bool] = mapped_column(default=False)
    takes_cash: Mapped[bool] = mapped_column(default=False)
    catering_due_at: Mapped[datetime | None]  # when the caterer wants to know how many will eat
    terms: Mapped[str] = mapped_column(sa.Text, default="")

    conference: Mapped[Conference] = relationship()

    __table_args__ = (
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        sa.CheckConstraint("hold_minutes BETWEEN 5 AND 240", name="hold_minutes_range"),
        sa.CheckConstraint("pay_within_days BETWEEN 1 AND 90", name="pay_within_range"),
        sa.CheckConstraint("offer_hours BETWEEN 1 AND 336", name="offer_hours_range"),
        sa.CheckConstraint("most_from_network BETWEEN 1 AND 10000", name="most_from_network_range"),
    )


class TaxCategory(Enum):
    """What a supply is to the tax office."""

    STANDARD = "standard"
    REDUCED = "reduced"
    NONE = "none"


class TaxRate(Model):
    """A rate from a day on, in hundredths of a percent; a row, because rates change."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    category: Mapped[TaxCategory] = mapped_column(enum_column(TaxCategory, "category"))
    starts_on: Mapped[date]
    rate: Mapped[int]

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "category", "starts_on"),
        sa.CheckConstraint("rate BETWEEN 0 AND 10000", name="rate_range"),
    )


class RefundRule(Model):
    """Who cancels until then gets so much back; without a product it is for all of them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("product.id", ondelete="CASCADE"))
    until: Mapped[datetime]
    percent: Mapped[int]  # in hundredths of a percent
    fee_cents: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.CheckConstraint("percent BETWEEN 0 AND 10000", name="percent_range"),
        sa.CheckConstraint("fee_cents >= 0", name="fee_not_negative"),
    )
