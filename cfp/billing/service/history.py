"""Where each invoice stands, and what happened to it, in the order of time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from flask_babel import gettext as _

from cfp.billing import queries
from cfp.billing.models import MOVES_MONEY, EntryKind, Invoice, InvoiceKind
from cfp.billing.queries.ledger import WAIVED
from cfp.billing.service.claims import claims_of, open_invoices
from cfp.conference.models import Conference
from cfp.db import db


class State(Enum):
    """Where an invoice stands."""

    OPEN = "open"
    LATE = "late"
    PAID = "paid"
    CANCELLED = "cancelled"
    CREDIT_NOTE = "credit-note"
    SELF_BILLED = "self-billed"


@dataclass(frozen=True)
class Listed:
    """One row of the list."""

    invoice: Invoice
    state: State
    open_cents: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an invoice."""

    at: datetime
    what: str
    cents: int | None = None
    by: str = ""


def listed(conference: Conference, today: date) -> tuple[list[Listed], Counter[str]]:
    """All invoices of an edition, the newest first, and how many stand where."""
    left = {each.invoice.id: each.open_cents for each in open_invoices(conference.id)}
    invoices = db.session.scalars(queries.invoices(conference.id)).all()
    cancelled = {each.cancels_id for each in invoices}
    rows = [
        Listed(each, _state(each, left.get(each.id, 0), cancelled, today), left.get(each.id, 0))
        for each in invoices
    ]
    return rows, Counter(row.state.value for row in rows)


def _state(invoice: Invoice, left: int, cancelled: set[int | None], today: date) -> State:
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return State.CREDIT_NOTE
    if invoice.id in cancelled:
        return State.CANCELLED
    if invoice.self_billed:
        return State.SELF_BILLED
    if left <= 0:
        return State.PAID
    return State.LATE if invoice.due_on and invoice.due_on < today else State.OPEN


def history(invoice: Invoice) -> list[Event]:
    """Issue, letters, money and cancellation, the oldest first."""
    by = invoice.by.name if invoice.by else ""
    events = [Event(invoice.issued_at, _("Issued"), invoice.gross_cents, by)]
    events += [
        Event(each.at, level_name(each.level.value), each.open_cents)
        for each in db.session.scalars(queries.reminders_of(invoice.id))
    ]
    names = {
        EntryKind.PAYMENT: _("Payment"),
        EntryKind.REFUND: _("Money given back"),
        EntryKind.REVERSAL: _("Payment taken back"),
    }
    for entry in () if invoice.self_billed else invoice.receivable.entries:
        if entry.kind in MOVES_MONEY:
            who = entry.by.name if entry.by else ""
            events.append(Event(entry.at, names[entry.kind], entry.cents, who))
        elif (entry.source or "").startswith(WAIVED):
            who = entry.by.name if entry.by else ""
            events.append(Event(entry.at, _("Waived: %(why)s", why=entry.why), entry.cents, who))
    for claim in claims_of(invoice):
        interest = (claim.source or "").endswith("interest")
        events.append(
            Event(claim.at, _("Interest booked") if interest else _("Costs booked"), claim.cents)
        )
    note = invoice.cancelled_by
    if note is not None:
        said = _("Cancelled by %(number)s", number=note.number)
        events.append(
            Event(note.issued_at, said, note.gross_cents, note.by.name if note.by else "")
        )
    return sorted(events, key=lambda event: event.at)


def level_name(level: str) -> str:
    """What a letter is called on screen."""
    names: dict[str, str] = {
        "notice": _("Friendly notice"),
        "first": _("First reminder"),
        "second": _("Second reminder"),
        "formal": _("Formal reminder with interest"),
        "handover": _("Hand-over announced"),
    }
    return names[level]
