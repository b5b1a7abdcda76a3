"""The dossier of an unpaid claim: agreement, documents, letters, money and history in one file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale

from cfp import clock
from cfp.billing import queries as billing
from cfp.billing.models import Invoice
from cfp.billing.service.claims import OpenInvoice, find_standing, open_invoices
from cfp.billing.service.history import history
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.mail.models import Message
from cfp.paper import to_pdf
from cfp.people.models import Person
from cfp.sheets import Table, amount, as_csv
from cfp.sponsors import queries
from cfp.sponsors.models import Agreement, Dossier, Paper

GATHER = "sponsors.dossier"
EPOCH = (1980, 1, 1, 0, 0, 0)


def ask(invoice: Invoice, *, by: Person, at: datetime) -> None:
    """The worker gathers it in a moment."""
    jobs.ask(GATHER, by=by, at=at, conference_id=invoice.conference_id, invoice_id=invoice.id)


def find(invoice: Invoice) -> Dossier | None:
    found: Dossier | None = db.session.scalar(
        sa.select(Dossier).where(Dossier.invoice_id == invoice.id)
    )
    return found


def keep(invoice: Invoice, data: bytes, at: datetime) -> Dossier:
    """The newest takes the place of the one before."""
    dossier = find(invoice) or Dossier(invoice_id=invoice.id)
    dossier.data, dossier.sha256, dossier.made_at = data, hashlib.sha256(data).hexdigest(), at
    db.session.add(dossier)
    db.session.flush()
    return dossier


def gathered(invoice: Invoice, at: datetime) -> bytes:
    """The archive. For the worker."""
    agreement = agreement_of(invoice)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"0-summary.pdf": _summary(invoice, agreement, at)}
        files |= dict(_documents(invoice))
        files |= dict(_papers(agreement))
        files |= dict(_letters(invoice))
        files["4-money.csv"] = _money(invoice).encode()
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("/", "-"), EPOCH), data)
    return target.getvalue()


def agreement_of(invoice: Invoice) -> Agreement | None:
    wanted = sa.select(Agreement).where(Agreement.receivable_id == invoice.receivable_id)
    found: Agreement | None = db.session.scalar(wanted)
    return found


def _documents(invoice: Invoice) -> Iterator[tuple[str, bytes]]:
    for each in db.session.scalars(billing.invoices_of(invoice.receivable_id)):
        yield f"1-{each.number}.pdf", each.archive.pdf
        yield f"1-{each.number}.xml", each.archive.en16931


def _papers(agreement: Agreement | None) -> Iterator[tuple[str, bytes]]:
    if agreement is not None:
        kept: list[Paper] = list(db.session.scalars(queries.papers(agreement)))
        for paper in kept:
            yield f"2-{paper.kind.value}.pdf", paper.data


def letters_of(invoice: Invoice) -> list[Message]:
    """What was written to the buyer about this invoice, in the order of time."""
    about = sa.or_(
        Message.key == f"invoice:{invoice.code}",
        Message.key.startswith(f"reminder:{invoice.code}:", autoescape=True),
    )
    return list(db.session.scalars(sa.select(Message).where(about).order_by(Message.id)))


def _letters(invoice: Invoice) -> Iterator[tuple[str, bytes]]:
    for number, letter in enumerate(letters_of(invoice), 1):
        sent = letter.sent_at.isoformat(timespec="seconds") if letter.sent_at else "-"
        head = f"To: {letter.to}\nSent: {sent}\nSubject: {letter.subject}\n\n"
        yield f"3-letter-{number}.txt", (head + letter.body + "\n").encode()


def _money(invoice: Invoice) -> str:
    entries = invoice.receivable.entries
    rows = [(e.at.isoformat(), e.kind.value, e.why, amount(e.owed)) for e in entries]
    return as_csv(Table("money", ("at", "kind", "why", "owed"), rows))


def _summary(invoice: Invoice, agreement: Agreement | None, at: datetime) -> bytes:
    """Who owes whom what, and how the interest came about."""
    conference = invoice.conference
    today = clock.local(at, conference.timezone).date()
    still = [one for one in open_invoices(conference.id) if one.invoice.id == invoice.id]
    found = still[0] if still else OpenInvoice(invoice, 0)
    with force_locale("de"):  # it goes to a German lawyer or court
        html = render_template(
            "sponsors/paper/dossier.html",
            invoice=invoice,
            document=invoice.document,
            agreement=agreement,
            standing=find_standing(found, today) if still else None,
            still=found,
            today=today,
            events=history(invoice),
            letters=letters_of(invoice),
            at=at.isoformat(timespec="seconds"),
        )
    return to_pdf(html)
