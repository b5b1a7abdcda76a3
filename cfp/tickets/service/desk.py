"""What the box office does for people who stand before it."""

from __future__ import annotations

from datetime import datetime

from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.models import Order, Ticket


def see_proof(order: Order, ticket: Ticket, *, by: Person | None, at: datetime) -> None:
    """Somebody showed that they are a student; seen once is enough."""
    if ticket.proof_seen_at is None:
        ticket.proof_seen_at = at
        log("proof seen", order, by=by, at=at, ticket=ticket.code)
