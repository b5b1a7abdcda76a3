"""Questions about what is owed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cfp.billing.models import MOVES_MONEY, SIGN, Invoice, LedgerEntry, Receivable

CLAIMED, WAIVED = "claim:", "waived:"  # sources of interest and costs, and of their end
owed = sa.case(
    *((LedgerEntry.kind == kind, sign * LedgerEntry.cents) for kind, sign in SIGN.items())
)
"""By how many cents an entry changed what is owed."""


def balances() -> sa.Select[int, int]:
    """(receivable_id, cents still owed) of every receivable that has an entry."""
    return sa.select(LedgerEntry.receivable_id, sa.func.sum(owed).label("cents")).group_by(
        LedgerEntry.receivable_id
    )


def balances_in(conference_id: int) -> sa.Select[int, int]:
    return balances().join(Receivable).where(Receivable.conference_id == conference_id)


def entries_from(source: str) -> sa.Select[LedgerEntry]:
    """The entry that something outside (a bank line, a card event) has made already."""
    return sa.select(LedgerEntry).where(LedgerEntry.source == source)


def with_reference(reference: str) -> sa.Select[Receivable]:
    return sa.select(Receivable).where(Receivable.reference == reference)


def numbers_issued(conference_id: int) -> sa.Select[int, str]:
    """(receivable_id, number) of every document that somebody may pay."""
    return sa.select(Invoice.receivable_id, Invoice.number).where(
        Invoice.conference_id == conference_id, ~Invoice.self_billed
    )


def ledger_rows(conference_id: int) -> sa.Select[int, str, str, str, str, Any, Any, Any]:
    """What every receivable still owes, has received, and owes for being late, and its payer."""
    moved = sa.case((LedgerEntry.kind.in_(MOVES_MONEY), -owed), else_=0)
    is_for_delay = sa.or_(*map(LedgerEntry.source.startswith, (CLAIMED, WAIVED)))
    return (
        sa.select(
            Receivable.id,
            Receivable.code,
            Receivable.reference,
            Receivable.payer,
            Receivable.currency,
            sa.func.sum(owed).label("owed"),
            sa.func.sum(moved).label("received"),
            sa.func.sum(sa.case((is_for_delay, owed), else_=0)).label("claimed"),
        )
        .outerjoin(LedgerEntry)
        .where(Receivable.conference_id == conference_id)
        .group_by(Receivable.id)
        .order_by(Receivable.id)
    )


def receivable_named(conference_id: int, name: str) -> sa.Select[Receivable]:
    """What somebody means who types a reference, a code, or the number of an invoice."""
    word = "".join(name.upper().split())
    numbered = sa.select(Invoice.receivable_id).where(
        Invoice.conference_id == conference_id, sa.func.upper(Invoice.number) == word
    )
    return sa.select(Receivable).where(
        Receivable.conference_id == conference_id,
        sa.or_(Receivable.reference == word, Receivable.code == word, Receivable.id.in_(numbered)),
    )
