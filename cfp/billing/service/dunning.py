"""Those who forget to pay are reminded, in letters that are due and that nothing stops."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.billing import dunning, queries
from cfp.billing.dunning import LUMP_SUM, Case, Level, Stop
from cfp.billing.dunning.interest import DAY
from cfp.billing.models import Pause, Receivable, Reminder
from cfp.billing.service import claims
from cfp.billing.service.claims import OpenInvoice, open_invoices
from cfp.billing.words import money
from cfp.db import db
from cfp.errors import Refused
from cfp.mail.service import Correspondent, attach, post
from cfp.people.models import Person


def case_of(found: OpenInvoice, bank_read_at: datetime | None) -> Case:
    """What is known about one open invoice when a letter could be due."""
    invoice = found.invoice
    pause = db.session.scalar(queries.pause_of(invoice.receivable_id))
    sent = [(r.level, r.sent_on) for r in db.session.scalars(queries.reminders_of(invoice.id))]
    return Case(
        due=invoice.due_on or date.max,
        open_cents=found.open_cents,
        sent=sent,
        disputed=bool(pause and pause.disputed),
        promised_until=pause.promised_until if pause else None,
        bank_read_at=bank_read_at,
    )


def next_letter(found: OpenInvoice, at: datetime) -> tuple[Level | None, list[Stop]]:
    """The letter that is due now, and everything that speaks against it."""
    if not found.invoice.receivable.dunned:
        return None, []
    today = clock.local(at, found.invoice.conference.timezone).date()
    read_at = db.session.scalar(queries.bank_read_at(found.invoice.conference_id))
    case = case_of(found, read_at)
    level = dunning.due_level(case, today)
    if level is None:
        return None, []
    due = found.invoice.due_on or today
    has_rate = dunning.missing_rate(claims.base_rates(), today, min(due + DAY, today)) is None
    return level, dunning.stops(case, level, at, today, has_rate=has_rate)


def remind_due(at: datetime) -> list[Reminder]:
    """Every letter that is due and that nothing speaks against. Twice in one minute is harmless."""
    sent = []
    for conference_id in db.session.scalars(queries.reminding_conferences()).all():
        for found in open_invoices(conference_id):
            level, against = next_letter(found, at)
            if level is not None and not against:
                reminder = remind(found, level, at)
                sent += [reminder] if reminder else []
    return sent


def remind(found: OpenInvoice, level: Level, at: datetime) -> Reminder | None:
    """Write one letter. Nothing, if somebody else has written it in the same moment."""
    invoice = found.invoice
    today = clock.local(at, invoice.conference.timezone).date()
    document = invoice.document
    state = claims.standing_of(found, today) if level.with_interest else None
    costs = LUMP_SUM if level is Level.FORMAL and document.buyer.business else 0
    reminder = Reminder(
        invoice=invoice,
        level=level,
        sent_on=today,
        at=at,
        to=document.buyer.email,
        open_cents=state.principal if state else found.open_cents,
        costs_cents=costs,
        interest_cents=state.interest if state else 0,
    )
    try:
        with db.session.begin_nested():
            db.session.add(reminder)
            db.session.flush()
    except IntegrityError:
        return None
    if state:
        claims.book(reminder, state, at)
    _post(reminder, (state.costs if state else 0) + costs, at)
    return reminder


def _post(reminder: Reminder, costs: int, at: datetime) -> None:
    invoice, document = reminder.invoice, reminder.invoice.document
    language = document.language
    claimed = costs + reminder.interest_cents + reminder.open_cents

    def amount(cents: int) -> str:
        return money(Decimal(cents).scaleb(-2), invoice.currency, language)

    letter = post(
        "reminder",
        Correspondent(reminder.to, document.buyer.contact or document.buyer.name, language),
        at=at,
        conference_id=invoice.conference_id,
        key=f"reminder:{invoice.code}:{reminder.level.value}",
        level=reminder.level.value,
        invoice=invoice,
        seller=document.seller.name,
        payment=document.payment,
        open=amount(reminder.open_cents),
        costs=amount(costs),
        has_costs=bool(costs),
        interest=amount(reminder.interest_cents),
        total=amount(claimed),
    )
    if letter is not None:
        attach(letter, f"{invoice.number}.pdf", "application/pdf", invoice.archive.pdf)


def pause(
    receivable: Receivable,
    at: datetime,
    *,
    by: Person | None,
    why: str,
    promised_until: date | None = None,
) -> Pause:
    """Do not remind: the claim is disputed, or its payer has promised a day."""
    if not why.strip():
        raise Refused(_("Please say why."), "why")
    found = db.session.scalar(queries.pause_of(receivable.id)) or Pause(receivable=receivable)
    found.disputed, found.promised_until = promised_until is None, promised_until
    found.why, found.at, found.by = why.strip()[:300], at, by
    db.session.add(found)
    db.session.flush()
    return found


def resume(receivable: Receivable) -> None:
    """Remind again."""
    found = db.session.scalar(queries.pause_of(receivable.id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
