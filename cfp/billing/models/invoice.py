"""Invoices: what was asked for, and what was issued and never changes again."""

from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing import kept
from cfp.billing.document import Document
from cfp.billing.models.ledger import Receivable
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.money import Money
from cfp.people.models import Person


class InvoiceKind(Enum):
    """What was issued. A credit note takes back one invoice as a whole (type 381)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class NumberRange(Model):
    """Numbers 1, 2, 3 ... of one series; ``last`` grows only in a transaction that issues."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"))
    name: Mapped[str] = mapped_column(sa.String(40))
    prefix: Mapped[str] = mapped_column(sa.String(20))
    last: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("last >= 0", name="last_counts_up"),
    )


class Draft(Model):
    """An invoice that somebody asked for, until the worker has issued it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), index=True)
    receivable_id: Mapped[int] = mapped_column(sa.ForeignKey("receivable.id"), index=True)
    kind: Mapped[InvoiceKind] = mapped_column(
        enum_column(InvoiceKind, "kind"), default=InvoiceKind.INVOICE
    )
    cancels: Mapped[str | None] = mapped_column(sa.String(8))  # the code of the invoice
    source: Mapped[str | None] = mapped_column(sa.String(120), unique=True)
    self_billed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    content: Mapped[dict[str, Any]]
    due_on: Mapped[date | None]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    error: Mapped[str] = mapped_column(sa.String(500), default="")

    conference: Mapped[Conference] = relationship()
    receivable: Mapped[Receivable] = relationship()
    by: Mapped[Person | None] = relationship()
    invoice: Mapped["Invoice | None"] = relationship(back_populates="draft")

    @property
    def document(self) -> Document:
        return kept.restored(self.content)


class Invoice(Model):
    """One issued document. The database refuses to change or delete it, or to add to it.

    ``buyer``, ``country`` and ``vat_id`` are those of the other party: the buyer, or of a
    self-billed document (UStG sec. 14 (2)) the supplier in whose name we wrote it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id"), index=True)
    receivable_id: Mapped[int] = mapped_column(sa.ForeignKey("receivable.id"), index=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), unique=True)
    kind: Mapped[InvoiceKind] = mapped_column(enum_column(InvoiceKind, "kind"))
    cancels_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invoice.id"), unique=True)
    self_billed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    range_id: Mapped[int] = mapped_column(sa.ForeignKey("number_range.id"))
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(40))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    due_on: Mapped[date | None]
    buyer: Mapped[str] = mapped_column(sa.String(1000))
    country: Mapped[str] = mapped_column(sa.String(2))
    vat_id: Mapped[str] = mapped_column(sa.String(20), default="")
    currency: Mapped[str] = mapped_column(sa.String(3))
    net_cents: Mapped[int]
    tax_cents: Mapped[int]
    gross_cents: Mapped[int]
    prepaid_cents: Mapped[int] = mapped_column(default=0)
    content: Mapped[dict[str, Any]]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    conference: Mapped[Conference] = relationship()
    receivable: Mapped[Receivable] = relationship()
    draft: Mapped[Draft] = relationship(back_populates="invoice")
    by: Mapped[Person | None] = relationship()
    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.position")
    taxes: Mapped[list["InvoiceTax"]] = relationship(order_by="InvoiceTax.rate.desc()")
    archive: Mapped["Archive"] = relationship(back_populates="invoice")
    cancels: Mapped["Invoice | None"] = relationship(
        foreign_keys=cancels_id, remote_side="Invoice.id", back_populates="cancelled_by"
    )
    cancelled_by: Mapped["CreditNote | None"] = relationship(
        foreign_keys=cancels_id, back_populates="cancels"
    )

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": InvoiceKind.INVOICE}  # noqa: RUF012
    __table_args__ = (
        sa.UniqueConstraint("range_id", "sequence"),
        sa.UniqueConstraint("conference_id", "number"),
        sa.CheckConstraint("sequence > 0", name="sequence_positive"),
        sa.CheckConstraint("gross_cents = net_cents + tax_cents", name="gross_adds_up"),
        sa.CheckConstraint("gross_cents >= 0", name="gross_not_negative"),
        sa.CheckConstraint(
            "(kind = 'credit_note') = (cancels_id IS NOT NULL)", name="credit_note_cancels"
        ),
        sa.Index(None, "conference_id", "issued_on"),
    )

    @property
    def document(self) -> Document:
        """The document as it was issued."""
        return kept.restored(self.content)

    @property
    def net(self) -> Money:
        return Money(self.net_cents, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_cents, self.currency)

    @property
    def gross(self) -> Money:
        return Money(self.gross_cents, self.currency)


class CreditNote(Invoice):
    """Takes back one invoice: "Stornorechnung", type 381, positive amounts."""

    __mapper_args__ = {"polymorphic_identity": InvoiceKind.CREDIT_NOTE}  # noqa: RUF012


class InvoiceLine(Model):
    """A line as it was issued; numbers with all their decimals as text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.Text)
    quantity: Mapped[str] = mapped_column(sa.String(40))
    price: Mapped[str] = mapped_column(sa.String(40))
    category: Mapped[str] = mapped_column(sa.String(2))
    rate: Mapped[str] = mapped_column(sa.String(10))
    net_cents: Mapped[int]

    __table_args__ = (sa.UniqueConstraint("invoice_id", "position"),)


class InvoiceTax(Model):
    """The tax of one rate of an invoice."""

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"))
    category: Mapped[str] = mapped_column(sa.String(2))
    rate: Mapped[str] = mapped_column(sa.String(10))
    basis_cents: Mapped[int]
    tax_cents: Mapped[int]

    __table_args__ = (sa.UniqueConstraint("invoice_id", "category", "rate"),)


class Archive(Model):
    """The bytes that were issued, and their place in the chain of their range."""

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoice.id"), unique=True)
    pdf: Mapped[bytes] = mapped_column(sa.LargeBinary)
    en16931: Mapped[bytes] = mapped_column(sa.LargeBinary)
    xrechnung: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    previous: Mapped[str] = mapped_column(sa.String(64), default="")
    chain: Mapped[str] = mapped_column(sa.String(64), unique=True)

    invoice: Mapped[Invoice] = relationship(back_populates="archive")
