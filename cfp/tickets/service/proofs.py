"""Students show that they study: sent before a day and looked at by the team, or at the desk.

What was sent is deleted when it was looked at, when its ticket is given back, and when the
conference is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp import clock
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.models import Order, Proof, ProofFile, Ticket, TicketState
from cfp.tickets.proof_file import taken_in
from cfp.tickets.queries import proofs as queries
from cfp.tickets.service import changes, desk, letters
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.locking import lock

REMIND_BEFORE = timedelta(days=7)


def can_be_sent(ticket: Ticket, at: datetime) -> bool:
    """Whether a proof is wanted for it, and may still be sent."""
    audience = ticket.audience
    return (
        audience is not None
        and audience.proof is Proof.UPLOAD
        and ticket.state is TicketState.LIVE
        and ticket.proof_seen_at is None
        and not clock.is_past(audience.proof_by, at)
    )


def send(
    order: Order, ticket: Ticket, sent: bytes, *, at: datetime, by: Person | None = None
) -> None:
    """A proof for one ticket; it takes the place of one that was sent before."""
    order = lock(order)
    if not can_be_sent(ticket, at):
        raise Refused(_("It is too late to send it. Please bring your proof to the desk."))
    kept = taken_in(sent)
    found = db.session.scalar(queries.proof_of(ticket))
    if found is None:
        found = ProofFile(conference_id=order.conference_id, ticket_id=ticket.id)
        db.session.add(found)
    found.media_type, found.data = kept.sort.media_type, kept.data
    found.sent_at, found.refused_why = at, ""
    db.session.flush()
    log("proof sent", order, by=by, at=at, ticket=ticket.code)


def accept(proof: ProofFile, *, by: Person, at: datetime) -> None:
    """It is one; what was sent is not needed any more."""
    desk.see_proof(proof.ticket.order, proof.ticket, by=by, at=at)
    db.session.delete(proof)
    db.session.flush()


def refuse(proof: ProofFile, why: str, *, by: Person, at: datetime) -> None:
    """It is none, or cannot be read: the buyer is told why, and may send another."""
    if proof.refused_why:
        return
    proof.data, proof.refused_why = None, why
    db.session.flush()
    log("proof refused", proof.ticket.order, by=by, at=at, ticket=proof.ticket.code)
    letters.proof_refused(proof, at)


def charge_the_difference(order: Order, ticket: Ticket, *, by: Person, at: datetime) -> Ticket:
    """No proof came: the ticket costs what everybody pays on that day."""
    if ticket.audience_id is None or ticket.proof_seen_at is not None:
        raise Refused(_("This ticket has its price already."))
    return changes.change_product(
        order, ticket, Chosen(ticket.product_id), at=at, by=by, by_team=True
    )


def remind(at: datetime) -> int:
    """Tell those whose proof is due within a week, once."""
    due = db.session.scalars(queries.to_remind(at, at + REMIND_BEFORE)).all()
    for order_id in due:
        letters.proof_wanted(db.session.get_one(Order, order_id), at)
    return len(due)


def forget(at: datetime) -> int:
    """Delete what nobody has to look at any more."""
    ids = db.session.scalars(queries.over(at)).all()
    if ids:
        db.session.execute(sa.delete(ProofFile).where(ProofFile.id.in_(ids)))
    return len(ids)
