"""What the worker prints: the tickets of an order, and the badges of an edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, every_minute, job, looked_for
from cfp.paper import to_pdf, warm_up
from cfp.tickets.queries import orders
from cfp.tickets.queries import papers as queries
from cfp.tickets.service import badges, printing

TICKETS = "print tickets"


@every_minute(TICKETS)
def print_due() -> int:
    """Print and mail the tickets of every order that has just been paid."""
    at = clock.now()
    with transaction():
        due = printing.due(at)
    for order_id in due:
        _print(order_id, at)
    return len(due)


@looked_for(TICKETS)
def is_due(at: datetime) -> bool:
    """Somebody who has paid waits for the tickets."""
    return printing.is_due(at)


@job(printing.PRINT)
def print_tickets(_watch: Watch, *, conference_id: int, order_id: int) -> dict[str, Any]:
    """Print one order anew, after a name has changed."""
    del conference_id
    _print(order_id, clock.now())
    return {}


def _print(order_id: int, at: datetime) -> None:
    """Print outside of a transaction, and keep in one what still holds by then."""
    warm_up()
    order = db.session.scalars(queries.by_id(order_id)).one()
    digest, page = printing.digest_of(order), ""
    if printing.printable(order):
        page = printing.page_of(order)
    db.session.rollback()
    data = to_pdf(page) if page else b""
    with transaction():
        order = db.session.scalars(orders.locked(order_id)).one()
        if printing.digest_of(order) == digest:
            printing.keep(order, digest, data, at)
            if data:
                printing.post(order, data, at)


@job(badges.PRINT)
def print_badges(
    watch: Watch, *, conference_id: int, order: str, product: str, sheet: str, language: str
) -> dict[str, Any]:
    """All badges in one PDF."""
    warm_up()
    conference = db.session.get_one(Conference, conference_id)
    tickets = badges.wanted(conference, order, product)
    number = len(tickets)
    data = badges.printed(conference, tickets, sheet, language)
    watch.progress(0.9)
    with transaction():
        made = badges.keep(conference_id, data, clock.now())
        return {"code": made.code, "number": number}
