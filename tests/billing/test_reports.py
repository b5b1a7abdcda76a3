"""Reports equal a recomputation from the raw rows, to the cent."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing import service
from cfp.billing.ageing import bucket, open_of, sums
from cfp.billing.document import Line
from cfp.billing.models import EntryKind, Invoice, LedgerEntry, Method
from cfp.billing.service import reports
from cfp.billing.totals import add_up
from cfp.db import db as database
from tests.billing.made import make_invoice, make_seller, plain

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
DAY = timedelta(days=1)


@pytest.fixture
def edition(db, now):
    """Six invoices over three months, two rates, one cancelled, one paid, one paid in part."""
    seller = make_seller()
    made = []
    for n in range(6):
        lines = (
            Line("Stand", Decimal(1), Decimal("99.99") * (n + 1), Decimal(19)),
            Line("Buch", Decimal(3), Decimal("7.0712"), Decimal(7)),
        )
        at = now + n * 14 * DAY
        invoice = make_invoice(at, seller, lines=lines)
        service.charge(invoice.receivable, invoice.gross_cents - 11900 or 1, at, why="rest")
        made.append(invoice)
    draft = service.ask_cancellation(made[0], now + DAY, why="")
    service.issue(draft.id, now + DAY, render=plain)
    for invoice, cents in ((made[1], made[1].gross_cents), (made[2], 5000)):
        service.move_money(
            invoice.receivable, EntryKind.PAYMENT, cents, Method.TRANSFER, now, source=invoice.code
        )
    return seller.conference


def test_revenue_and_taxes_equal_the_documents(edition):
    months, rates = Counter(), Counter()
    for invoice in database.session.scalars(sa.select(Invoice)):
        totals = add_up(invoice.document)
        sign = -1 if invoice.document.kind.value == "381" else 1
        months[f"{invoice.issued_on:%Y-%m}", "net"] += sign * int(totals.net * 100)
        months[f"{invoice.issued_on:%Y-%m}", "tax"] += sign * int(totals.tax * 100)
        for rate in totals.rates:
            rates[str(rate.rate), "basis"] += sign * int(rate.basis * 100)
            rates[str(rate.rate), "tax"] += sign * int(rate.tax * 100)
    found = reports.revenue(edition.id, *YEAR)
    assert len(found) == 3
    assert all(
        (row.net, row.tax) == (months[row.name, "net"], months[row.name, "tax"]) for row in found
    )
    taxed = reports.taxes(edition.id, *YEAR)
    assert [row.rate for row in taxed] == ["19", "7"]
    assert all(
        (row.net, row.tax) == (rates[row.rate, "basis"], rates[row.rate, "tax"]) for row in taxed
    )
    assert sum(row.gross for row in found) == sum(row.gross for row in taxed)


def test_what_is_open_equals_the_ledger(edition, now):
    found, aged = reports.aged(edition, now + 90 * DAY)
    balance = Counter()
    for entry in database.session.scalars(sa.select(LedgerEntry)):
        balance[entry.receivable_id] += entry.owed
    cancelled = {each.cancels_id for each in database.session.scalars(sa.select(Invoice))}
    by_hand = {
        invoice.id: balance[invoice.receivable_id]
        for invoice in database.session.scalars(sa.select(Invoice))
        if invoice.id not in cancelled and invoice.cancels_id is None
    }
    assert {each.invoice.id: each.open_cents for each in found} == {
        key: cents for key, cents in by_hand.items() if cents > 0
    }
    assert sum(aged) == sum(by_hand.values())


@given(st.lists(st.integers(0, 10**6), max_size=6), st.integers(-(10**6), 10**7))
def test_what_was_paid_has_paid_the_earliest_first(grosses, balance):
    found = open_of(grosses, balance)
    assert sum(found) == max(min(balance, sum(grosses)), 0)
    assert all(0 <= part <= gross for part, gross in zip(found, grosses, strict=True))
    partly = [n for n, part in enumerate(found) if part < grosses[n]]
    assert all(found[n] == 0 for n in partly[:-1])


@given(st.lists(st.tuples(st.integers(-100, 400), st.integers(1, 10**6)), max_size=20))
def test_no_debt_falls_between_two_ages(debts):
    today = date(2027, 6, 1)
    rows = [(today - timedelta(days=n), cents) for n, cents in debts]
    assert sum(sums(rows, today)) == sum(cents for _, cents in debts)


@pytest.mark.parametrize(
    ("days", "age"), [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_ages_end_with_their_last_day(days, age):
    today = date(2027, 6, 1)
    assert bucket(today - timedelta(days=days), today) == age
