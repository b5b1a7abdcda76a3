"""A shop to test in: a product with an early and a regular price, in one stock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa

from cfp.billing.models import Method
from cfp.billing.service.account import set_account
from cfp.conference.models import Conference
from cfp.db import db
from cfp.mail.models import Message
from cfp.tickets.models import (
    Audience,
    Order,
    PriceTier,
    Product,
    Quota,
    RefundRule,
    Shop,
    TaxCategory,
    TaxRate,
    Voucher,
)
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service import checkout, holding, payments
from cfp.tickets.service.basket import Basket, Chosen
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import Asked
from tests.make import make_conference

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
EARLY_ENDS = datetime(2027, 2, 1, 22, 59, 59, tzinfo=UTC)
Thing = TypeVar("Thing")
_keys = count(1)
MILA = Buyer("Mila Sommer", "mila@example.org")


def add(thing: Thing, *more: Any) -> Thing:
    db.session.add_all([thing, *more])
    db.session.flush()
    return thing


def make_shop(conference: Conference | None = None, **values: Any) -> Conference:
    """An edition that sells from December until its first day."""
    conference = conference or make_conference()
    values = {
        "opens_at": datetime(2026, 12, 1, tzinfo=UTC),
        "closes_at": datetime(2027, 5, 10, 8, 0, tzinfo=UTC),
        "account_holder": "Seitenbuehne e. V.",
        "iban": "DE02120300000000202051",
        "bic": "BYLADEM1001",
    } | values
    holder, iban, bic = (str(values.pop(name)) for name in ("account_holder", "iban", "bic"))
    set_account(conference, holder=holder, iban=iban, bic=bic)
    rates = [(TaxCategory.STANDARD, 1900), (TaxCategory.REDUCED, 700)]
    add(
        Shop(conference_id=conference.id, **values),
        *(
            TaxRate(conference_id=conference.id, category=category, rate=rate, starts_on=day)
            for category, rate in rates
            for day in [datetime(2021, 1, 1, tzinfo=UTC).date()]
        ),
    )
    return conference


def make_quota(conference: Conference, size: int = 100, name: str = "Hall") -> Quota:
    return add(Quota(conference_id=conference.id, name=name, size=size, taken=0))


def make_product(
    conference: Conference, *quotas: Quota, name: str = "Regular", tiers: Any = None, **values: Any
) -> Product:
    """A product at 99 EUR until the first of February or until ten are sold, then at 199 EUR."""
    tiers = tiers or [("Early bird", 9900, EARLY_ENDS, 10), ("Regular", 19_900, None, None)]
    product = Product(conference_id=conference.id, name=name, quotas=[*quotas], **values)
    product.tiers = [
        PriceTier(name=called, cents=cents, ends_at=ends, at_most=most, taken=0, position=n)
        for n, (called, cents, ends, most) in enumerate(tiers)
    ]
    return add(product)


def make_audience(conference: Conference, percent: int = 5000, name: str = "Students") -> Audience:
    return add(Audience(conference_id=conference.id, name=name, percent=percent))


def make_voucher(conference: Conference, word: str = "HALF", **values: Any) -> Voucher:
    values = {"kind": DiscountKind.PERCENT, "value": 5000, "at_most": 5, "used": 0} | values
    return add(Voucher(conference_id=conference.id, word=word, **values))


def make_rule(conference: Conference, days: int, percent: int, **values: Any) -> RefundRule:
    until = NOW + timedelta(days=days)
    return add(RefundRule(conference_id=conference.id, until=until, percent=percent, **values))


def basket(
    product: Product, number: int = 1, *more: Chosen, voucher: str = "", **values: Any
) -> Basket:
    return Basket((Chosen(product.id, number, **values), *more), voucher)


def hold(
    conference: Conference,
    product: Product,
    number: int = 1,
    *,
    at: datetime = NOW,
    voucher: str = "",
    **asked: Any,
) -> Order:
    asked = {"key": f"form{next(_keys)}"} | asked
    order, _ = holding.hold(
        conference, basket(product, number, voucher=voucher), Asked(**asked), at=at
    )
    return order


def place(
    conference: Conference,
    product: Product,
    number: int = 1,
    *,
    at: datetime = NOW,
    method: Method = Method.TRANSFER,
    voucher: str = "",
) -> Order:
    """A whole purchase up to the money."""
    order = hold(conference, product, number, at=at, voucher=voucher)
    people = {ticket.id: Who(f"Person {n}") for n, ticket in enumerate(order.tickets)}
    checkout.name_people(order, people, at=at)
    checkout.bill_to(order, MILA, at=at)
    checkout.place(order, method, at=at)
    return order


def pay(
    order: Order, cents: int | None = None, source: str = "bank:1", at: datetime = NOW
) -> Order:
    return payments.pay(order, cents or order.cents, Method.TRANSFER, source=source, at=at)


def letters() -> list[str]:
    """The kinds of letters that wait in the outbox, in their order."""
    return [*db.session.scalars(sa.select(Message.kind).order_by(Message.id))]
