"""Money for orders: each payment counts once, a late one revives only what has room."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.billing import service as billing
from cfp.billing.models import EntryKind, LedgerEntry, Method
from cfp.billing.queries import entries_from
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.models import OWES, Order, OrderState
from cfp.tickets.service import letters, printing
from cfp.tickets.service.capacity import change_stock
from cfp.tickets.service.checkout import mark_paid
from cfp.tickets.service.locking import lock


def pay(
    order: Order,
    cents: int,
    method: Method,
    *,
    source: str | None,
    at: datetime,
    by: Person | None = None,
) -> Order:
    """Money has come. The same ``source`` counts once, however often and in whatever order."""
    order = lock(order)
    if order.receivable is None:
        raise Refused(_("There is nothing to pay here."))
    kind = EntryKind.PAYMENT
    entry = billing.move_money(order.receivable, kind, cents, method, at, source=source, by=by)
    if entry.at == at:
        log("payment", order, by=by, at=at, cents=cents, method=method.value)
    settle(order, at=at, by=by)
    return order


def give_back(
    order: Order,
    cents: int,
    method: Method,
    *,
    source: str | None,
    at: datetime,
    by: Person | None = None,
) -> LedgerEntry:
    """Send money back; never more than is owed to the buyer."""
    order = lock(order)
    known = source is not None and db.session.scalar(entries_from(source)) is not None
    owed = -order.receivable.balance.cents if order.receivable else 0
    if not known and cents > owed:
        raise Refused(_("That is more than there is to give back."), field="amount")
    return record_refund(order, cents, method, source=source, at=at, by=by)


def record_refund(
    order: Order,
    cents: int,
    method: Method,
    *,
    source: str | None,
    at: datetime,
    by: Person | None = None,
) -> LedgerEntry:
    """Money has gone out, whoever decided it: a fact to write down, once for each source."""
    order = lock(order)
    if order.receivable is None:
        raise Refused(_("There is nothing to pay here."))
    known = source is not None and db.session.scalar(entries_from(source)) is not None
    kind = EntryKind.REFUND
    entry = billing.move_money(order.receivable, kind, cents, method, at, source=source, by=by)
    if not known:
        log("refund", order, by=by, at=at, cents=cents, method=method.value)
        letters.refunded(order, cents, at, entry.id)
    return entry


def settle(order: Order, *, at: datetime, by: Person | None = None) -> None:
    """Let the order's state say what its ledger says. The order is locked by whoever calls."""
    receivable = order.receivable
    if receivable is None:
        return
    balance = receivable.balance.cents
    if order.state in OWES and balance <= 0:
        is_again = order.state is OrderState.OWING
        mark_paid(order, at=at, by=by)
        if is_again:
            printing.ask(order, at=at)  # what was printed before shows another ticket
    elif order.state is OrderState.EXPIRED and balance < 0:
        _late(order, -balance, at=at, by=by)


def _late(order: Order, received: int, *, at: datetime, by: Person | None) -> None:
    """A payment for an order that has expired: its tickets come back when there is room."""
    cents = order.cents
    before = order.extends
    there = {t.id for t in before.live} if before else {t.belongs_to_id for t in order.lapsed}
    if received >= cents and all(t.belongs_to_id in there for t in order.lapsed):
        try:
            with db.session.begin_nested():
                change_stock(take=order.lapsed, at=at, as_agreed=True)
        except Refused:
            pass
        else:
            if order.receivable is not None and cents:
                why = f"Order {order.code}, paid late"
                billing.charge(order.receivable, cents, at, why=why, by=by)
            order.gone_at = None
            mark_paid(order, at=at, by=by)
            return
    if order.late_at is None:
        order.late_at = at
        log("paid too late", order, by=by, at=at, cents=received)
        letters.too_late(order, received, at)


def due_to_settle() -> list[int]:
    """Every order whose money came by another way (a bank statement), by id."""
    return [*db.session.scalars(queries.to_settle()).all()]


def settle_one(order_id: int, *, at: datetime) -> None:
    """In a transaction of its own: who holds stock for one order must not wait for another."""
    settle(db.session.scalars(queries.locked(order_id)).one(), at=at)
    db.session.flush()
