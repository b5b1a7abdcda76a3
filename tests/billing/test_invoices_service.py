"""An invoice is asked for, issued once, taken back as a whole, and never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing import kept, queries, service, tasks
from cfp.billing.models import (
    Archive,
    CreditNote,
    Draft,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceTax,
    NumberRange,
)
from cfp.billing.service.doctor import findings
from cfp.billing.terms import due_date
from cfp.billing.totals import add_up
from cfp.db import db as database
from cfp.errors import Refused
from cfp.jobs.models import JobRun, RunState
from cfp.jobs.service import run_waiting
from cfp.mail.models import Message
from tests.billing.made import (
    BUYER,
    make_draft,
    make_invoice,
    make_receivable,
    make_seller,
    plain,
    wanted,
)
from tests.billing.scenarios import SCENARIOS
from tests.visitor import rows

ISSUED = (Invoice, InvoiceLine, InvoiceTax, Archive)


def test_numbers_count_from_one_in_each_edition(db, now):
    seller = make_seller()
    numbers = [make_invoice(now, seller).number for _ in range(3)]
    assert numbers == ["FB27-0001", "FB27-0002", "FB27-0003"]
    assert make_invoice(now, make_seller(prefix="BB-")).number == "BB-0001"


def test_an_issued_invoice_says_what_was_asked_for(db, now):
    invoice = make_invoice(now)
    assert (invoice.net_cents, invoice.tax_cents, invoice.gross_cents) == (10000, 1900, 11900)
    assert invoice.issued_on == date(2027, 1, 15)
    assert invoice.due_on == date(2027, 2, 14)
    assert invoice.document.payment.reference == invoice.receivable.reference
    assert [line.name for line in invoice.lines] == ["Sponsoring Gold"]
    assert [(tax.rate, tax.tax_cents) for tax in invoice.taxes] == [("19", 1900)]


def test_what_the_law_misses_is_said_to_the_person_who_asks(db, now):
    receivable = make_receivable(make_seller(), now)
    nobody = wanted(buyer=replace(BUYER, name=""))
    with pytest.raises(Refused):
        service.ask_invoice(receivable, nobody, now)
    assert rows(Draft) == 0


def test_without_a_seller_nothing_is_invoiced(db, now):
    seller = make_seller()
    receivable = make_receivable(seller, now)
    database.session.delete(seller)
    database.session.flush()
    with pytest.raises(Refused):
        service.ask_invoice(receivable, wanted(), now)


def test_asking_twice_from_one_source_asks_once(db, now):
    receivable = make_receivable(make_seller(), now)
    drafts = {
        service.ask_invoice(receivable, wanted(), now, source="order:ABC").id for _ in range(5)
    }
    assert len(drafts) == 1
    assert rows(JobRun) == 1


def test_issuing_twice_issues_once(db, now):
    draft = make_draft(now)
    first, second = (service.issue(draft.id, now, render=plain) for _ in range(2))
    assert first.id == second.id
    assert rows(Invoice) == 1


def test_the_worker_issues_what_was_asked_for(db, now):
    draft = make_draft(now)
    database.session.commit()
    assert run_waiting() == 1
    [invoice] = database.session.scalars(sa.select(Invoice)).all()
    assert invoice.draft_id == draft.id
    assert invoice.archive.pdf.startswith(b"%PDF")
    assert invoice.archive.en16931.startswith(b"<?xml")
    [run] = database.session.scalars(sa.select(JobRun)).all()
    assert (run.state, run.result["number"]) == (RunState.DONE, "FB27-0001")
    letter = database.session.scalars(sa.select(Message)).one()
    assert letter.to == BUYER.email
    assert [(one.name, one.data) for one in letter.attachments] == [
        ("FB27-0001.pdf", invoice.archive.pdf)
    ]


def test_what_cannot_be_printed_takes_no_number_and_says_why(db, now):
    draft = make_draft(now, buyer=replace(BUYER, name="ಕನ್ನಡ"))
    database.session.commit()
    run_waiting()
    assert rows(Invoice) == 0
    assert "cannot be printed" in database.session.get_one(Draft, draft.id).error
    assert database.session.scalar(sa.select(sa.func.max(NumberRange.last))) in {None, 0}
    assert tasks.issue  # the job by name


def test_a_rendering_that_fails_gives_its_number_back(db, now):
    seller = make_seller()
    first, second = make_draft(now, seller), make_draft(now, seller)
    database.session.commit()

    def broken(*_all, **_more):
        message = "out of paper"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        service.issue(first.id, now, render=broken)
    database.session.rollback()
    assert service.issue(second.id, now, render=plain).number == "FB27-0001"


def test_a_cancellation_is_a_document_of_its_own_with_positive_amounts(db, now):
    invoice = make_invoice(now)
    draft = service.ask_cancellation(invoice, now, why="Storno auf Wunsch")
    note = service.issue(draft.id, now + timedelta(days=1), render=plain)
    assert isinstance(note, CreditNote)
    assert (note.number, note.gross_cents, note.cancels) == ("FB27-S0001", 11900, invoice)
    assert note.document.kind.value == "381"
    assert note.document.references.invoices == (("FB27-0001", date(2027, 1, 15)),)
    assert invoice.cancelled_by == note


def test_an_invoice_is_cancelled_once_and_a_cancellation_never(db, now):
    invoice = make_invoice(now)
    drafts = {service.ask_cancellation(invoice, now, why="").id for _ in range(2)}
    assert len(drafts) == 1
    note = service.issue(drafts.pop(), now, render=plain)
    with pytest.raises(Refused):
        service.ask_cancellation(note, now, why="")


def test_what_was_issued_is_not_touched_by_later_edits(db, now):
    seller = make_seller()
    invoice = make_invoice(now, seller)
    database.session.commit()
    seller.name, seller.prefix = "Somebody else", "X-"
    database.session.commit()
    database.session.expire_all()
    again = database.session.get_one(Invoice, invoice.id)
    assert again.document.seller.name == "Beispiel Veranstaltungs GmbH"
    assert again.archive.pdf == b"PDF FB27-0001"
    assert make_invoice(now, seller).number == "FB27-0002"


@pytest.mark.parametrize("model", ISSUED, ids=lambda model: model.__tablename__)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_issued(db, now, model, verb):
    make_invoice(now)
    database.session.commit()
    table = model.__table__
    statement = sa.update(table).values(id=table.c.id) if verb == "update" else sa.delete(table)
    with pytest.raises(sa.exc.DatabaseError) as refused:
        database.session.execute(statement)
    assert "never changes" in str(refused.value)
    database.session.rollback()
    assert rows(model) == 1


def test_the_orm_cannot_change_it_either(db, now):
    invoice = make_invoice(now)
    database.session.commit()
    invoice.gross_cents, invoice.net_cents = 1, -1899
    with pytest.raises(sa.exc.DatabaseError):
        database.session.flush()
    database.session.rollback()
    database.session.delete(database.session.get_one(Archive, invoice.archive.id))
    with pytest.raises(sa.exc.DatabaseError):
        database.session.flush()
    database.session.rollback()


@pytest.mark.parametrize(
    "more",
    [
        {"position": 2, "name": "x", "quantity": "1", "price": "1", "category": "S", "rate": "19"},
    ],
)
def test_nothing_is_added_to_what_was_issued(db, now, more):
    invoice = make_invoice(now)
    database.session.commit()
    database.session.add(InvoiceLine(invoice_id=invoice.id, net_cents=1, **more))
    with pytest.raises(sa.exc.DatabaseError):
        database.session.flush()
    database.session.rollback()


@pytest.mark.parametrize("values", [{"last": 5}, {"last": 0}, {"prefix": "other"}])
def test_a_range_only_counts_up(db, now, values):
    make_invoice(now)
    database.session.commit()
    with pytest.raises(sa.exc.DatabaseError):
        database.session.execute(sa.update(NumberRange).values(**values))
    database.session.rollback()


def test_the_chain_holds_and_tells_of_a_broken_link(db, now):
    seller = make_seller()
    for _ in range(3):
        make_invoice(now, seller)
    assert findings() == []
    [first, second, third] = database.session.scalars(sa.select(Archive).order_by(Archive.id)).all()
    assert (second.previous, third.previous) == (first.chain, second.chain)
    with database.session.no_autoflush:
        second.pdf = b"forged"
        assert findings() == ["FB27-0002: the archived bytes are not what was issued."]
        database.session.rollback()


@pytest.mark.parametrize(
    ("issued", "net_days", "due"),
    [
        (date(2027, 1, 15), 30, date(2027, 2, 14)),
        (date(2027, 4, 20), 30, date(2027, 5, 5)),
        (date(2027, 5, 7), 30, date(2027, 5, 7)),
        (date(2027, 5, 20), 14, date(2027, 6, 3)),
    ],
)
def test_due_is_the_earlier_of_the_term_and_five_days_before_doors(issued, net_days, due):
    assert due_date(issued, date(2027, 5, 10), net_days) == due


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_document_is_kept_exactly(scenario):
    document = scenario.document
    assert kept.restored(kept.stored(document)) == document
    assert add_up(kept.restored(kept.stored(document))) == add_up(document)


@given(st.decimals(0, 10**6, allow_nan=False, places=6))
def test_a_price_is_kept_with_every_digit(price: Decimal):
    document = SCENARIOS[0].document
    line = replace(document.lines[0], price=price)
    changed = replace(document, lines=(line,))
    assert kept.restored(kept.stored(changed)) == changed


def test_questions_find_what_was_issued(db, now):
    invoice = make_invoice(now)
    waiting = make_draft(now)
    issued = database.session.scalars(queries.invoices(invoice.conference_id)).all()
    assert issued == [invoice]
    of_one = database.session.scalars(queries.invoices_of(invoice.receivable_id)).all()
    assert of_one == [invoice]
    drafts = database.session.scalars(queries.drafts_waiting(waiting.conference_id)).all()
    assert drafts == [waiting]
    assert invoice.kind is InvoiceKind.INVOICE
    assert invoice.issued_at == datetime(2027, 1, 15, 12, tzinfo=UTC)
