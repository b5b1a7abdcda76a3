"""A movement on the account is booked on what is owed, and that can be undone."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.billing.models import Allocation, BankEntry, EntryKind, LedgerEntry, Method, Receivable
from cfp.billing.service.ledger import move_money
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person

TAKEN_BACK = {
    EntryKind.PAYMENT: EntryKind.REVERSAL,
    EntryKind.REVERSAL: EntryKind.PAYMENT,
    EntryKind.REFUND: EntryKind.PAYMENT,
}


def allocate(
    entry: BankEntry,
    receivable: Receivable,
    cents: int,
    at: datetime,
    *,
    by: Person | None = None,
    automatic: bool = False,
    why: str = "",
) -> Allocation:
    """Book ``cents`` of a movement on a receivable; below zero is money that went out."""
    if receivable.conference_id != entry.conference_id or receivable.currency != entry.currency:
        raise Refused(_("This movement belongs to something else."))
    is_within = 0 < cents <= entry.left if entry.cents > 0 else entry.left <= cents < 0
    if not is_within:
        raise Refused(_("There is not that much left of this movement."))
    made = booked(entry, receivable, cents, at, by=by, automatic=automatic, why=why)
    db.session.flush()
    return made


def booked(
    entry: BankEntry,
    receivable: Receivable,
    cents: int,
    at: datetime,
    *,
    by: Person | None,
    automatic: bool,
    why: str,
) -> Allocation:
    """The rows of a booking that is known to be right; thousands of them are flushed at once."""
    money = LedgerEntry(
        receivable=receivable,
        kind=_kind(entry, cents),
        cents=abs(cents),
        method=Method.TRANSFER,
        at=at,
        source=f"bank:{entry.code}:{len(entry.allocations) + 1}",
        why=entry.text[:300],
        by=by,
    )
    made = Allocation(
        receivable=receivable,
        ledger_entry=money,
        cents=cents,
        automatic=automatic,
        why=why[:200],
        at=at,
        by=by,
    )
    entry.allocations.append(made)
    entry.set_aside = ""
    return made


def _kind(entry: BankEntry, cents: int) -> EntryKind:
    if cents > 0:
        return EntryKind.PAYMENT
    return EntryKind.REVERSAL if entry.is_reversal else EntryKind.REFUND


def undo(allocation: Allocation, at: datetime, *, by: Person | None) -> LedgerEntry:
    """Take a booking back; what it paid is open again, and the movement free for another."""
    lock(allocation)
    if allocation.undone_at is not None:
        raise Refused(_("This has been undone already."))
    kind = TAKEN_BACK[allocation.ledger_entry.kind]
    allocation.undone_at, allocation.undone_by = at, by
    return move_money(
        allocation.receivable,
        kind,
        abs(allocation.cents),
        Method.TRANSFER,
        at,
        source=f"undo:{allocation.code}",
        why="undone",
        by=by,
    )


def set_aside(entry: BankEntry, why: str) -> None:
    """A movement that is nobody's payment, and why: it no longer waits for anybody."""
    if entry.standing:
        raise Refused(_("This movement is booked; undo that first."))
    if not why.strip():
        raise Refused(_("Please say why."), "why")
    entry.set_aside = why.strip()[:200]
