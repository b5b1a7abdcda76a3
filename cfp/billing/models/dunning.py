"""Who was reminded of what, what speaks against it, and the base rates that interest follows."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing.dunning import BaseRate, Level
from cfp.billing.models.invoice import Invoice
from cfp.billing.models.ledger import Receivable
from cfp.db import Model, enum_column
from cfp.people.models import Person


class BaseRateEntry(Model):
    """The base rate of a half-year, as somebody entered it, with its source.

    Entries stay: whoever corrects one enters it anew, and of a half-year the last one holds.
    """

    __tablename__ = "base_rate"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(index=True)
    percent: Mapped[str] = mapped_column(sa.String(10))  # exact, as it was published
    source: Mapped[str] = mapped_column(sa.String(200))
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()

    @property
    def rate(self) -> BaseRate:
        return BaseRate(self.since, Decimal(self.percent), self.source)


class Pause(Model):
    """Why the payer of a receivable is not reminded: a dispute, or a day that was promised."""

    id: Mapped[int] = mapped_column(primary_key=True)
    receivable_id: Mapped[int] = mapped_column(sa.ForeignKey("receivable.id"), unique=True)
    disputed: Mapped[bool] = mapped_column(default=False)
    promised_until: Mapped[date | None]
    why: Mapped[str] = mapped_column(sa.String(300), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    receivable: Mapped[Receivable] = relationship()
    by: Mapped[Person | None] = relationship()


class Reminder(Model):
    """One letter about one invoice; of each level there is at most one, whatever runs twice."""

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"), index=True)
    level: Mapped[Level] = mapped_column(enum_column(Level, "level"))
    sent_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    to: Mapped[str] = mapped_column(sa.String(254), default="")
    open_cents: Mapped[int]
    costs_cents: Mapped[int] = mapped_column(default=0)
    interest_cents: Mapped[int] = mapped_column(default=0)

    invoice: Mapped[Invoice] = relationship()

    __table_args__ = (sa.UniqueConstraint("invoice_id", "level"),)
