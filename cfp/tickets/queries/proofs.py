"""Questions about the proofs of students."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from cfp.conference.models import Conference
from cfp.mail.models import Message
from cfp.tickets.models import SOLD, Audience, Order, Proof, ProofFile, Ticket, TicketState

LETTER = "proof"


def proof_of(ticket: Ticket) -> sa.Select[ProofFile]:
    return sa.select(ProofFile).where(ProofFile.ticket_id == ticket.id)


def proofs_of(order: Order) -> sa.Select[ProofFile]:
    """What was sent for the tickets of an order."""
    return sa.select(ProofFile).join(ProofFile.ticket).where(Ticket.order_id == order.id)


def waiting(conference: Conference) -> sa.Select[ProofFile]:
    """What nobody has looked at yet, the oldest first."""
    return (
        sa.select(ProofFile)
        .join(ProofFile.ticket)
        .join(Ticket.order)
        .where(ProofFile.conference_id == conference.id, ProofFile.refused_why == "")
        .options(
            contains_eager(ProofFile.ticket).options(
                contains_eager(Ticket.order),
                joinedload(Ticket.audience),
                joinedload(Ticket.product),
            )
        )
        .order_by(ProofFile.id)
    )


def by_code(conference: Conference, code: str) -> sa.Select[ProofFile]:
    return sa.select(ProofFile).where(
        ProofFile.conference_id == conference.id, ProofFile.code == code
    )


def owed() -> tuple[sa.ColumnElement[bool], ...]:
    """A live ticket of an audience that shows a proof, of which none was seen."""
    return (
        Ticket.state == TicketState.LIVE,
        Ticket.proof_seen_at.is_(None),
        Order.state.in_(SOLD),
        Audience.proof == Proof.UPLOAD,
    )


def to_remind(at: datetime, until: datetime) -> sa.Select[int]:
    """Orders whose buyers have not sent a proof that is due before ``until``; each once."""
    sent = sa.exists().where(ProofFile.ticket_id == Ticket.id, ProofFile.refused_why == "")
    told = sa.exists().where(Message.key == "order:" + sa.cast(Order.id, sa.String) + f":{LETTER}")
    return (
        sa.select(Order.id)
        .join(Order.tickets)
        .join(Ticket.audience)
        .where(*owed(), Audience.proof_by.between(at, until), ~sent, ~told)
        .distinct()
        .order_by(Order.id)
    )


def over(before: datetime) -> sa.Select[int]:
    """Files of conferences that ended before that moment, and of tickets given back."""
    return (
        sa.select(ProofFile.id)
        .join(ProofFile.ticket)
        .join(Conference, Conference.id == ProofFile.conference_id)
        .where(sa.or_(Conference.ends_on < before.date(), Ticket.state == TicketState.RELEASED))
    )
