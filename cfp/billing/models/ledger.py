"""What somebody owes to a conference, and the ledger that explains every balance."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing.reference import reference_of
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.money import Money
from cfp.people.models import Person


class EntryKind(Enum):
    """Why a balance changed. What is owed grows by charges and refunds, and sinks by the others."""

    CHARGE = "charge"  # something was ordered or agreed
    CREDIT = "credit"  # a charge was taken back, in whole or in part
    PAYMENT = "payment"  # money came in
    REFUND = "refund"  # money went out
    REVERSAL = "reversal"  # a payment that the bank took back, or that was matched by mistake


SIGN = {
    EntryKind.CHARGE: 1,
    EntryKind.CREDIT: -1,
    EntryKind.PAYMENT: -1,
    EntryKind.REFUND: 1,
    EntryKind.REVERSAL: 1,
}


class Method(Enum):
    """The way that money takes."""

    TRANSFER = "transfer"
    CARD = "card"
    CASH = "cash"
    BARTER = "barter"  # in-kind sponsors: what each gave the other


MOVES_MONEY = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.REVERSAL)


def _reference(context: Any) -> str:
    return reference_of(context.get_current_parameters()["code"])


class Receivable(Model):
    """One thing that is owed, by an order or an agreement, under the reference its payer quotes.

    ``dunned``: its invoice reminds of it. Of an order it does not: an order reminds by itself.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    reference: Mapped[str] = mapped_column(sa.String(25), unique=True, default=_reference)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), index=True)
    payer: Mapped[str] = mapped_column(sa.String(200), default="")
    currency: Mapped[str] = mapped_column(sa.String(3), default="EUR")
    due_at: Mapped[datetime | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    dunned: Mapped[bool] = mapped_column(default=True, server_default=sa.true())

    conference: Mapped[Conference] = relationship()
    entries: Mapped[list["LedgerEntry"]] = relationship(
        back_populates="receivable", order_by="LedgerEntry.id"
    )

    @property
    def balance(self) -> Money:
        """What is still owed; below zero what has to be given back."""
        return Money(sum(entry.owed for entry in self.entries), self.currency)

    @property
    def received(self) -> Money:
        """The money that came and stayed."""
        moved = (entry for entry in self.entries if entry.kind in MOVES_MONEY)
        return Money(-sum(entry.owed for entry in moved), self.currency)


class LedgerEntry(Model):
    """One reason why a balance changed. The database refuses to change or delete it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    receivable_id: Mapped[int] = mapped_column(sa.ForeignKey("receivable.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind, "kind"))
    cents: Mapped[int]
    method: Mapped[Method | None] = mapped_column(enum_column(Method, "method"))
    source: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    why: Mapped[str] = mapped_column(sa.String(300), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # erasing anonymises

    receivable: Mapped[Receivable] = relationship(back_populates="entries")
    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint(
            "(kind IN ('charge', 'credit')) = (method IS NULL)", name="money_has_a_method"
        ),
    )

    @property
    def owed(self) -> int:
        """By how many cents this changed what is owed."""
        return SIGN[self.kind] * self.cents
