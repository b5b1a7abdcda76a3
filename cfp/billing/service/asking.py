"""Invoices are asked for, and taken back as a whole, in a request; the worker issues them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.billing import kept, queries
from cfp.billing.bundle import checked
from cfp.billing.document import (
    Change,
    Document,
    Kind,
    Line,
    Means,
    Party,
    Payment,
    Period,
    References,
)
from cfp.billing.models import Draft, Invoice, InvoiceKind, Receivable, Seller
from cfp.billing.service import claims
from cfp.billing.service.speaking import in_words
from cfp.billing.terms import due_date
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.people.models import Person

ISSUE = "billing.issue"
UNNUMBERED = "0"
TAKEN_BACK_BY = {Kind.SELF_BILLED: Kind.SELF_BILLED_CANCELLATION}
NO_REFERENCES = References()


@dataclass(frozen=True)
class Wanted:
    """What a seller of things wants invoiced; the rest follows from the edition and its seller."""

    buyer: Party
    lines: Sequence[Line]
    language: str = "de"
    changes: Sequence[Change] = ()
    references: References = NO_REFERENCES
    notes: Sequence[str] = ()
    supplied: date | None = None
    period: Period | None = None  # neither: the days of the edition
    due_on: date | None = None  # none: the seller's terms, counted from the day of issue
    means: Means = Means.SEPA_TRANSFER
    prepaid_cents: int = 0
    prepaid_note: str = ""


def get_seller(conference_id: int) -> Seller:
    found = db.session.scalar(queries.seller(conference_id))
    if found is None:
        raise Refused(_("Say first who issues the invoices: Money, then Seller."))
    return found


def ask_invoice(
    receivable: Receivable,
    wanted: Wanted,
    at: datetime,
    *,
    by: Person | None = None,
    source: str | None = None,
) -> Draft:
    """Ask for an invoice over what is owed; the worker issues it in a moment.

    Everything that the law wants is checked now, so that `Refused` reaches the person who asks.
    The same ``source`` asks once: what it named before is returned, unless that was cancelled.
    """
    known, source = asked_before(source)
    if known is not None:
        return known
    seller = get_seller(receivable.conference_id)
    document = _document(receivable, seller, wanted, at)
    with in_words():
        totals = checked(document)
    if totals.due <= 0:
        document = replace(document, due=None)  # nothing is left to be paid by any day
    draft = Draft(
        conference_id=receivable.conference_id,
        receivable=receivable,
        source=source,
        content=kept.stored(document),
        due_on=wanted.due_on,
        asked_at=at,
        by=by,
    )
    return put_in_line(draft, at, by)


def asked_before(source: str | None) -> tuple[Draft | None, str | None]:
    """What stands under this name already, or the name under which it is asked for (anew)."""
    known = db.session.scalar(queries.newest_draft_from(source)) if source else None
    if known is None:
        return None, source
    return (None, f"{source}#{known.id}") if _was_taken_back(known) else (known, source)


def _was_taken_back(draft: Draft) -> bool:
    issued = db.session.scalar(queries.issued_from(draft.id))
    if issued is None:
        return False
    cancelling = db.session.scalar(queries.draft_from(f"cancel:{issued.code}"))
    return cancelling is not None and _is_issued(cancelling)


def _is_issued(draft: Draft) -> bool:
    return db.session.scalar(queries.issued_from(draft.id)) is not None


def ask_cancellation(
    invoice: Invoice, at: datetime, *, why: str, by: Person | None = None
) -> Draft:
    """Take an issued invoice back by a document of its own (type 381). Once."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        raise Refused(_("A cancellation is not cancelled; issue the invoice again."))
    source = f"cancel:{invoice.code}"
    known = db.session.scalar(queries.draft_from(source))
    if known is not None:
        return known
    original = invoice.document
    document = replace(
        original,
        kind=TAKEN_BACK_BY.get(original.kind, Kind.CANCELLATION),
        number=UNNUMBERED,
        references=replace(original.references, invoices=((invoice.number, invoice.issued_on),)),
        notes=(why,) if why else (),
        payment=Payment(means=Means.BARTER),  # set off or paid back, and not to our account
        prepaid=Decimal(0),
        prepaid_note="",
        terms="",
        early=(),
        due=None,
    )
    claims.drop(invoice, f"{invoice.number} is cancelled", at, by=by)
    draft = Draft(
        conference_id=invoice.conference_id,
        receivable_id=invoice.receivable_id,
        kind=InvoiceKind.CREDIT_NOTE,
        cancels=invoice.code,
        self_billed=invoice.self_billed,
        source=source,
        content=kept.stored(document),
        asked_at=at,
        by=by,
    )
    return put_in_line(draft, at, by)


def take_back(draft: Draft, at: datetime, *, why: str, by: Person | None = None) -> None:
    """Whatever was asked for is not to be owed: unasked before it is issued, cancelled after."""
    waiting = db.session.scalars(queries.draft_to_issue(draft.id)).one_or_none()
    if waiting is None:
        return
    issued = db.session.scalar(queries.issued_from(draft.id))
    if issued is not None:
        ask_cancellation(issued, at, why=why, by=by)
    else:
        db.session.delete(waiting)
        db.session.flush()


def put_in_line(draft: Draft, at: datetime, by: Person | None) -> Draft:
    """Keep what was asked for and let the worker issue it; of one source once."""
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError:  # two clicks in one moment
        known = db.session.scalar(queries.draft_from(draft.source or ""))
        if known is None:
            raise
        return known
    jobs.ask(ISSUE, by=by, at=at, conference_id=draft.conference_id, draft_id=draft.id)
    return draft


def _document(receivable: Receivable, seller: Seller, wanted: Wanted, at: datetime) -> Document:
    edition = receivable.conference
    period = wanted.period
    if period is None and wanted.supplied is None:
        period = Period(edition.starts_on, edition.ends_on)
    today = clock.local(at, edition.timezone).date()
    return Document(
        number=UNNUMBERED,
        issued=today,
        seller=seller.party,
        buyer=wanted.buyer,
        lines=tuple(wanted.lines),
        currency=receivable.currency,
        language=wanted.language,
        changes=tuple(wanted.changes),
        prepaid=Decimal(wanted.prepaid_cents).scaleb(-2),
        prepaid_note=wanted.prepaid_note,
        supplied=wanted.supplied,
        period=period,
        due=wanted.due_on or due_date(today, edition.starts_on, seller.net_days),
        payment=Payment(
            means=wanted.means,
            iban=seller.iban,
            bic=seller.bic,
            holder=seller.account_holder,
            reference=receivable.reference,
        ),
        references=wanted.references,
        notes=tuple(wanted.notes),
        small_business=seller.small_business,
    )
