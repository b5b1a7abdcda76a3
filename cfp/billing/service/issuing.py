"""The worker issues an invoice: lock, number, render, hash, in one transaction."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.billing import kept, queries
from cfp.billing.bundle import Bundle, make
from cfp.billing.document import Document
from cfp.billing.einvoice import Profile
from cfp.billing.models import (
    Archive,
    CreditNote,
    Draft,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceTax,
    NumberRange,
    Seller,
)
from cfp.billing.service.asking import get_seller
from cfp.billing.terms import due_date
from cfp.billing.totals import Totals
from cfp.db import db

RANGES = {
    (InvoiceKind.INVOICE, False): ("invoices", ""),
    (InvoiceKind.CREDIT_NOTE, False): ("credit notes", "S"),
    (InvoiceKind.INVOICE, True): ("self-billed", "G"),
    (InvoiceKind.CREDIT_NOTE, True): ("self-billed credit notes", "GS"),
}


def issue(draft_id: int, at: datetime, *, render: Callable[..., Bundle] = make) -> Invoice:
    """Lock, number, render, hash: to be called inside one transaction, by the worker alone.

    Whoever comes second finds what the first has issued. When rendering fails, nothing of it
    remains, the number included.
    """
    draft = db.session.scalars(queries.draft_to_issue(draft_id)).one()
    known = db.session.scalar(queries.issued_from(draft_id))
    if known is not None:
        return known
    seller = get_seller(draft.conference_id)
    found = _next_number(draft, seller)
    document = _numbered(draft, found, seller, at)
    logo = ""
    if seller.logo and not draft.self_billed:  # of whoever the document speaks for
        logo = "data:image/png;base64," + base64.b64encode(seller.logo).decode()
    made = render(document, at=at, profile=Profile.EN16931, logo=logo)
    invoice = _invoice(draft, found, document, made.totals, at)
    db.session.add(invoice)
    db.session.flush()
    db.session.add(_archived(invoice, made))
    draft.error = ""
    db.session.flush()
    return invoice


def _next_number(draft: Draft, seller: Seller) -> NumberRange:
    """The range with its next number taken; its row stays locked until the transaction ends."""
    name, letter = RANGES[draft.kind, draft.self_billed]
    prefix = (seller.prefix or f"{draft.conference.slug.upper()}-") + letter
    range_id = db.session.scalar(queries.range_id(draft.conference_id, name))
    if range_id is None:
        made = NumberRange(conference_id=draft.conference_id, name=name, prefix=prefix)
        try:
            with db.session.begin_nested():
                db.session.add(made)
                db.session.flush()
        except IntegrityError:  # another worker began it in the same moment
            pass
        range_id = db.session.scalar(queries.range_id(draft.conference_id, name))
    taken = (
        sa.update(NumberRange)
        .where(NumberRange.id == range_id)
        .values(last=NumberRange.last + 1)
        .returning(NumberRange)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(taken).one()


def _numbered(draft: Draft, found: NumberRange, seller: Seller, at: datetime) -> Document:
    """The document with what only the moment of issue knows."""
    document, edition = draft.document, draft.conference
    today = clock.local(at, edition.timezone).date()
    due = draft.due_on or due_date(today, edition.starts_on, seller.net_days)
    is_invoice = draft.kind is InvoiceKind.INVOICE
    return replace(
        document,
        number=f"{found.prefix}{found.last:04d}",
        issued=today,
        due=max(due, today) if is_invoice and document.due is not None else None,
    )


def _invoice(
    draft: Draft, found: NumberRange, document: Document, totals: Totals, at: datetime
) -> Invoice:
    make_it = Invoice if draft.kind is InvoiceKind.INVOICE else CreditNote
    other = document.seller if draft.self_billed else document.buyer
    cancels_id = draft.cancels and db.session.scalars(queries.id_of(draft.cancels)).one()
    return make_it(
        conference_id=draft.conference_id,
        receivable_id=draft.receivable_id,
        draft=draft,
        cancels_id=cancels_id,
        range_id=found.id,
        sequence=found.last,
        number=document.number,
        issued_on=document.issued,
        issued_at=at,
        due_on=document.due if totals.due > 0 else None,
        self_billed=draft.self_billed,
        buyer=other.name,
        country=other.country,
        vat_id=other.vat_id,
        currency=document.currency,
        net_cents=_cents(totals.net),
        tax_cents=_cents(totals.tax),
        gross_cents=_cents(totals.gross),
        prepaid_cents=_cents(totals.prepaid),
        content=kept.stored(document),
        by_id=draft.by_id,
        lines=[
            InvoiceLine(
                position=position,
                name=total.line.name,
                quantity=f"{total.line.quantity:f}",
                price=f"{total.price:f}",
                category=total.line.category,
                rate=f"{total.line.rate.normalize():f}",
                net_cents=_cents(total.net),
            )
            for position, total in enumerate(totals.lines, 1)
        ],
        taxes=[
            InvoiceTax(
                category=rate.category,
                rate=f"{rate.rate.normalize():f}",
                basis_cents=_cents(rate.basis),
                tax_cents=_cents(rate.tax),
            )
            for rate in totals.rates
        ],
    )


def _archived(invoice: Invoice, made: Bundle) -> Archive:
    previous = db.session.scalar(queries.chain_before(invoice.range_id, invoice.sequence)) or ""
    archive = Archive(
        invoice_id=invoice.id,
        pdf=made.pdf,
        en16931=made.en16931,
        xrechnung=made.xrechnung,
        previous=previous,
    )
    archive.chain = link(invoice, archive)
    return archive


def link(invoice: Invoice, archive: Archive) -> str:
    """The hash of a link of the chain: its range, the one before, the number, every byte issued."""
    parts = (archive.pdf, archive.en16931, archive.xrechnung or b"")
    digests = [hashlib.sha256(part).hexdigest() for part in parts]
    said = [str(invoice.range_id), archive.previous, invoice.number, *digests]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))
