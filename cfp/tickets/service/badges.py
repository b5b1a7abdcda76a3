"""Badges for everybody who comes: sheets in the order in which the desk lies, printed at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from cfp.conference.models import Conference
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun
from cfp.paper import to_pdf
from cfp.people.models import Person
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import PrintKind, Printout, Ticket
from cfp.tickets.queries import papers as queries
from cfp.tickets.service.qr import qr_png

PRINT = "tickets.badges"
SHEETS = {"eight": 8, "four": 4}  # on one A4: 90 x 60 mm, and A6
ORDERS: dict[str, Callable[[Ticket], tuple[str, ...]]] = {
    "name": lambda t: (t.name.casefold(), t.code),
    "company": lambda t: (t.company.casefold(), t.name.casefold(), t.code),
    "product": lambda t: (t.product.name.casefold(), t.name.casefold(), t.code),
}


def ask(
    conference: Conference, by: Person, at: datetime, *, order: str, product: str, sheet: str
) -> JobRun:
    """Have the worker print them; while one is printing there is no second."""
    return jobs.ask_once(
        PRINT,
        by=by,
        at=at,
        conference_id=conference.id,
        order=order,
        product=product,
        sheet=sheet,
        language=by.language,
    )


def wanted(conference: Conference, order: str, product: str) -> list[Ticket]:
    """Everybody who has paid, of one product or of all, in this order."""
    found = db.session.scalars(queries.to_badge(conference, product)).all()
    return sorted(found, key=ORDERS[order])


def page_of(conference: Conference, tickets: Sequence[Ticket], sheet: str, language: str) -> str:
    """The sheets as HTML for paper."""
    each = SHEETS[sheet]
    with force_locale(language):
        return current_app.jinja_env.get_template("tickets/paper/badges.html").render(
            conference=conference,
            sheets=[tickets[n : n + each] for n in range(0, len(tickets), each)],
            sheet=sheet,
            language=language,
            qr=lambda ticket: qr_png(ticket_secret(ticket), scale=4),
        )


def printed(conference: Conference, tickets: Sequence[Ticket], sheet: str, language: str) -> bytes:
    return to_pdf(page_of(conference, tickets, sheet, language))


def keep(conference_id: int, data: bytes, at: datetime) -> Printout:
    """The newest badges take the place of the ones before: names are not kept twice."""
    for old in db.session.scalars(queries.badges(conference_id)):
        db.session.delete(old)
    made = Printout(
        conference_id=conference_id,
        kind=PrintKind.BADGES,
        digest=hashlib.sha256(data).hexdigest(),
        data=data,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    return made
