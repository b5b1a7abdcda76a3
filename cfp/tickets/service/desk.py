"""What the box office does for people who stand before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.admission import day_at
from cfp.tickets.models import Channel, CheckIn, Order, Proof, Ticket
from cfp.tickets.service import checkout, doors, payments
from cfp.tickets.service.basket import Basket
from cfp.tickets.service.checkout import Who
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.holding import Asked, hold
from cfp.tickets.service.shelf import Shelf


@dataclass(frozen=True)
class Sale:
    """What somebody at the desk buys and pays at once; names and an address only if they like.

    ``seen`` is the sum that the page showed: what is taken is what is written down.
    """

    key: str
    basket: Basket
    seen: int | None = None
    names: tuple[str, ...] = ()
    email: str = ""
    language: str = "en"
    lets_in: bool = True


def sell(
    conference: Conference, sale: Sale, *, at: datetime, by: Person, shelf: Shelf
) -> tuple[Order, list[CheckIn]]:
    """Places, order, cash and entry in one step or not at all; pressed twice it is one sale."""
    if shelf.shop is None:
        raise Refused(_("Tickets are not on sale now."))
    asked = Asked(f"desk:{sale.key}", seen=sale.seen, channel=Channel.DESK, language=sale.language)
    order, is_new = hold(conference, sale.basket, asked, at=at, by=by, shelf=shelf)
    if not is_new:
        return order, []
    _write_down(order, sale, at)
    checkout.place(order, Method.CASH, at=at, by=by, shop=shelf.shop)
    if order.cents:
        source = f"desk:{order.code}"
        payments.pay(order, order.cents, Method.CASH, source=source, at=at, by=by)
    return order, _let_in(conference, order, at, by) if sale.lets_in else []


def _write_down(order: Order, sale: Sale, at: datetime) -> None:
    if len(sale.names) > len(order.admissions):
        raise Refused(_("There are more names than tickets."), field="names")
    order.name, order.email = next(iter(sale.names), ""), sale.email
    people = zip(order.admissions, sale.names, strict=False)
    checkout.name_people(order, {ticket.id: Who(name) for ticket, name in people}, at=at)
    for ticket in order.admissions:
        if ticket.audience is not None and ticket.audience.proof is not Proof.NONE:
            ticket.proof_seen_at = at  # by whoever sells: its holder stands there


def _let_in(conference: Conference, order: Order, at: datetime, by: Person) -> list[CheckIn]:
    """Everybody whose ticket is for today goes in; on other days nobody does."""
    today = day_at(at, conference.timezone)
    if today not in conference.days:
        return []
    place = Place(conference, by=by)
    return [
        doors.scan(place, Scan(f"desk:{ticket.code}", code=ticket.code), at=at)
        for ticket in order.admissions
        if not ticket.product.days or today.isoformat() in ticket.product.days
    ]


def see_proof(order: Order, ticket: Ticket, *, by: Person | None, at: datetime) -> None:
    """Somebody showed that they are a student; seen once is enough."""
    if ticket.proof_seen_at is None:
        ticket.proof_seen_at = at
        log("proof seen", order, by=by, at=at, ticket=ticket.code)
