"""Tickets sold elsewhere: they come in by the same door, and take their places or are refused."""

from __future__ import annotations

from datetime import datetime

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.tickets.models import Channel, Order, OrderState
from cfp.tickets.service import checkout, holding, payments
from cfp.tickets.service.basket import Basket
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import Asked


def bring_in(
    conference: Conference,
    basket: Basket,
    buyer: Buyer,
    *,
    key: str,
    at: datetime,
    by: Person | None = None,
) -> Order:
    """An order that was paid elsewhere, by the number it has there; the same one again is known."""
    asked = Asked(f"import:{key}"[:80], channel=Channel.IMPORT)
    order, is_new = holding.hold(conference, basket, asked, at=at, by=by)
    if not is_new and order.state is not OrderState.HELD:
        return order
    people = {ticket.id: Who(buyer.name, buyer.email, buyer.company) for ticket in order.tickets}
    checkout.name_people(order, people, at=at, by=by)
    checkout.bill_to(order, buyer, at=at)
    checkout.place(order, Method.TRANSFER, at=at, by=by)
    if order.cents:
        source = f"import:{order.id}:{key}"[:120]
        payments.pay(order, order.cents, Method.TRANSFER, source=source, at=at, by=by)
    return order
