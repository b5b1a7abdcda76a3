"""Questions about who has to be reminded."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

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
            ~Invoice.self_billed,
            ~cancelled.exists(),
        )
        .order_by(Invoice.id)
    )


def base_rates() -> sa.Select[BaseRateEntry]:
    """Those that hold: of each half-year what was entered last. The newest half-year first."""
    newest = sa.select(sa.func.max(BaseRateEntry.id)).group_by(BaseRateEntry.since)
    return (
        sa.select(BaseRateEntry)
        .where(BaseRateEntry.id.in_(newest))
        .order_by(BaseRateEntry.since.desc())
    )


def base_rates_entered() -> sa.Select[BaseRateEntry]:
    """All that were ever entered, also those that were corrected; of each the last first."""
    by = joinedload(BaseRateEntry.by)
    order = (BaseRateEntry.since.desc(), BaseRateEntry.id.desc())
    return sa.select(BaseRateEntry).options(by).order_by(*order)


def claims_between(first: date, last: date) -> sa.Select[int]:
    """How many letters claimed interest that ran in these days, over all editions."""
    return (
        sa.select(sa.func.count(Reminder.id))
        .join(Reminder.invoice)
        .where(Reminder.interest_cents > 0, Reminder.sent_on >= first, Invoice.due_on < last)
    )


def pause_of(receivable_id: int) -> sa.Select[Pause]:
    return sa.select(Pause).where(Pause.receivable_id == receivable_id)


def reminders_of(invoice_id: int) -> sa.Select[Reminder]:
    return sa.select(Reminder).where(Reminder.invoice_id == invoice_id).order_by(Reminder.id)


def reminding_conferences() -> sa.Select[int]:
    """Editions whose seller wants letters to go out."""
    return sa.select(Seller.conference_id).where(Seller.reminds)
