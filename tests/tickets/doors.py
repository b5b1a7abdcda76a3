"""Doors to test at: people with paid tickets, phones, and scans on the first morning."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.tickets.admission import Passage
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import AddOn, CheckIn, Door, Product, Scanner, Ticket
from cfp.tickets.service import checkout, doors, holding, scanners
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.holding import Asked
from tests.make import make_person
from tests.tickets.selling import MILA, NOW, add, basket, pay, place

NINE = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)  # on the clock of the house, in Berlin
NONCES = (f"nonce{number}" for number in count(1))
_sources = count(1)


def make_holder(conference: Conference, product: Product, *, number: int = 1) -> Ticket:
    """Somebody with a paid ticket."""
    order = pay(place(conference, product, number), source=f"bank:door:{next(_sources)}")
    return order.tickets[0]


def make_holder_with(conference: Conference, product: Product, added: Product) -> list[Ticket]:
    """The same with a workshop, or whatever else belongs to the ticket: both tickets."""
    add(AddOn(product_id=product.id, added_id=added.id))
    wanted = basket(product, 1, Chosen(added.id, 1))
    order, _ = holding.hold(conference, wanted, Asked(key=next(NONCES)), at=NOW)
    checkout.bill_to(order, MILA, at=NOW)
    checkout.place(order, Method.TRANSFER, at=NOW)
    return pay(order, source=f"bank:door:{next(_sources)}").tickets


def make_door(conference: Conference, name: str = "Main entrance", *products: Product) -> Door:
    return add(Door(conference_id=conference.id, name=name, products=[*products]))


def make_scanner(conference: Conference, door: Door | None = None, name: str = "Ada") -> Scanner:
    return scanners.add_scanner(conference, name, door, by=make_person(), at=NOW)


def scan(
    conference: Conference,
    ticket: Ticket,
    passage: Passage = Passage.ENTRY,
    *,
    door: Door | None = None,
    at: datetime = NINE,
    claimed: datetime | None = None,
    **values: Any,
) -> CheckIn:
    """The ticket's code before a phone."""
    values = {"nonce": next(NONCES), "secret": ticket_secret(ticket)} | values
    return doors.scan(Place(conference, door), Scan(passage=passage, at=claimed, **values), at=at)
