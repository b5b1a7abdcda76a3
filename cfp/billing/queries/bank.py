"""Questions about what the bank said."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.billing.models import Allocation, BankEntry, BankFile


def bank_entries_between(conference_id: int, first: date, last: date) -> sa.Select[BankEntry]:
    """What is known of these days, as a file is compared with it."""
    return sa.select(BankEntry).where(
        BankEntry.conference_id == conference_id, BankEntry.booked_on.between(first, last)
    )


def entries_to_decide(conference_id: int) -> sa.Select[BankEntry]:
    """Movements of which something is not booked yet, and that nobody has set aside."""
    booked = (
        sa.select(sa.func.coalesce(sa.func.sum(Allocation.cents), 0))
        .where(Allocation.entry_id == BankEntry.id, Allocation.undone_at.is_(None))
        .correlate(BankEntry)
        .scalar_subquery()
    )
    return (
        sa.select(BankEntry)
        .where(
            BankEntry.conference_id == conference_id,
            BankEntry.set_aside == "",
            BankEntry.cents != booked,
        )
        .options(selectinload(BankEntry.allocations))
        .order_by(BankEntry.booked_on.desc(), BankEntry.id.desc())
    )


def bank_entry(conference_id: int, code: str) -> sa.Select[BankEntry]:
    return sa.select(BankEntry).where(
        BankEntry.conference_id == conference_id, BankEntry.code == code
    )


def allocations(conference_id: int) -> sa.Select[Allocation]:
    """What was booked, the newest first."""
    return (
        sa.select(Allocation)
        .join(BankEntry)
        .where(BankEntry.conference_id == conference_id)
        .options(
            joinedload(Allocation.entry),
            joinedload(Allocation.receivable),
            joinedload(Allocation.by),
        )
        .order_by(Allocation.at.desc(), Allocation.id.desc())
    )


def allocation(conference_id: int, code: str) -> sa.Select[Allocation]:
    return (
        sa.select(Allocation)
        .join(BankEntry)
        .where(BankEntry.conference_id == conference_id, Allocation.code == code)
    )


def bank_files(conference_id: int) -> sa.Select[BankFile]:
    """The newest first."""
    return (
        sa.select(BankFile)
        .where(BankFile.conference_id == conference_id)
        .options(joinedload(BankFile.by))
        .order_by(BankFile.id.desc())
    )


def bank_read_at(conference_id: int) -> sa.Select[datetime]:
    """When the bank was last heard."""
    return sa.select(sa.func.max(BankFile.at)).where(BankFile.conference_id == conference_id)
