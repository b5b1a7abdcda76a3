"""Whether ranges have no gaps, the archive holds what was issued, and the rest says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import sqlalchemy as sa

from cfp.billing import queries
from cfp.billing.models import Archive, Invoice
from cfp.billing.service.issuing import link
from cfp.billing.totals import add_up
from cfp.db import db

ISSUED = ("invoice", "invoice_line", "invoice_tax", "archive")
GUARDS = {
    "sqlite": {
        *(f"{table}_no_{verb}" for table in (*ISSUED, "ledger_entry") for verb in ("update",)),
        *(f"{table}_no_delete" for table in (*ISSUED, "ledger_entry", "number_range")),
        *(f"{table}_no_replace" for table in (*ISSUED, "ledger_entry", "number_range")),
    },
    "postgresql": {
        *(f"{table}_never_changes" for table in (*ISSUED, "ledger_entry")),
        *(f"{table}_no_truncate" for table in (*ISSUED, "ledger_entry", "number_range")),
        "number_range_no_delete",
    },
}
EVERYWHERE = {"invoice_line_no_more", "invoice_tax_no_more", "number_range_counts"}
ASKED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def findings() -> list[str]:
    """A sentence for each gap and whatever was tampered with, over all editions; or none."""
    found = [*_guards()]
    last = dict(db.session.execute(queries.ranges()).all())
    issued = db.session.scalars(queries.in_order())
    for range_id, invoices in groupby(issued, key=lambda invoice: invoice.range_id):
        previous, expected = "", 0
        for invoice in invoices:
            expected += 1
            if invoice.sequence != expected:
                found.append(f"{invoice.number}: {expected} is missing before it.")
                expected = invoice.sequence
            archive: Archive | None = invoice.archive
            if archive is None:
                found.append(f"{invoice.number}: nothing was archived of it.")
                continue
            found += _one(invoice, archive, previous)
            previous = archive.chain
            db.session.expire(archive)  # its bytes: one document in memory, not all
        counted = last.pop(range_id, 0)
        if counted != expected:
            found.append(f"A range has issued {expected} and counts {counted}.")
    found += [f"A range counts {count} and has issued none." for count in last.values() if count]
    return found


def _guards() -> Iterator[str]:
    """What keeps the database from changing what was issued must be there."""
    dialect = db.engine.dialect.name
    there = set(db.session.scalars(sa.text(ASKED[dialect])))
    for name in sorted((GUARDS[dialect] | EVERYWHERE) - there):
        yield f"The database no longer guards what was issued: {name} is missing."


def _one(invoice: Invoice, archive: Archive, previous: str) -> Iterator[str]:
    if archive.previous != previous:
        yield f"{invoice.number}: the chain is broken before it."
    if archive.chain != link(invoice, archive):
        yield f"{invoice.number}: the archived bytes are not what was issued."
        return
    if not _says_the_same(invoice, archive.en16931):
        yield f"{invoice.number}: what is shown of it is not what was issued."


def _says_the_same(invoice: Invoice, xml: bytes) -> bool:
    """Whether the row, its lines and taxes, and the content all agree with the archived XML."""
    from cfp.billing.einvoice import reading  # noqa: PLC0415  (lxml: for the doctor alone)

    document = invoice.document
    try:
        issued = reading.of_xml(xml)
    except ValueError:
        return False
    shown = replace(
        issued,
        number=invoice.number,
        issued=f"{invoice.issued_on:%Y%m%d}",
        **{"seller" if invoice.self_billed else "buyer": invoice.buyer},
        currency=invoice.currency,
        gross=_euros(invoice.gross_cents),
        prepaid=_euros(invoice.prepaid_cents),
        lines=tuple(
            (line.name, Decimal(line.quantity), _euros(line.net_cents)) for line in invoice.lines
        ),
        taxes=tuple(
            sorted(
                ((tax.category, _euros(tax.basis_cents), _euros(tax.tax_cents)))
                for tax in invoice.taxes
            )
        ),
    )
    issued = replace(issued, taxes=tuple(sorted(issued.taxes)))
    kept = reading.of_document(document, add_up(document))
    return shown == issued == replace(kept, taxes=tuple(sorted(kept.taxes)))


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
