"""The same for several orders at once: remind, cancel, mark as paid, write to the buyers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from cfp.billing.models import Method
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun
from cfp.people.models import Person
from cfp.tickets import queries
from cfp.tickets.models import OWES, SOLD, Order
from cfp.tickets.service import changes, letters, payments

JOB = "tickets.bulk"
MOST = 200


class Deed(Enum):
    """What can be done with many."""

    REMIND = "remind"
    PAID = "paid"
    CANCEL = "cancel"
    WRITE = "write"


def concerns(deed: Deed, order: Order) -> bool:
    """Whether it can be done with this order as it is now."""
    if deed in {Deed.REMIND, Deed.PAID}:
        return order.state in OWES
    return order.state in SOLD


def ask(
    deed: Deed,
    orders: Sequence[Order],
    words: tuple[str, str],
    *,
    by: Person,
    at: datetime,
) -> JobRun:
    """Have the worker do it, one order after the other, each by itself."""
    return jobs.ask(
        JOB,
        by=by,
        at=at,
        conference_id=orders[0].conference_id,
        deed=deed.value,
        orders=[order.id for order in orders][:MOST],
        person_id=by.id,
        asked=at.isoformat(),
        words=[*words],
    )


def do(
    deed: Deed, order_id: int, words: Sequence[str], *, key: str, at: datetime, by: Person | None
) -> bool:
    """One of them, in a transaction of its caller; twice is once. False when there was no need."""
    order = db.session.scalars(queries.locked(order_id)).one()
    if not concerns(deed, order):
        return False
    try:
        with db.session.begin_nested():
            _done(deed, order, words, key, at, by)
    except Refused:
        return False
    return True


def _done(
    deed: Deed, order: Order, words: Sequence[str], key: str, at: datetime, by: Person | None
) -> None:
    if deed is Deed.REMIND:
        letters.reminder_again(order, at, key)
        order.reminded_at = at
    elif deed is Deed.CANCEL:
        changes.cancel(order, order.live, at=at, by=by)
    elif deed is Deed.WRITE:
        subject, text = words
        letters.note(order, subject, text, at, key)
    elif order.receivable is not None:
        cents = order.receivable.balance.cents
        source = f"{key}:{order.id}"
        payments.pay(order, cents, Method.TRANSFER, source=source, at=at, by=by)
