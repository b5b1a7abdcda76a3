"""One order at a time: whoever changes an order first takes it for themselves."""

from __future__ import annotations

from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets import queries
from cfp.tickets.models import Order

KNOWN = "orders locked"


def lock(order: Order) -> Order:
    """The order and its tickets as they are now; others who want to change it wait.

    Who has it already, in this same transaction, is not asked again.
    """
    if order.id in _held():
        return order
    found = db.session.scalars(queries.locked(order.id)).one()
    _held().add(found.id)
    return found


def try_lock(order: Order) -> bool:
    """Take it if nobody has it; who has an order already does not wait for one added to it."""
    free = queries.locked(order.id).with_for_update(of=Order, skip_locked=True)
    return db.session.scalars(free).one_or_none() is not None


def find_locked(conference: Conference, code: str) -> Order | None:
    """An order by its code, taken at once: for a page that is there to change it."""
    found = db.session.scalar(queries.for_change(queries.by_code(conference, code)))
    if found is not None:
        _held().add(found.id)
    return found


def _held() -> set[int]:
    """The orders that this transaction has; inside a savepoint nothing is relied upon."""
    session = db.session()
    if session.in_nested_transaction():
        return set()
    now = session.get_transaction()
    root, ids = session.info.get(KNOWN, (None, set()))
    if now is None or root is not now:
        ids = set()
        session.info[KNOWN] = now, ids
    found: set[int] = ids
    return found
