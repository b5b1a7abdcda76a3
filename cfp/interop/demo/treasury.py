"""The demo's money: invoices issued weeks ago, letters to who is late, and what the bank said."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from cfp import clock
from cfp.billing import queries, service
from cfp.billing.dunning import Level
from cfp.billing.service import claims, dunning
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.mail.models import Message, MessageState
from cfp.paper import warm_up
from cfp.sponsors import queries as promises
from cfp.sponsors.models import Agreement
from cfp.sponsors.service import benefits, dossier, logos, payment, report, vouchers

HEAD = "Buchungstag;Betrag;Name;Verwendungszweck;Waehrung"


def add_treasury(demo: Demo, deals: dict[str, Agreement]) -> None:
    """What was signed was invoiced on that day; then the bank's file of today is read."""
    _issue(demo)
    _remind(demo)
    paid = deals["Rampenlicht"]
    service.import_statement(
        demo.conference,
        "statement.csv",
        _statement(demo, paid),
        demo.at,
        by=demo.people[LOGINS[0][1]],
    )
    payment.settle_due(demo.at)
    logos.show_due(demo.at)
    vouchers.issue_due(demo.at)
    _keep_promises(demo, paid)
    head = demo.people[LOGINS[0][1]]
    for deal in (paid, deals["Blackout Kaffee"]):
        report.ask(deal, by=head, at=demo.at)
    for late in claims.open_invoices(demo.conference.id):
        dossier.ask(late.invoice, by=head, at=demo.at)
    gone = sa.update(Message).where(Message.kind == "reminder")
    db.session.execute(gone.values(state=MessageState.SENT, sent_at=Message.created_at))


def _issue(demo: Demo) -> None:
    """With the day of the signature; the worker finds them issued."""
    warm_up()
    waiting = db.session.scalars(queries.drafts_waiting(demo.conference.id)).all()
    for draft in sorted(waiting, key=lambda one: one.asked_at):
        service.issue(draft.id, draft.asked_at)


def _remind(demo: Demo) -> None:
    for found in claims.open_invoices(demo.conference.id):
        due = found.invoice.due_on or found.invoice.issued_on
        for level in (Level.NOTICE, Level.FIRST, Level.SECOND):
            at = found.invoice.issued_at + (due - found.invoice.issued_on) + level.after
            if at < demo.at and found.invoice.buyer.startswith("Soffitte"):
                dunning.remind(found, level, at)


def _statement(demo: Demo, paid: Agreement) -> bytes:
    """One that quotes its reference, one that only names itself, and a fee of the bank."""
    owed = paid.receivable
    if owed is None:
        return b""
    on = clock.local(demo.at - timedelta(days=1), demo.conference.timezone).date()
    rows = [
        HEAD,
        f"{on:%d.%m.%Y};{owed.balance.amount};Rampenlicht GmbH;{owed.reference};EUR",
        f"{on:%d.%m.%Y};5950,00;SOFFITTE SYSTEMS AG;Sponsoring Seitenbuehne;EUR",
        f"{on:%d.%m.%Y};-7,90;;Kontofuehrung;EUR",
    ]
    return "\n".join(rows).encode()


def _keep_promises(demo: Demo, paid: Agreement) -> None:
    """Some of what was promised is arranged, and some is done."""
    head = demo.people[LOGINS[0][1]]
    for benefit in db.session.scalars(promises.benefits_of(paid)):
        if benefit.kind.value == "talk":
            benefits.claim(benefit, "Repairing light: what we learnt", by=None, at=demo.at)
            benefits.schedule(benefit, demo.conference.starts_on, by=head, at=demo.at)
