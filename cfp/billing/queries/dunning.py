"""Questions about who has to be reminded."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cfp.billing.models import (
    BaseRateEntry,
    CreditNote,
    Invoice,
    InvoiceKind,
    Pause,
    Reminder,
    Seller,
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


def base_rates() -> sa.Select[BaseRateEntry]:
    """The newest first."""
    return sa.select(BaseRateEntry).order_by(BaseRateEntry.since.desc())


def base_rate_since(since: date) -> sa.Select[BaseRateEntry]:
    return sa.select(BaseRateEntry).where(BaseRateEntry.since == since)


def pause_of(receivable_id: int) -> sa.Select[Pause]:
    return sa.select(Pause).where(Pause.receivable_id == receivable_id)


def reminders_of(invoice_id: int) -> sa.Select[Reminder]:
    return sa.select(Reminder).where(Reminder.invoice_id == invoice_id).order_by(Reminder.id)


def reminding_conferences() -> sa.Select[int]:
    """Editions whose seller wants letters to go out."""
    return sa.select(Seller.conference_id).where(Seller.reminds)
