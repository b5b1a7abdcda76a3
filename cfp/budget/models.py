"""What an edition pays and is paid, besides its tickets."""

from datetime import date
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cfp.codes import new_code
from cfp.db import Model, enum_column


class VatReturn(Enum):
    """How often VAT is declared and paid."""

    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Purse(Model):
    """The money of an edition before anything moves: what is in it on which day.

    Rates are in hundredths of a percent: of the VAT in a ticket and in a meal. With a permanent
    extension VAT is paid a month later.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    opening_cents: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    opened_on: Mapped[date]
    ticket_cents: Mapped[int | None]  # what the next tickets cost; none: as the last ones
    vat_return: Mapped[VatReturn] = mapped_column(
        enum_column(VatReturn, "vat_return"), default=VatReturn.NONE
    )
    vat_extended: Mapped[bool] = mapped_column(default=False)
    ticket_rate: Mapped[int] = mapped_column(default=0)
    meal_rate: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.CheckConstraint("ticket_cents >= 0", name="ticket_not_negative"),
        sa.CheckConstraint(
            "ticket_rate BETWEEN 0 AND 10000 AND meal_rate BETWEEN 0 AND 10000", name="rate_range"
        ),
    )


class BudgetCost(Model):
    """Something that is paid by a day, once or for each ticket sold."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    cents: Mapped[int]
    per_head: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    rate: Mapped[int] = mapped_column(default=0)  # of the VAT in it, in hundredths of a percent

    __table_args__ = (
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint("rate BETWEEN 0 AND 10000", name="rate_range"),
    )


class IncomeState(Enum):
    """How sure a sponsor's money is."""

    OFFERED = "offered"
    SIGNED = "signed"
    INVOICED = "invoiced"
    OVERDUE = "overdue"
    PAID = "paid"


class BudgetIncome(Model):
    """What somebody gives besides buying tickets: a sponsor, a grant."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    cents: Mapped[int]
    state: Mapped[IncomeState] = mapped_column(
        enum_column(IncomeState, "state"), default=IncomeState.OFFERED
    )
    due_on: Mapped[date]
    rate: Mapped[int] = mapped_column(default=0)  # of the VAT in it, in hundredths of a percent

    __table_args__ = (
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint("rate BETWEEN 0 AND 10000", name="rate_range"),
    )
