"""Questions about what is owed and what was invoiced."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cfp.billing.models import (
    MOVES_MONEY,
    SIGN,
    Archive,
    BankEntry,
    BankFile,
    BaseRateEntry,
    CreditNote,
    Draft,
    Invoice,
    InvoiceKind,
    LedgerEntry,
    NumberRange,
    Pause,
    Receivable,
    Reminder,
    Seller,
)

owed = sa.case(
    *((LedgerEntry.kind == kind, sign * LedgerEntry.cents) for kind, sign in SIGN.items())
)
"""By how many cents an entry changed what is owed."""


def balances() -> sa.Select[int, int]:
    """(receivable_id, cents still owed) of every receivable that has an entry."""
    return sa.select(LedgerEntry.receivable_id, sa.func.sum(owed).label("cents")).group_by(
        LedgerEntry.receivable_id
    )


def entries_from(source: str) -> sa.Select[LedgerEntry]:
    """The entry that something outside (a bank line, a card event) has made already."""
    return sa.select(LedgerEntry).where(LedgerEntry.source == source)


def with_reference(reference: str) -> sa.Select[Receivable]:
    return sa.select(Receivable).where(Receivable.reference == reference)


def seller(conference_id: int) -> sa.Select[Seller]:
    return sa.select(Seller).where(Seller.conference_id == conference_id)


def draft_from(source: str) -> sa.Select[Draft]:
    """What was asked for under this name."""
    return sa.select(Draft).where(Draft.source == source)


def draft_to_issue(draft_id: int) -> sa.Select[Draft]:
    """The draft, held until the transaction ends, so that one worker issues it."""
    select = sa.select(Draft).where(Draft.id == draft_id)
    return select.with_for_update(of=Draft).execution_options(populate_existing=True)


def issued_from(draft_id: int) -> sa.Select[Invoice]:
    return sa.select(Invoice).where(Invoice.draft_id == draft_id)


def id_of(code: str) -> sa.Select[int]:
    return sa.select(Invoice.id).where(Invoice.code == code)


def range_id(conference_id: int, name: str) -> sa.Select[int]:
    return sa.select(NumberRange.id).where(
        NumberRange.conference_id == conference_id, NumberRange.name == name
    )


def chain_before(number_range: int, sequence: int) -> sa.Select[str]:
    """The link of the chain that the next one hangs on."""
    return (
        sa.select(Archive.chain)
        .join(Invoice)
        .where(Invoice.range_id == number_range, Invoice.sequence == sequence - 1)
    )


def invoices(conference_id: int) -> sa.Select[Invoice]:
    """All that was issued in an edition, the newest first."""
    return (
        sa.select(Invoice)
        .where(Invoice.conference_id == conference_id)
        .order_by(Invoice.issued_at.desc(), Invoice.id.desc())
    )


def invoices_of(receivable_id: int) -> sa.Select[Invoice]:
    """What was issued over one receivable, in the order of issue."""
    return sa.select(Invoice).where(Invoice.receivable_id == receivable_id).order_by(Invoice.id)


def drafts_waiting(conference_id: int) -> sa.Select[Draft]:
    """What was asked for and is not issued yet."""
    issued = sa.select(Invoice.id).where(Invoice.draft_id == Draft.id)
    return (
        sa.select(Draft)
        .where(Draft.conference_id == conference_id, ~issued.exists())
        .order_by(Draft.id)
    )


def ranges() -> sa.Select[int, int]:
    """(id, last number) of every range."""
    return sa.select(NumberRange.id, NumberRange.last)


def in_order() -> sa.Select[Invoice]:
    """Everything that was issued, range by range, number by number, read as a stream."""
    return (
        sa.select(Invoice)
        .order_by(Invoice.range_id, Invoice.sequence)
        .execution_options(yield_per=50)
    )


def numbers_issued(conference_id: int) -> sa.Select[int, str]:
    """(receivable_id, number) of every document that was issued."""
    return sa.select(Invoice.receivable_id, Invoice.number).where(
        Invoice.conference_id == conference_id
    )


def ledger_rows(conference_id: int) -> sa.Select[int, str, str, str, str, Any, Any]:
    """What every receivable still owes and has received, with the names of its payer."""
    moved = sa.case((LedgerEntry.kind.in_(MOVES_MONEY), -owed), else_=0)
    return (
        sa.select(
            Receivable.id,
            Receivable.code,
            Receivable.reference,
            Receivable.payer,
            Receivable.currency,
            sa.func.sum(owed).label("owed"),
            sa.func.sum(moved).label("received"),
        )
        .outerjoin(LedgerEntry)
        .where(Receivable.conference_id == conference_id)
        .group_by(Receivable.id)
        .order_by(Receivable.id)
    )


def bank_entries_between(conference_id: int, first: date, last: date) -> sa.Select[BankEntry]:
    """What is known of these days, as a file is compared with it."""
    return sa.select(BankEntry).where(
        BankEntry.conference_id == conference_id, BankEntry.booked_on.between(first, last)
    )


def standing_invoices(conference_id: int) -> sa.Select[Invoice]:
    """Invoices that were not cancelled, in the order of issue."""
    note = aliased(CreditNote)
    cancelled = sa.select(note.id).where(note.cancels_id == Invoice.id)
    return (
        sa.select(Invoice)
        .where(
            Invoice.conference_id == conference_id,
            Invoice.kind == InvoiceKind.INVOICE,
            ~cancelled.exists(),
        )
        .order_by(Invoice.id)
    )


def balances_in(conference_id: int) -> sa.Select[int, int]:
    return balances().join(Receivable).where(Receivable.conference_id == conference_id)


def base_rates() -> sa.Select[BaseRateEntry]:
    """The newest first."""
    return sa.select(BaseRateEntry).order_by(BaseRateEntry.since.desc())


def base_rate_since(since: date) -> sa.Select[BaseRateEntry]:
    return sa.select(BaseRateEntry).where(BaseRateEntry.since == since)


def pause_of(receivable_id: int) -> sa.Select[Pause]:
    return sa.select(Pause).where(Pause.receivable_id == receivable_id)


def reminders_of(invoice_id: int) -> sa.Select[Reminder]:
    return sa.select(Reminder).where(Reminder.invoice_id == invoice_id).order_by(Reminder.id)


def bank_read_at(conference_id: int) -> sa.Select[datetime]:
    """When the bank was last heard."""
    return sa.select(sa.func.max(BankFile.at)).where(BankFile.conference_id == conference_id)


def reminding_conferences() -> sa.Select[int]:
    """Editions whose seller wants letters to go out."""
    return sa.select(Seller.conference_id).where(Seller.reminds)
