"""Adding to an order that is bought: a workshop, the evening, a T-shirt, in an order of its own.

So what is added goes the way of every purchase: held at the price of the day, paid by itself, and
given back when it is not; what was bought before is never in doubt because of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.tickets import pricing, queries
from cfp.tickets.models import (
    ADMITTED,
    Order,
    OrderState,
    Product,
    ProductKind,
    Ticket,
    TicketState,
)
from cfp.tickets.pricing import Short
from cfp.tickets.service import checkout, expiry, holding
from cfp.tickets.service.basket import Basket, Chosen, fits, wish_of
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import Asked
from cfp.tickets.service.locking import lock, try_lock
from cfp.tickets.service.shelf import Shelf, shelf_of


@dataclass(frozen=True)
class Extra:
    """Something that one ticket can have besides, and what it costs now."""

    ticket: Ticket
    product: Product
    cents: int

    @property
    def field(self) -> str:
        return f"{self.ticket.code}-{self.product.code}"


def extras(order: Order, shelf: Shelf, at: datetime) -> list[Extra]:
    """Everything that can be added now; of workshops and evenings one of a kind is enough."""
    if order.state not in ADMITTED or order.extends_id or not shelf.is_open(at):
        return []
    has = _has_already(order)
    found = []
    for ticket in order.admissions:
        for product in shelf.products.values():
            once = product.kind is not ProductKind.THING
            if once and (ticket.id, product.id) in has:
                continue
            if _can_be_added(ticket, product, shelf):
                cents = _price(ticket, product, shelf, at)
                found += [] if cents is None else [Extra(ticket, product, cents)]
    return found


def any_extra(order: Order) -> bool:
    """Whether this edition sells anything that goes with a ticket."""
    found = sa.select(sa.literal(1)).where(
        Product.conference_id == order.conference_id,
        Product.kind != ProductKind.ADMISSION,
        Product.on_sale,
        ~Product.needs_voucher,
    )
    return db.session.scalar(found.limit(1)) is not None


def add(
    order: Order, fields: Iterable[str], key: str, *, at: datetime, by: Person | None = None
) -> Order:
    """Hold what was chosen, by the names of the extras; the same form twice is one order."""
    order, wanted = lock(order), {*fields}
    shelf = shelf_of(order.conference)
    every = (Extra(t, p, 0) for t in order.admissions for p in shelf.products.values())
    chosen = [one for one in every if one.field in wanted]
    if not chosen:
        raise Refused(_("Please choose at least one thing."))
    basket = Basket(tuple(Chosen(one.product.id, 1, _audience(one, shelf)) for one in chosen))
    hosts = tuple(one.ticket.id for one in chosen)
    asked = Asked(_key(order, key), language=order.language, extends=order, hosts=hosts)
    known = holding.find_held(order.conference, basket, asked)
    if known is not None:
        return known
    if wanted - {one.field for one in extras(order, shelf, at)}:
        raise Refused(_("Something you chose is not sold any more. Please look again."))
    new, is_new = holding.hold(order.conference, basket, asked, at=at, by=by, shelf=shelf)
    if is_new:
        people = {
            ticket.id: Who(one.ticket.name, one.ticket.email, one.ticket.company)
            for ticket, one in zip(new.tickets, chosen, strict=True)
        }
        checkout.name_people(new, people, at=at, by=by)
        buyer = {name: getattr(order, name) for name in Buyer.__dataclass_fields__}
        checkout.bill_to(new, Buyer(**buyer), at=at)
    return new


def let_go(order: Order, key: str | None, *, at: datetime) -> None:
    """What was chosen first goes back, because something else is chosen now."""
    wanted = queries.by_form_key(order.conference, _key(order, key or ""))
    known = db.session.scalar(wanted) if key else None
    if known is None or known.state is not OrderState.HELD:
        return
    if not try_lock(known):  # who pays has it, and waits for the order that it is added to
        raise Refused(_("What you chose before is being bought this very moment."))
    expiry.let_go_order(known, at=at)


def _key(order: Order, key: str) -> str:
    return f"add:{order.id}:{key}"[:80]


def _has_already(order: Order) -> set[tuple[int | None, int]]:
    """(ticket, product) of what belongs to its tickets, bought with them or added since."""
    ids = [ticket.id for ticket in order.admissions]
    rows = db.session.execute(
        sa.select(Ticket.belongs_to_id, Ticket.product_id).where(
            Ticket.belongs_to_id.in_(ids), Ticket.state == TicketState.LIVE
        )
    )
    return {(host, product) for host, product in rows}


def _can_be_added(ticket: Ticket, product: Product, shelf: Shelf) -> bool:
    if product.kind is ProductKind.ADMISSION or not product.on_sale or product.needs_voucher:
        return False
    return shelf.left(product) != 0 and fits(ticket.product, product)


def _price(ticket: Ticket, product: Product, shelf: Shelf, at: datetime) -> int | None:
    line = Chosen(product.id, 1, _audience(Extra(ticket, product, 0), shelf))
    units = pricing.quote([wish_of(line, shelf)], at)
    return None if isinstance(units, Short) else units[0].cents


def _audience(extra: Extra, shelf: Shelf) -> int | None:
    mine = extra.ticket.audience_id
    return mine if mine in shelf.audiences and extra.product.for_audiences else None
