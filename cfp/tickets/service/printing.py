"""Tickets as PDF: printed by the worker, kept with a digest of what they show, mailed once."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from cfp.db import db
from cfp.jobs import service as jobs
from cfp.mail import service as mail
from cfp.tickets.diary import calendar_of
from cfp.tickets.links import order_link, ticket_secret
from cfp.tickets.models import Order, PrintKind, Printout, Ticket
from cfp.tickets.queries import papers as queries
from cfp.tickets.service.letters import buyer_of
from cfp.tickets.service.qr import qr_png

PRINT = "tickets.print"
LAYOUT = 1  # another layout makes what was printed before old


def printable(order: Order) -> list[Ticket]:
    """The tickets that open a door, in their order; what is added stands with its host."""
    return [ticket for ticket in order.live if ticket.admits]


def digest_of(order: Order) -> str:
    """Of everything that the paper shows: when this differs, it is printed anew."""
    conference = order.conference
    days = [conference.name, str(conference.starts_on), str(conference.ends_on), order.language]
    shown = [
        [t.code, t.secret_version, t.name, t.company, t.product.name, t.product.days]
        for t in printable(order)
    ]
    return hashlib.sha256(json.dumps([LAYOUT, days, shown]).encode()).hexdigest()


def printout_of(order: Order) -> Printout | None:
    return db.session.scalar(queries.of_order(order))


def is_current(printout: Printout | None, order: Order) -> bool:
    """Whether it shows what holds now."""
    return printout is not None and printout.digest == digest_of(order)


def ask(order: Order, *, at: datetime) -> None:
    """Have the worker print it anew, once."""
    if printable(order):
        jobs.ask(PRINT, by=None, at=at, conference_id=order.conference_id, order_id=order.id)


def page_of(order: Order) -> str:
    """The tickets as HTML for paper, in the buyer's language."""
    with force_locale(order.language):
        return current_app.jinja_env.get_template("tickets/paper/tickets.html").render(
            order=order,
            conference=order.conference,
            tickets=printable(order),
            language=order.language,
            qr=lambda ticket: qr_png(ticket_secret(ticket)),
        )


def keep(order: Order, digest: str, data: bytes, at: datetime) -> Printout:
    """The printout of an order; a newer one takes its place."""
    found = printout_of(order)
    if found is None:
        found = Printout(
            conference_id=order.conference_id, order_id=order.id, kind=PrintKind.TICKETS
        )
        db.session.add(found)
    found.digest, found.data, found.made_at = digest, data, at
    db.session.flush()
    return found


def post(order: Order, data: bytes, at: datetime) -> None:
    """The letter with the tickets and the calendar entry; once for an order."""
    to = buyer_of(order)
    with force_locale(to.language):
        text = current_app.jinja_env.get_template("mail/order_tickets.txt").render(
            person=to, order=order, conference=order.conference, link=order_link(order)
        )
    subject, _newline, body = text.strip().partition("\n")
    message = mail.post_text(
        "order_tickets",
        to,
        subject,
        body.strip(),
        at=at,
        conference_id=order.conference_id,
        key=f"order:{order.id}:tickets",
    )
    if message is not None:
        slug = order.conference.slug
        mail.attach(message, f"{slug}-{order.code}.pdf", "application/pdf", data)
        mail.attach(message, f"{slug}.ics", "text/calendar", calendar_of(order, at))


def due(at: datetime, most: int = 20) -> list[int]:
    """Paid orders of editions that are not over, of which nothing is printed yet, by id."""
    return [*db.session.scalars(queries.unprinted(at).order_by(Order.paid_at).limit(most))]


def is_due(at: datetime) -> bool:
    return db.session.scalar(queries.unprinted(at).limit(1)) is not None
