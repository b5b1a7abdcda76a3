"""What the treasurer hands on: revenue by month, taxes by rate, what is open, and the documents."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cfp import clock
from cfp.billing import ageing, queries
from cfp.billing.models import Invoice, InvoiceKind
from cfp.billing.service.claims import OpenInvoice, open_invoices
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import Table, amount, as_csv

INVOICES = (
    *("number", "kind", "issued", "due", "buyer", "country", "vat_id", "currency"),
    *("net", "tax", "gross", "cancels"),
)
TAXES = ("category", "rate", "basis", "tax")
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """Cents of one month, or of one rate; what was cancelled counts below zero."""

    name: str
    rate: str
    net: int
    tax: int

    @property
    def gross(self) -> int:
        return self.net + self.tax


def sign(kind: InvoiceKind) -> int:
    return -1 if kind is InvoiceKind.CREDIT_NOTE else 1


def revenue(conference_id: int, first: date, last: date) -> list[Row]:
    """Net and tax by month of issue."""
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, issued_on, net, tax in db.session.execute(
        queries.amounts_between(conference_id, first, last)
    ):
        months[f"{issued_on:%Y-%m}"][0] += sign(kind) * net
        months[f"{issued_on:%Y-%m}"][1] += sign(kind) * tax
    return [Row(month, "", net, tax) for month, (net, tax) in sorted(months.items())]


def taxes(conference_id: int, first: date, last: date, *, self_billed: bool = False) -> list[Row]:
    """Basis and tax of each category and rate, the highest rate first: of sales, or self-billed."""
    rates: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, category, rate, basis, tax in db.session.execute(
        queries.taxes_between(conference_id, first, last, self_billed=self_billed)
    ):
        rates[category, rate][0] += sign(kind) * basis
        rates[category, rate][1] += sign(kind) * tax
    order = sorted(rates.items(), key=lambda item: (-Decimal(item[0][1]), item[0][0]))
    return [Row(category, rate, net, tax) for (category, rate), (net, tax) in order]


def aged(conference: Conference, at: datetime) -> tuple[list[OpenInvoice], list[int]]:
    """What is open, the oldest first, and the sum of each age."""
    today = clock.local(at, conference.timezone).date()
    found = open_invoices(conference.id)
    sums = ageing.sums(((each.invoice.due_on, each.open_cents) for each in found), today)
    return found, sums


def ageing_table(conference: Conference, at: datetime) -> Table:
    """What is open, one row an invoice."""
    today = clock.local(at, conference.timezone).date()
    found, _sums = aged(conference, at)
    rows = [
        (
            each.invoice.number,
            each.invoice.buyer,
            each.invoice.issued_on,
            each.invoice.due_on,
            each.days_late(today),
            each.invoice.currency,
            amount(each.invoice.gross_cents),
            amount(each.open_cents),
        )
        for each in found
    ]
    head = ("number", "buyer", "issued", "due", "days_late", "currency", "gross", "open")
    return Table("late", head, rows)


def revenue_table(conference_id: int, first: date, last: date) -> Table:
    rows = [
        (row.name, amount(row.net), amount(row.tax), amount(row.gross))
        for row in revenue(conference_id, first, last)
    ]
    return Table("revenue", ("month", "net", "tax", "gross"), rows)


def tax_table(conference_id: int, first: date, last: date) -> Table:
    return Table("taxes", TAXES, _rates(taxes(conference_id, first, last)))


def input_tax_table(conference_id: int, first: date, last: date) -> Table:
    """The same of what was self-billed."""
    return Table("input-taxes", TAXES, _rates(taxes(conference_id, first, last, self_billed=True)))


def _rates(found: list[Row]) -> list[tuple[Any, ...]]:
    return [(row.name, row.rate, amount(row.net), amount(row.tax)) for row in found]


def invoice_table(conference_id: int, first: date, last: date) -> Table:
    """One row a document; credit notes below zero."""
    return Table("invoices", INVOICES, _documents(conference_id, first, last, self_billed=False))


def self_billed_table(conference_id: int, first: date, last: date) -> Table:
    """One row a document that we wrote in the name of whoever gave something in kind."""
    head = tuple("supplier" if name == "buyer" else name for name in INVOICES)
    return Table("self-billed", head, _documents(conference_id, first, last, self_billed=True))


def _documents(
    conference_id: int, first: date, last: date, *, self_billed: bool
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    wanted = queries.issued_between(conference_id, first, last, self_billed=self_billed)
    for each in db.session.scalars(wanted):
        factor = sign(each.kind)
        rows.append(
            (
                each.number,
                each.kind.value,
                each.issued_on,
                each.due_on,
                each.buyer,
                each.country,
                each.vat_id,
                each.currency,
                amount(factor * each.net_cents),
                amount(factor * each.tax_cents),
                amount(factor * each.gross_cents),
                each.cancels.number if each.cancels else "",
            )
        )
    return rows


def period_archive(conference_id: int, first: date, last: date) -> bytes:
    """A period as one file: the table, the taxes, and every document as PDF and XML."""
    target, period = io.BytesIO(), (conference_id, first, last)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in (invoice_table(*period), tax_table(*period), *_of_suppliers(*period)):
            _write(archive, f"{table.name}.csv", as_csv(table).encode())
        for invoice in _issued(conference_id, first, last):
            kept = invoice.archive
            _write(archive, f"{invoice.number}.pdf", kept.pdf)
            _write(archive, f"{invoice.number}.xml", kept.en16931)
            if kept.xrechnung:
                _write(archive, f"{invoice.number}-xrechnung.xml", kept.xrechnung)
            db.session.expire(kept)  # one document in memory, not all
    return target.getvalue()


def _of_suppliers(conference_id: int, first: date, last: date) -> list[Table]:
    """What was self-billed, if anything was."""
    listed = self_billed_table(conference_id, first, last)
    return [listed, input_tax_table(conference_id, first, last)] if listed.rows else []


def _issued(conference_id: int, first: date, last: date) -> list[Invoice]:
    return [
        invoice
        for self_billed in (False, True)
        for invoice in db.session.scalars(
            queries.issued_between(conference_id, first, last, self_billed=self_billed)
        ).all()
    ]


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    safe = name.replace("/", "-").replace("\\", "-")
    archive.writestr(zipfile.ZipInfo(safe, EPOCH), data)
