"""What an edition pays and is paid, besides its tickets."""

from datetime import date
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cfp.codes import new_code
from cfp.db import Model, enum_column


class Purse(Model):
    """The money of an edition before anything moves: what is in it on which day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    opening_cents: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    opened_on: Mapped[date]
    ticket_cents: Mapped[int | None]  # what the next tickets cost; none: as the last ones

    __table_args__ = (sa.CheckConstraint("ticket_cents >= 0", name="ticket_not_negative"),)


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

    __table_args__ = (sa.CheckConstraint("cents > 0", name="cents_positive"),)


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

    __table_args__ = (sa.CheckConstraint("cents > 0", name="cents_positive"),)
