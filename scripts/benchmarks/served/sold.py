"""A shop in full swing: a ladder, students, day passes, an evening, and as many orders as asked."""

from __future__ import annotations

from datetime import timedelta

from cfp import clock
from cfp.billing.models import EntryKind, LedgerEntry, Method, Receivable
from cfp.codes import hashed, new_code
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import Order, OrderState, Product, ProductKind, Ticket, TicketState
from tests.tickets.selling import make_audience, make_product, make_quota, make_shop

PLACES = 100_000


def stocked(conference: Conference) -> list[Product]:
    """What is sold; open from yesterday on until long after."""
    now = clock.now()
    make_shop(
        conference,
        opens_at=now - timedelta(days=20),
        closes_at=now + timedelta(days=90),
        takes_cash=True,
    )
    hall, evening = make_quota(conference, PLACES), make_quota(conference, PLACES, "Evening")
    until = now + timedelta(days=30)
    steps = [("Early bird", 14_900, until, PLACES), ("Regular", 19_900, None, None)]
    make_audience(conference)
    products = [
        make_product(conference, hall, name="Regular", tiers=steps),
        *(
            make_product(conference, hall, name=name, tiers=[(name, cents, None, None)])
            for name, cents in (("Supporter", 34_900), ("Day 1", 11_900), ("Day 2", 11_900))
        ),
    ]
    social = [("Supper", 2500, None, None)]
    supper = make_product(conference, evening, name="Supper", tiers=social)
    supper.kind = ProductKind.SOCIAL
    return [*products, supper]


def sold(conference: Conference, product: Product, orders: int) -> None:
    """That many paid orders of one ticket each, written down as the services would have."""
    at, tier = clock.now() - timedelta(days=5), product.tiers[0]
    for n in range(orders):
        receivable = Receivable(
            code=new_code(), conference=conference, payer=f"Buyer {n}", opened_at=at
        )
        for kind, method in ((EntryKind.CHARGE, None), (EntryKind.PAYMENT, Method.TRANSFER)):
            entry = LedgerEntry(kind=kind, cents=tier.cents, method=method, at=at)
            receivable.entries.append(entry)
        order = Order(
            code=new_code(),
            conference=conference,
            form_key=f"made:{n}",
            form_digest="",
            state=OrderState.PAID,
            was=OrderState.PLACED,
            name=f"Buyer {n}",
            email=f"buyer{n}@example.org",
            held_until=at,
            placed_at=at + timedelta(seconds=n),
            paid_at=at,
            method=Method.TRANSFER,
            receivable=receivable,
        )
        ticket = Ticket(
            code=new_code(),
            conference_id=conference.id,
            product_id=product.id,
            tier_id=tier.id,
            state=TicketState.LIVE,
            cents=tier.cents,
            steps=[["tier", tier.name, tier.cents, tier.cents]],
            secret_version=1,
            name=f"Guest {n}",
        )
        ticket.secret_hash = hashed(ticket_secret(ticket))
        order.tickets.append(ticket)
        db.session.add(order)
    for quota in product.quotas:
        quota.taken += orders
    tier.taken += orders
    db.session.flush()
