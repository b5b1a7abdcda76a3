"""What time does to orders: places that were held come back, unpaid orders are reminded and end."""

from __future__ import annotations

from datetime import datetime, timedelta

from cfp import clock
from cfp.billing import service as billing
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.models import OWES, Order, OrderState
from cfp.tickets.service import letters
from cfp.tickets.service.capacity import change_stock, claim
from cfp.tickets.service.locking import lock
from cfp.tickets.service.payments import settle

REMIND_BEFORE = timedelta(days=4)


def expire(order_id: int, *, at: datetime, by: Person | None = None, early: bool = False) -> bool:
    """Let an order end whose time is over; one that was paid in the same second stays.

    ``early``: places that are only held go back before their time, because their buyer says so.
    """
    order = db.session.scalars(queries.locked(order_id)).one()
    if not _is_over(order, at) and not (early and order.state is OrderState.HELD):
        return False
    settle(order, at=at)  # money that came by the bank a moment ago
    if order.state not in {OrderState.HELD, OrderState.PLACED}:
        return False
    was = order.state
    cents, live = order.cents, order.live
    change_stock(give=live, at=at)
    order.move(OrderState.EXPIRED, "")
    order.network = ""
    order.gone_at = at
    if order.receivable is not None and cents:
        why = f"Order {order.code} expired"
        billing.credit(order.receivable, cents, at, why=why, by=by)
    db.session.flush()
    log("expired", order, by=by, at=at, was=was.value, state="expired")
    if was is OrderState.PLACED:
        letters.expired(order, at)
        settle(order, at=at)  # what was paid of it in part is to be given back
    return True


def let_go(conference: Conference, key: str, *, at: datetime) -> None:
    """What is only held by a form goes back, because its sender chose anew."""
    order = db.session.scalar(queries.by_form_key(conference, key))
    if order is not None and order.state is OrderState.HELD:
        let_go_order(order, at=at)


def let_go_order(order: Order, *, at: datetime, early: bool = True) -> None:
    """The same of an order that is there; others are held in the same transaction after that."""
    order = lock(order)  # first the order, then the stock, as everybody does
    claim(order.conference_id)
    expire(order.id, at=at, early=early)


def _is_over(order: Order, at: datetime) -> bool:
    if order.state is OrderState.HELD:
        return clock.is_past(order.held_until, at)
    return order.state is OrderState.PLACED and clock.is_past(order.due_at, at)


def due(at: datetime) -> list[int]:
    """The orders whose time is over, by id."""
    over = [*db.session.scalars(queries.held_too_long(at)).all()]
    return [*over, *db.session.scalars(queries.due_to_expire(at)).all()]


def remind(at: datetime) -> int:
    """Remind those whose money has not come four days before it is due, once.

    Whoever ordered within the last day needs no reminder, however near the day is.
    """
    sent = 0
    for order_id in db.session.scalars(queries.due_to_remind(at + REMIND_BEFORE)).all():
        order = db.session.scalars(queries.locked(order_id)).one()
        is_fresh = order.placed_at is None or at - order.placed_at < timedelta(days=1)
        if order.state in OWES and order.reminded_at is None and not is_fresh:
            order.reminded_at = at
            letters.reminder(order, at)
            sent += 1
    return sent
