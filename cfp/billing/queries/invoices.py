"""Questions about what was invoiced."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.billing.models import Archive, Draft, Invoice, InvoiceKind, InvoiceTax, NumberRange, Seller


def seller(conference_id: int) -> sa.Select[Seller]:
    return sa.select(Seller).where(Seller.conference_id == conference_id)


def draft_from(source: str) -> sa.Select[Draft]:
    """What was asked for under this name."""
    return sa.select(Draft).where(Draft.source == source)


def newest_draft_from(source: str) -> sa.Select[Draft]:
    """The same, or what was asked for in its place after that was taken back."""
    again = Draft.source.startswith(f"{source}#", autoescape=True)
    return sa.select(Draft).where(sa.or_(Draft.source == source, again)).order_by(Draft.id.desc())


def draft_to_issue(draft_id: int) -> sa.Select[Draft]:
    """The draft, held until the transaction ends, so that one worker issues it."""
    select = sa.select(Draft).where(Draft.id == draft_id)
    return select.with_for_update(of=Draft).execution_options(populate_existing=True)


def issued_from(draft_id: int) -> sa.Select[Invoice]:
    return sa.select(Invoice).where(Invoice.draft_id == draft_id)


def id_of(code: str) -> sa.Select[int]:
    return sa.select(Invoice.id).where(Invoice.code == code)


def range_id(conference_id: int, name: str) -> sa.Select[int]:
    return sa.select(NumberRange.id).where(
        NumberRange.conference_id == conference_id, NumberRange.name == name
    )


def chain_before(number_range: int, sequence: int) -> sa.Select[str]:
    """The link of the chain that the next one hangs on."""
    return (
        sa.select(Archive.chain)
        .join(Invoice)
        .where(Invoice.range_id == number_range, Invoice.sequence == sequence - 1)
    )


def invoices(conference_id: int) -> sa.Select[Invoice]:
    """All that was issued in an edition, the newest first."""
    return (
        sa.select(Invoice)
        .where(Invoice.conference_id == conference_id)
        .order_by(Invoice.issued_at.desc(), Invoice.id.desc())
    )


def invoices_of(receivable_id: int) -> sa.Select[Invoice]:
    """What was issued over one receivable, in the order of issue."""
    return sa.select(Invoice).where(Invoice.receivable_id == receivable_id).order_by(Invoice.id)


def drafts_waiting(conference_id: int) -> sa.Select[Draft]:
    """What was asked for and is not issued yet."""
    issued = sa.select(Invoice.id).where(Invoice.draft_id == Draft.id)
    return (
        sa.select(Draft)
        .where(Draft.conference_id == conference_id, ~issued.exists())
        .order_by(Draft.id)
    )


def ranges() -> sa.Select[int, int]:
    """(id, last number) of every range."""
    return sa.select(NumberRange.id, NumberRange.last)


def in_order() -> sa.Select[Invoice]:
    """Everything that was issued, range by range, number by number, read as a stream."""
    return (
        sa.select(Invoice)
        .order_by(Invoice.range_id, Invoice.sequence)
        .execution_options(yield_per=50)
    )


def _between(
    conference_id: int, first: date, last: date, *, self_billed: bool
) -> sa.ColumnElement[bool]:
    return sa.and_(
        Invoice.conference_id == conference_id,
        Invoice.issued_on.between(first, last),
        Invoice.self_billed == self_billed,
    )


def amounts_between(
    conference_id: int, first: date, last: date
) -> sa.Select[InvoiceKind, date, int, int]:
    """(kind, day, net, tax) of everything that was sold in a period."""
    return sa.select(Invoice.kind, Invoice.issued_on, Invoice.net_cents, Invoice.tax_cents).where(
        _between(conference_id, first, last, self_billed=False)
    )


def taxes_between(
    conference_id: int, first: date, last: date, *, self_billed: bool = False
) -> sa.Select[InvoiceKind, str, str, int, int]:
    """(kind, category, rate, basis, tax) of every rate of what was sold, or self-billed."""
    columns = (InvoiceTax.category, InvoiceTax.rate, InvoiceTax.basis_cents, InvoiceTax.tax_cents)
    return (
        sa.select(Invoice.kind, *columns)
        .join(InvoiceTax, InvoiceTax.invoice_id == Invoice.id)
        .where(_between(conference_id, first, last, self_billed=self_billed))
    )


def issued_between(
    conference_id: int, first: date, last: date, *, self_billed: bool = False
) -> sa.Select[Invoice]:
    """Every document of a period in the order of issue: what was sold, or self-billed."""
    return (
        sa.select(Invoice)
        .where(_between(conference_id, first, last, self_billed=self_billed))
        .options(joinedload(Invoice.cancels))
        .order_by(Invoice.issued_at, Invoice.id)
    )


def invoice(conference_id: int, code: str) -> sa.Select[Invoice]:
    return sa.select(Invoice).where(Invoice.conference_id == conference_id, Invoice.code == code)
