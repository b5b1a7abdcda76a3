"""What the bank said: files, movements, and on what each movement was booked."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing.bank.statement import Entry
from cfp.billing.models.ledger import LedgerEntry, Receivable
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model
from cfp.people.models import Person


class BankFile(Model):
    """One file that somebody imported, and what was new in it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    form: Mapped[str] = mapped_column(sa.String(10))
    read: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    last_day: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    conference: Mapped[Conference] = relationship()
    by: Mapped[Person | None] = relationship()


class BankEntry(Model):
    """One booked movement; the same one is kept once, whatever file names it again."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_file.id"), index=True)
    form: Mapped[str] = mapped_column(sa.String(10))
    account: Mapped[str] = mapped_column(sa.String(34))
    fingerprint: Mapped[str] = mapped_column(sa.String(60))
    booked_on: Mapped[date]
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    name: Mapped[str] = mapped_column(sa.String(1000), default="")
    iban: Mapped[str] = mapped_column(sa.String(60), default="")
    text: Mapped[str] = mapped_column(sa.String(1000), default="")
    end_to_end: Mapped[str] = mapped_column(sa.String(100), default="")
    bank_reference: Mapped[str] = mapped_column(sa.String(100), default="")
    is_reversal: Mapped[bool] = mapped_column(default=False)
    set_aside: Mapped[str] = mapped_column(sa.String(200), default="")  # why it is nobody's payment

    file: Mapped[BankFile] = relationship()
    allocations: Mapped[list["Allocation"]] = relationship(
        back_populates="entry", order_by="Allocation.id"
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "fingerprint"),
        sa.Index(None, "conference_id", "booked_on"),
    )

    @property
    def movement(self) -> Entry:
        """As it was read."""
        return Entry(
            booked_on=self.booked_on,
            cents=self.cents,
            currency=self.currency,
            name=self.name,
            iban=self.iban,
            text=self.text,
            end_to_end=self.end_to_end,
            bank_reference=self.bank_reference,
            is_reversal=self.is_reversal,
        )

    @property
    def standing(self) -> list["Allocation"]:
        """What it is booked on, without what was undone."""
        return [each for each in self.allocations if each.undone_at is None]

    @property
    def left(self) -> int:
        """Cents that are not booked on anything yet."""
        return self.cents - sum(each.cents for each in self.standing)


class Allocation(Model):
    """A movement, or a part of it, booked on what is owed; by whom, why, and whether undone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_entry.id"), index=True)
    receivable_id: Mapped[int] = mapped_column(sa.ForeignKey("receivable.id"), index=True)
    ledger_entry_id: Mapped[int] = mapped_column(sa.ForeignKey("ledger_entry.id"), unique=True)
    cents: Mapped[int] = mapped_column(sa.BigInteger)
    automatic: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(sa.String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    entry: Mapped[BankEntry] = relationship(back_populates="allocations")
    receivable: Mapped[Receivable] = relationship()
    ledger_entry: Mapped[LedgerEntry] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    undone_by: Mapped[Person | None] = relationship(foreign_keys=undone_by_id)

    __table_args__ = (sa.CheckConstraint("cents != 0", name="cents_not_zero"),)
