"""The way from held places to an order: who comes, who pays, and the one button that buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from cfp import clock
from cfp.billing import service as billing
from cfp.billing.models import Method
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.models import GONE, OWES, Channel, Diet, Order, OrderState, Shop, Ticket
from cfp.tickets.service import letters
from cfp.tickets.service.locking import lock

CARD_LASTS = timedelta(hours=2)  # a card page that nobody comes back from keeps no place for weeks


@dataclass(frozen=True)
class Who:
    """The person that a ticket is for. Diet, allergies and access needs may stay unanswered."""

    name: str = ""
    email: str = ""
    company: str = ""
    diet: Diet | None = None
    allergies: str = ""
    access_needs: str = ""


@dataclass(frozen=True)
class Buyer:
    """Who orders and pays; an address only where an invoice has to show one."""

    name: str
    email: str
    company: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_id: str = ""
    buyer_reference: str = ""


def name_people(
    order: Order, people: Mapping[int, Who], *, at: datetime, by: Person | None = None
) -> None:
    """Write down who comes, by ticket id. Possible as long as the order is not gone."""
    order = lock(order)
    if order.state in GONE:
        raise gone(order)
    changed = []
    for ticket in order.live:
        who = people.get(ticket.id)
        if who is not None and _write(ticket, who):
            changed.append(ticket.code)
    if changed and order.state is not OrderState.HELD:
        log("people changed", order, by=by, at=at, tickets=changed)


def _write(ticket: Ticket, who: Who) -> bool:
    values = {key: value for key, value in asdict(who).items() if getattr(ticket, key) != value}
    for key, value in values.items():
        setattr(ticket, key, value)
    return bool(values)


def keep_typed(order: Order, people: Sequence[Who], buyer: Buyer | None = None) -> None:
    """What came when the time was over buys nothing, and is there when the same is chosen again."""
    if order.placed_at is not None or order.state not in {OrderState.HELD, OrderState.EXPIRED}:
        return
    admissions = [ticket for ticket in order.tickets if ticket.belongs_to_id is None]
    for ticket, who in zip(admissions, people, strict=False):
        _write(ticket, who)
    for key, value in asdict(buyer).items() if buyer else ():
        setattr(order, key, value)


def bill_to(order: Order, buyer: Buyer, *, at: datetime) -> None:
    """Write down who pays."""
    order = lock(order)
    _check_held(order, at)
    for key, value in asdict(buyer).items():
        setattr(order, key, value)


def place(
    order: Order,
    method: Method,
    *,
    at: datetime,
    by: Person | None = None,
    shop: Shop | None = None,
) -> tuple[Order, bool]:
    """Buy what is held; eight clicks are one order. Returns whether this one did it."""
    order = lock(order)
    if order.state not in {OrderState.HELD, *GONE}:
        return order, False
    _check_held(order, at)
    at_desk = order.channel is Channel.DESK  # whoever stands there needs no letter, and pays now
    if not order.email and not at_desk:
        raise Refused(_("Please say first where your tickets may be sent."))
    if order.extends is not None:
        _check_hosts(order, lock(order.extends))
    shop = shop or db.session.scalars(queries.shop_of(order.conference)).one()
    until = due_at(order, shop, method, at)
    if order.cents:
        order.receivable = billing.open_receivable(
            order.conference, order.company or order.name, at, due_at=until, dunned=False
        )
    order.method, order.placed_at, order.due_at = method, at, until
    order.network = ""
    order.move(OrderState.PLACED, _("This order is closed."))
    if order.receivable is not None:
        billing.charge(order.receivable, order.cents, at, why=f"Order {order.code}", by=by)
        db.session.flush()
    log("placed", order, by=by, at=at, was="held", state="placed", cents=order.cents)
    if not order.cents:
        mark_paid(order, at=at, by=by)
    elif not at_desk:
        letters.placed(order, shop, at)
    return order, True


def _check_hosts(order: Order, before: Order) -> None:
    """What is added goes with tickets that are there."""
    there = {ticket.id for ticket in before.live}
    if any(ticket.belongs_to_id not in there for ticket in order.live):
        raise Refused(_("The ticket to which this was to be added is cancelled."))


def choose_method(order: Order, method: Method, *, at: datetime) -> Order:
    """Pay in another way than was said first; who goes from card to transfer gets the time."""
    order = lock(order)
    if order.state not in OWES:
        raise Refused(_("There is nothing to pay here."))
    shop = db.session.scalars(queries.shop_of(order.conference)).one()
    if method is not order.method:
        order.method = method
        order.due_at = max(order.due_at or at, due_at(order, shop, method, at))
        log("method chosen", order, by=None, at=at, method=method.value)
    return order


def mark_paid(order: Order, *, at: datetime, by: Person | None = None) -> None:
    """All of it is there: the tickets are good from now on."""
    was = order.state
    order.move(OrderState.PAID, _("This order is closed."))
    order.paid_at, order.due_at = at, None
    db.session.flush()
    log("paid", order, by=by, at=at, was=was.value, state="paid")
    letters.paid(order, at)


def due_at(order: Order, shop: Shop, method: Method, at: datetime) -> datetime:
    """Until when the money has to be there: never after the doors open."""
    zone = order.conference.timezone
    doors = clock.from_wall(datetime.combine(order.conference.starts_on, time()), zone)
    if method is Method.CASH:
        return max(doors + timedelta(days=1), at + timedelta(hours=2))
    if method is Method.CARD:
        return at + CARD_LASTS
    last = clock.local(at, zone).date() + timedelta(days=shop.pay_within_days)
    until = clock.from_wall(datetime.combine(last, time(23, 59, 59)), zone)
    return max(min(until, doors), at + timedelta(hours=2))


def _check_held(order: Order, at: datetime) -> None:
    if order.state in GONE or (
        order.state is OrderState.HELD and clock.is_past(order.held_until, at)
    ):
        raise gone(order)
    if order.state is not OrderState.HELD:
        raise Refused(_("This is ordered already."))


def gone(order: Order) -> Refused:
    if order.state is OrderState.CANCELLED:
        return Refused(_("This order is cancelled."))
    if order.state is OrderState.EXPIRED and order.placed_at is not None:
        return Refused(_("This order has expired, because it was not paid in time."))
    return Refused(_("The time for which your tickets were kept is over. Please choose again."))
