"""The treasurer's pages: what was issued, who is late, what the bank said."""

from __future__ import annotations

import csv
import importlib
import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl
import pytest
import sqlalchemy as sa
import time_machine

from cfp.access import Role
from cfp.billing import service
from cfp.billing.models import Allocation, BankEntry, Draft, Invoice, Pause, Seller
from cfp.billing.reference import spaced
from cfp.db import db as database
from cfp.people.passwords import hash_password
from tests.billing.bank_files import Move, camt
from tests.billing.made import BUYER, make_invoice, make_receivable, make_seller, plain
from tests.conftest import NOW
from tests.make import make_member
from tests.visitor import Visitor, rows

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today():
    with time_machine.travel(NOW + timedelta(days=40), tick=False) as traveller:
        yield traveller


@pytest.fixture
def seller(house):
    return make_seller()


@pytest.fixture
def treasurer(client, seller):
    return client(make_member(seller.conference, Role.TREASURER))


def url(seller, path=""):
    return f"/{seller.conference.slug}/team/money/{path}"


def text(visitor, address, **more):
    return visitor.get(address, **more).get_data(as_text=True)


def upload(data, name="statement.xml"):
    return {"file": (io.BytesIO(data), name)}


def test_empty_pages_say_what_to_do(treasurer, seller):
    assert "No invoice yet" in text(treasurer, url(seller))
    assert "No statement yet" in text(treasurer, url(seller, "bank/"))
    assert "Nobody owes anything" in text(treasurer, url(seller, "late/"))
    assert "Nothing was invoiced" in text(treasurer, url(seller, "reports/"))


def test_the_list_says_where_each_invoice_stands(treasurer, seller, now):
    late, paid = make_invoice(now, seller), make_invoice(now, seller)
    take = camt([Move(11900, spaced(paid.receivable.reference))])
    service.import_statement(seller.conference, "x", take, now)
    draft = service.ask_cancellation(make_invoice(now, seller), now, why="x")
    service.issue(draft.id, now, render=plain)
    page = text(treasurer, url(seller))
    assert all(number in page for number in (late.number, paid.number, "FB27-S0001"))
    assert late.number in text(treasurer, url(seller, "?state=late"))
    assert paid.number not in text(treasurer, url(seller, "?state=late"))
    assert paid.number in text(treasurer, url(seller, "?state=paid"))


def test_an_invoice_shows_its_history_and_gives_its_bytes(treasurer, seller, now):
    invoice = make_invoice(now, seller)
    here = url(seller, f"invoices/{invoice.code}/")
    assert "Issued" in text(treasurer, here)
    answer = treasurer.get(here + "pdf")
    assert answer.data == b"PDF FB27-0001"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="FB27-0001.pdf"'
    treasurer.get(here + "xrechnung", status=404)
    treasurer.get(here + "exe", status=404)


def test_an_invoice_of_another_edition_is_not_found(treasurer, seller, now):
    other = make_invoice(now, make_seller())
    treasurer.get(url(seller, f"invoices/{other.code}/"), status=404)
    treasurer.get(url(seller, f"invoices/{other.code}/pdf"), status=404)
    treasurer.post(url(seller, f"invoices/{other.code}/cancel"), {"why": "x"}, status=404)


def test_cancelling_needs_a_reason_and_asks_once(treasurer, seller, now):
    invoice = make_invoice(now, seller)
    here = url(seller, f"invoices/{invoice.code}/cancel")
    treasurer.post(here, status=422)
    for _ in range(2):
        treasurer.post(here, {"why": "Adresse falsch"})
    assert rows(Draft) == 2


def test_reminders_pause_and_go_on(treasurer, seller, now):
    invoice = make_invoice(now, seller)
    here = url(seller, f"invoices/{invoice.code}/")
    treasurer.post(here + "pause", {"why": ""}, status=422)
    treasurer.post(here + "pause", {"why": "wrong amount"})
    assert "In dispute: wrong amount" in text(treasurer, here)
    treasurer.post(here + "resume")
    assert rows(Pause) == 0


def test_a_statement_is_read_booked_and_undone(treasurer, seller, now):
    receivable = make_receivable(seller, now)
    bank = url(seller, "bank/")
    treasurer.post(bank, upload(camt([Move(11900, spaced(receivable.reference))])))
    page = text(treasurer, bank)
    assert receivable.reference in page
    booked = database.session.scalars(sa.select(Allocation)).one()
    treasurer.post(url(seller, f"bookings/{booked.code}/undo"))
    assert database.session.scalars(sa.select(Allocation)).one().undone_by is not None
    treasurer.post(url(seller, f"bookings/{booked.code}/undo"), status=409)


def test_a_proposal_is_confirmed_by_hand(treasurer, seller, now):
    receivable = make_receivable(seller, now)
    treasurer.post(url(seller, "bank/"), upload(camt([Move(11900, "Sponsoring")])))
    entry = database.session.scalars(sa.select(BankEntry)).one()
    here = url(seller, f"bank/{entry.code}/")
    assert receivable.reference in text(treasurer, here)
    treasurer.post(here + "book", {"on": "nothing", "amount": "119.00"}, status=422)
    treasurer.post(here + "book", {"on": receivable.reference, "amount": "120.00"}, status=422)
    treasurer.post(here + "book", {"on": receivable.code, "amount": "119.00"})
    assert rows(Allocation) == 1
    assert "Nothing waits" in text(treasurer, url(seller, "bank/"))


def test_a_movement_is_set_aside(treasurer, seller, now):
    treasurer.post(url(seller, "bank/"), upload(camt([Move(-500, "Gebühr")])))
    entry = database.session.scalars(sa.select(BankEntry)).one()
    here = url(seller, f"bank/{entry.code}/aside")
    treasurer.post(here, {"why": ""}, status=422)
    treasurer.post(here, {"why": "the bank's fee"})
    assert "Nothing waits" in text(treasurer, url(seller, "bank/"))


def test_whoever_signed_in_long_ago_types_the_password_before_a_statement_or_a_rate_is_read(
    house, seller, today
):
    person = make_member(seller.conference, Role.TREASURER)
    person.password_hash = hash_password("a long password")
    visitor, bank, moves = Visitor(house, person), url(seller, "bank/"), camt([Move(1)])
    today.shift(timedelta(minutes=31))
    assert "Your password" in text(visitor, bank)
    visitor.post(bank, upload(moves), status=422)
    visitor.post(bank, upload(moves) | {"password": "a wrong password"}, status=422)
    assert rows(BankEntry) == 0
    visitor.post(bank, upload(moves) | {"password": "a long password"})
    assert "Your password" not in text(visitor, bank)
    today.shift(timedelta(minutes=31))
    visitor.post(bank, upload(moves), status=422)
    rate = {"year": "2027", "half": "1", "percent": "1.27", "source": "Bundesbank"}
    visitor.post(url(seller, "late/"), rate | {"password": "a wrong password"}, status=422)
    assert "The base rate since" in text(visitor, url(seller, "late/"))


def test_who_has_no_password_signs_in_anew(house, seller, today):
    visitor = Visitor(house, make_member(seller.conference, Role.TREASURER))
    today.shift(timedelta(minutes=31))
    page = visitor.post(url(seller, "bank/"), upload(camt([Move(1)])), status=422)
    assert "sign in anew" in page.get_data(as_text=True)


@pytest.mark.parametrize("data", [b"", b"x", camt([Move(1)], closing=3)])
def test_a_broken_statement_is_refused_with_its_reason(treasurer, seller, data):
    treasurer.post(url(seller, "bank/"), upload(data), status=422)
    assert rows(BankEntry) == 0


def test_a_large_statement_is_for_the_command(treasurer, seller, monkeypatch):
    monkeypatch.setattr(importlib.import_module("cfp.billing.views.bank"), "MOST_BYTES", 100)
    answer = treasurer.post(url(seller, "bank/"), upload(camt([Move(1)])), status=422)
    assert "import-statement" in answer.get_data(as_text=True)


def test_what_is_late_stands_by_age_and_as_csv(treasurer, seller, now):
    invoice = make_invoice(now, seller)
    assert invoice.number in text(treasurer, url(seller, "late/"))
    lines = text(treasurer, url(seller, "tables/late.csv")).splitlines()
    assert (
        lines[1] == f"{invoice.number},Müller & Söhne AG,2027-01-15,2027-02-14,10,EUR,119.00,119.00"
    )


@pytest.mark.parametrize("section", ["late", "invoices", "revenue", "taxes"])
def test_every_table_is_had_as_a_spreadsheet_with_the_same_figures(treasurer, seller, now, section):
    make_invoice(now, seller, buyer=replace(BUYER, name='=HYPERLINK("http://example.org")'))
    address = url(seller, f"tables/{section}")
    period = "?first=2027-01-01&last=2027-12-31"
    plain = csv.reader(text(treasurer, f"{address}.csv{period}").lstrip("\ufeff").splitlines())
    book = openpyxl.load_workbook(io.BytesIO(treasurer.get(f"{address}.xlsx{period}").data))
    said = [[_as_text(one) for one in row] for row in book.active.iter_rows()]
    assert said == [*plain]
    assert all(one.data_type != "f" for row in book.active.iter_rows() for one in row)


def _as_text(one):
    """A cell as the other table writes it."""
    if isinstance(one.value, datetime):
        return one.value.date().isoformat()
    return f"{one.value:.2f}" if one.number_format == "0.00" else str(one.value or "")


def test_there_is_no_other_table_and_no_other_form(treasurer, seller):
    for wrong in ("late.pdf", "secrets.csv"):
        assert treasurer.browser.get(url(seller, f"tables/{wrong}")).status_code == 404


def test_a_base_rate_is_entered_with_its_source(treasurer, seller):
    late = url(seller, "late/")
    assert 'value="2027"' in text(treasurer, late)  # the half-year that is missing is filled in
    given = {"year": "2027", "half": "1", "percent": "1.27", "source": "Bundesbank"}
    treasurer.post(late, given | {"source": ""}, status=422)
    treasurer.post(late, given | {"half": "2"}, status=422)  # nobody can know it yet
    treasurer.post(late, given)
    assert "The base rate since" not in text(treasurer, late)
    treasurer.post(late, given | {"percent": "1.37"})
    page = text(treasurer, late)
    assert "1.37" in page
    assert page.count("corrected later") == 1


def test_a_period_is_taken_along_as_table_and_documents(treasurer, seller, now):
    invoice = make_invoice(now, seller)
    period = "?first=2027-01-01&last=2027-12-31"
    assert "119" in text(treasurer, url(seller, "reports/" + period))
    assert invoice.number in text(treasurer, url(seller, "tables/invoices.csv" + period))
    data = treasurer.get(url(seller, "invoices.zip" + period)).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["invoices.csv", "taxes.csv", "FB27-0001.pdf", "FB27-0001.xml"]
        assert archive.read("FB27-0001.pdf") == invoice.archive.pdf
    assert invoice.number not in text(
        treasurer, url(seller, "tables/invoices.csv?first=2028-01-01")
    )


def test_the_seller_is_described_and_checked(treasurer, seller):
    page = url(seller, "seller/")
    given = {
        "name": "Neu GmbH",
        "street": "Weg 1",
        "postcode": "10115",
        "city": "Berlin",
        "country": "Deutschland"[:2],
        "tax_number": "1",
        "iban": "DE89 3704 0044 0532 0130 00",
        "net_days": "14",
        "reminds": "y",
    }
    treasurer.post(page, given | {"iban": "DE00"}, status=422)
    treasurer.post(page, given | {"country": "XX"}, status=422)
    treasurer.post(page, given | {"tax_number": "", "vat_id": ""}, status=422)
    treasurer.post(page, given)
    found = database.session.scalars(sa.select(Seller)).one()
    assert (found.name, found.iban, found.net_days) == ("Neu GmbH", "DE89370400440532013000", 14)


def test_only_the_money_people_enter(client, seller, now):
    invoice = make_invoice(now, seller)
    chair = client(make_member(seller.conference, Role.CHAIR))
    for path in ("", "bank/", "late/", "reports/", "seller/", f"invoices/{invoice.code}/pdf"):
        chair.get(url(seller, path), status=403)
    assert rows(Invoice) == 1


def test_a_long_list_costs_no_more_statements_than_a_short_one(treasurer, seller, now):
    costs = []
    for _ in range(2):
        for _ in range(5):
            make_invoice(now, seller)
        counted = []
        for path in ("", "late/", "reports/", "bank/"):
            treasurer.get(url(seller, path))
            counted.append(len(treasurer.statements))
        costs.append(counted)
    assert costs[0] == costs[1]
    assert max(costs[1]) <= 20
