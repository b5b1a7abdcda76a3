"""What is claimed of an invoice: the debt, interest by law, the costs of the delay; and waived."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from cfp import clock
from cfp.billing import dunning, queries
from cfp.billing.ageing import open_of
from cfp.billing.dunning import BaseRate, MissingRate, Standing
from cfp.billing.dunning.interest import BUSINESS, CONSUMER
from cfp.billing.dunning.workdays import payable_on
from cfp.billing.models import EntryKind, Invoice, LedgerEntry, Receivable, Reminder
from cfp.billing.queries.ledger import CLAIMED, WAIVED
from cfp.billing.service.ledger import charge, credit
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person


@dataclass(frozen=True)
class OpenInvoice:
    """An issued invoice of which something is still to be paid."""

    invoice: Invoice
    open_cents: int

    def days_late(self, today: date) -> int:
        due = self.invoice.due_on
        return max((today - due).days, 0) if due else 0


def open_invoices(conference_id: int) -> list[OpenInvoice]:
    """What is still to be paid, the longest due first."""
    balances = dict(db.session.execute(queries.balances_in(conference_id)).all())
    of_one = defaultdict[int, list[Invoice]](list)
    for invoice in db.session.scalars(queries.standing_invoices(conference_id)):
        of_one[invoice.receivable_id].append(invoice)
    found = []
    for receivable_id, invoices in of_one.items():
        parts = open_of([each.gross_cents for each in invoices], balances.get(receivable_id, 0))
        found += [
            OpenInvoice(invoice, part)
            for invoice, part in zip(invoices, parts, strict=True)
            if part > 0
        ]
    return sorted(found, key=lambda each: (each.invoice.due_on or date.max, each.invoice.id))


def base_rates() -> list[BaseRate]:
    return [entry.rate for entry in db.session.scalars(queries.base_rates())]


def standing_of(found: OpenInvoice, today: date) -> Standing:
    """Costs, interest and debt of an invoice today, as payments have covered them by law.

    Raises :class:`MissingRate` where the base rate of a half-year in between is not known.
    """
    invoice = found.invoice
    points = BUSINESS if invoice.document.buyer.business else CONSUMER
    costs = [
        (each.sent_on, each.costs_cents)
        for each in db.session.scalars(queries.reminders_of(invoice.id))
        if each.costs_cents
    ]
    principal, payments = found.open_cents, list[tuple[date, int]]()
    issued = db.session.scalars(queries.invoices_of(invoice.receivable_id)).all()
    if len([each for each in issued if not each.self_billed]) == 1:
        principal, payments = invoice.gross_cents, _payments(invoice.receivable)
    return dunning.standing(
        principal,
        payable_on(invoice.due_on or today),
        today,
        base_rates(),
        points,
        payments=payments,
        costs=costs,
    )


def find_standing(found: OpenInvoice, today: date) -> Standing | None:
    """The same, or nothing where a base rate is missing."""
    try:
        return standing_of(found, today)
    except MissingRate:
        return None


def _payments(receivable: Receivable) -> list[tuple[date, int]]:
    """The money that came and stayed, by the day, and what was waived like it.

    What was taken back has never come.
    """
    came = [each for each in receivable.entries if each.kind is EntryKind.PAYMENT]
    for back in receivable.entries:
        if back.kind is EntryKind.REVERSAL:
            same = [each for each in came if each.cents == back.cents]
            came = [each for each in came if not same or each is not same[-1]]
    came += [each for each in receivable.entries if (each.source or "").startswith(WAIVED)]
    zone = receivable.conference.timezone
    return [(clock.local(each.at, zone).date(), each.cents) for each in came]


def book(reminder: Reminder, state: Standing, at: datetime) -> None:
    """What a letter claims beyond the debt is owed from that day on; of each letter once."""
    invoice, day = reminder.invoice, reminder.sent_on.isoformat()
    source = f"{CLAIMED}{invoice.code}:{reminder.level.value}"
    due = state.accrued - booked(invoice, "interest")
    if due > 0:
        why = f"Interest until {day}"
        charge(invoice.receivable, due, at, why=why, source=f"{source}:interest")
    if reminder.costs_cents:
        why = "Costs of the delay"
        charge(invoice.receivable, reminder.costs_cents, at, why=why, source=f"{source}:costs")


def booked(invoice: Invoice, kind: str = "") -> int:
    """What was booked of an invoice beyond its debt, in cents: interest, costs, or both."""
    return sum(each.cents for each in claims_of(invoice) if (each.source or "").endswith(kind))


def claims_of(invoice: Invoice) -> list[LedgerEntry]:
    start = f"{CLAIMED}{invoice.code}:"
    return [each for each in invoice.receivable.entries if (each.source or "").startswith(start)]


def waivable(invoice: Invoice) -> int:
    """How much of interest and costs is booked and neither paid nor waived."""
    start = f"{WAIVED}{invoice.code}:"
    gone = sum(e.cents for e in invoice.receivable.entries if (e.source or "").startswith(start))
    return max(min(booked(invoice) - gone, invoice.receivable.balance.cents), 0)


def waive(invoice: Invoice, why: str, at: datetime, *, by: Person | None) -> LedgerEntry:
    """Let interest and costs go, as far as they are still owed; the debt stays."""
    lock(invoice.receivable)
    if not why.strip():
        raise Refused(_("Please say why."), "why")
    done = drop(invoice, why.strip(), at, by=by)
    if done is None:
        raise Refused(_("No interest and no costs are booked that are still owed."))
    return done


def drop(invoice: Invoice, why: str, at: datetime, *, by: Person | None) -> LedgerEntry | None:
    """The same without a question: of an invoice that is taken back nothing of it is owed."""
    left = waivable(invoice)
    if not left:
        return None
    source = f"{WAIVED}{invoice.code}:{len(invoice.receivable.entries)}"
    return credit(invoice.receivable, left, at, why=why[:300], by=by, source=source)
