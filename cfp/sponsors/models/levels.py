"""What an edition offers to sponsors: its terms, its levels, and who waits for a full one."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column


class Sponsoring(Model):
    """The terms on which an edition takes sponsors, and the size of its booth plan."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    is_open: Mapped[bool] = mapped_column(default=False)  # whether the public page invites
    pitch: Mapped[str] = mapped_column(sa.Text, default="")
    agreement_text: Mapped[str] = mapped_column(sa.Text, default="")  # empty: the usual one
    net_days: Mapped[int] = mapped_column(default=30)
    offer_days: Mapped[int] = mapped_column(default=14)
    tax_rate: Mapped[int] = mapped_column(default=1900)  # in hundredths of a percent
    ticket_product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("product.id"))
    plan_width: Mapped[int] = mapped_column(default=200)  # in decimetres, as all of the plan
    plan_height: Mapped[int] = mapped_column(default=120)

    conference: Mapped[Conference] = relationship()

    __table_args__ = (
        sa.CheckConstraint("net_days BETWEEN 0 AND 365", name="net_days_range"),
        sa.CheckConstraint("offer_days BETWEEN 1 AND 90", name="offer_days_range"),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name="tax_rate_range"),
        sa.CheckConstraint(
            "plan_width BETWEEN 20 AND 5000 AND plan_height BETWEEN 20 AND 5000",
            name="plan_has_a_size",
        ),
    )


class Level(Model):
    """Gold, silver ... ``taken`` counts offers and agreements; ``service.places`` changes it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    cents: Mapped[int]  # without tax
    early_cents: Mapped[int | None]
    early_until: Mapped[datetime | None]  # its last second is included
    cap: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)

    promises: Mapped[list["Promise"]] = relationship(
        back_populates="level",
        order_by="Promise.position, Promise.id",
        cascade="all, delete-orphan",
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("cents >= 0", name="cents_not_negative"),
        sa.CheckConstraint(
            "(early_cents IS NULL) = (early_until IS NULL)", name="early_price_has_a_day"
        ),
        sa.CheckConstraint("early_cents BETWEEN 0 AND cents", name="early_is_not_dearer"),
        sa.CheckConstraint("taken >= 0 AND taken <= COALESCE(cap, taken)", name="never_above_cap"),
    )

    @property
    def left(self) -> int | None:
        """How many more there may be; None is no limit."""
        return None if self.cap is None else self.cap - self.taken

    def price(self, at: datetime) -> int:
        """What it costs on that day, in cents without tax."""
        if self.early_cents is None or clock.is_past(self.early_until, at):
            return self.cents
        return self.early_cents


class BenefitKind(Enum):
    """What a sponsor may be given."""

    LOGO = "logo"
    TICKETS = "tickets"
    BOOTH = "booth"
    TALK = "talk"
    MENTION = "mention"
    OTHER = "other"


class Promise(Model):
    """A benefit that everybody of a level gets; each agreement takes over its own copy."""

    id: Mapped[int] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(sa.ForeignKey("level.id", ondelete="CASCADE"), index=True)
    kind: Mapped[BenefitKind] = mapped_column(enum_column(BenefitKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    claim_by: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)

    level: Mapped[Level] = relationship(back_populates="promises")

    __table_args__ = (
        sa.CheckConstraint("quantity BETWEEN 1 AND 1000", name="quantity_range"),
        sa.CheckConstraint("length(name) > 0", name="has_name"),
    )
