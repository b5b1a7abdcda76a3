"""What happens to money that is owed: it is charged, credited, paid, given back, taken back."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp.billing import queries
from cfp.billing.models import EntryKind, LedgerEntry, Method, Receivable
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person


def open_receivable(
    conference: Conference,
    payer: str,
    at: datetime,
    *,
    due_at: datetime | None = None,
    dunned: bool = True,
) -> Receivable:
    """Something will be owed; its reference is known from now on."""
    receivable = Receivable(
        conference=conference, payer=payer, opened_at=at, due_at=due_at, dunned=dunned, entries=[]
    )
    db.session.add(receivable)
    db.session.flush()
    return receivable


def charge(
    receivable: Receivable,
    cents: int,
    at: datetime,
    *,
    why: str,
    by: Person | None = None,
    source: str | None = None,
) -> LedgerEntry:
    """More is owed; of the same ``source`` once."""
    entry = LedgerEntry(kind=EntryKind.CHARGE, cents=cents, at=at, why=why, by=by, source=source)
    return _known(receivable, entry) or _enter(receivable, entry)


def credit(
    receivable: Receivable,
    cents: int,
    at: datetime,
    *,
    why: str,
    by: Person | None = None,
    source: str | None = None,
) -> LedgerEntry:
    """Less is owed: something was cancelled, got cheaper, or is waived; of a ``source`` once."""
    entry = LedgerEntry(kind=EntryKind.CREDIT, cents=cents, at=at, why=why, by=by, source=source)
    return _known(receivable, entry) or _enter(receivable, entry)


def move_money(  # noqa: PLR0913  (a payment is who, how much, how, when, and where it is known from)
    receivable: Receivable,
    kind: EntryKind,
    cents: int,
    method: Method,
    at: datetime,
    *,
    source: str | None = None,
    why: str = "",
    by: Person | None = None,
) -> LedgerEntry:
    """A payment, refund or reversal. The same ``source`` counts once, however often it comes.

    `Refused` when the source is known with another amount or for another receivable: then somebody
    has to look, and nothing is written.
    """
    entry = LedgerEntry(kind=kind, cents=cents, method=method, at=at, source=source, why=why, by=by)
    return _known(receivable, entry) or _enter(receivable, entry)


def _enter(receivable: Receivable, entry: LedgerEntry) -> LedgerEntry:
    if entry.cents <= 0:
        raise Refused(_("An amount must be more than nothing."))
    if entry.source is None:  # nothing that could be there already
        receivable.entries.append(entry)
        db.session.flush()
        return entry
    try:
        with db.session.begin_nested():
            receivable.entries.append(entry)
            db.session.flush()
    except IntegrityError:  # two processes heard of one payment in the same moment
        known = _known(receivable, entry)
        if known is None:
            raise
        return known
    return entry


def _known(receivable: Receivable, entry: LedgerEntry) -> LedgerEntry | None:
    if entry.source is None:
        return None
    known = db.session.scalar(queries.entries_from(entry.source))
    same = known is None or (
        (known.receivable_id, known.kind, known.cents) == (receivable.id, entry.kind, entry.cents)
    )
    if not same:
        raise Refused(_("This payment is known already, with another amount or purpose."))
    return known
