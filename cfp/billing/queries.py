"""Questions about what is owed."""

from __future__ import annotations

import sqlalchemy as sa

from cfp.billing.models import SIGN, LedgerEntry, Receivable

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
