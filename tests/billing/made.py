"""Sellers, receivables and invoices for tests of billing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cfp.billing import service
from cfp.billing.bundle import Bundle, checked
from cfp.billing.document import Document, Line, Party
from cfp.billing.einvoice.writer import write
from cfp.billing.models import Draft, Invoice, Receivable, Seller
from cfp.billing.service import Wanted
from cfp.billing.service.account import set_account
from cfp.conference.models import Conference
from cfp.db import db
from tests.make import make_conference

BUYER = Party(
    "Müller & Söhne AG", "Ring 2", postcode="80331", city="München", email="ap@example.com"
)
IBAN = "DE89370400440532013000"


def make_seller(conference: Conference | None = None, **values: Any) -> Seller:
    values = {
        "name": "Beispiel Veranstaltungs GmbH",
        "street": "Musterweg 1",
        "postcode": "10115",
        "city": "Berlin",
        "vat_id": "DE123456788",
        "contact": "Ada Kasse",
        "phone": "+49 30 123456",
        "email": "kasse@example.org",
        "iban": IBAN,
        "prefix": "FB27-",
    } | values
    conference = conference or make_conference()
    holder, iban, bic = (values.pop(name, "") for name in ("account_holder", "iban", "bic"))
    set_account(conference, holder=holder, iban=iban, bic=bic)
    seller = Seller(conference=conference, **values)
    db.session.add(seller)
    db.session.flush()
    return seller


def make_receivable(seller: Seller, now: datetime, cents: int = 11900) -> Receivable:
    receivable = service.open_receivable(seller.conference, BUYER.name, now)
    service.charge(receivable, cents, now, why="Gold")
    return receivable


def wanted(**values: Any) -> Wanted:
    line = Line("Sponsoring Gold", Decimal(1), Decimal("100.00"), Decimal(19))
    return Wanted(**{"buyer": BUYER, "lines": (line,)} | values)


def make_draft(now: datetime, seller: Seller | None = None, **values: Any) -> Draft:
    receivable = make_receivable(seller or make_seller(), now)
    return service.ask_invoice(receivable, wanted(**values), now)


def plain(document: Document, **_more: Any) -> Bundle:
    """The XML, and a few bytes instead of a PDF: what is not about paper need not wait for it."""
    totals = checked(document)
    return Bundle(totals, f"PDF {document.number}".encode(), write(document, totals), None, ())


def make_invoice(now: datetime, seller: Seller | None = None, **values: Any) -> Invoice:
    draft = make_draft(now, seller, **values)
    return service.issue(draft.id, now, render=plain)


def dated(document: Document, on: date) -> Document:
    return replace(document, issued=on)
