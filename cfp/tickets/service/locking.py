"""One order at a time: whoever changes an order first takes it for themselves."""

from __future__ import annotations

from cfp.db import db
from cfp.tickets import queries
from cfp.tickets.models import Order


def lock(order: Order) -> Order:
    """The order and its tickets as they are now; others who want to change it wait."""
    return db.session.scalars(queries.locked(order.id)).one()
