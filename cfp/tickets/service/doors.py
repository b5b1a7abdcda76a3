"""Letting people in: one scan, judged once, whoever asks again and from which door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cfp.codes import hashed
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.tickets.admission import Admission, Passage, Passed, Verdict, judged
from cfp.tickets.models import CheckIn, Door, ProductKind, Ticket, TicketState
from cfp.tickets.queries import doors as queries

FAST_CLOCK = timedelta(minutes=2)  # a door's clock may be so far ahead; what is later is now
OLDEST = timedelta(days=14)  # a phone that was away for longer has a wrong clock


@dataclass(frozen=True)
class Place:
    """Where a scan is made, by which phone or by whom."""

    conference: Conference
    door: Door | None = None
    device: str = ""
    by: Person | None = None

    @property
    def name(self) -> str:
        return self.door.name if self.door else ""


@dataclass(frozen=True)
class Scan:
    """What a door sends: a secret (or a code found by name), the way, and a number used once."""

    nonce: str
    passage: Passage = Passage.ENTRY
    secret: str = ""
    code: str = ""
    at: datetime | None = None  # by the door's clock; None: now


def scan(place: Place, asked: Scan, *, at: datetime) -> CheckIn:
    """Judge a scan and keep it, whatever comes out. The same nonce is the same scan."""
    conference = place.conference
    ticket = _ticket(place, asked)
    known = db.session.scalar(queries.by_nonce(conference, asked.nonce))
    if known is not None:
        return known
    moment = sensible(asked.at, at)
    verdict = Verdict.INVALID
    if ticket is not None:
        passed = [Passed(c.at, c.passage) for c in db.session.scalars(queries.passed(ticket))]
        verdict = judged(
            admission(ticket, place.door), asked.passage, moment, conference.timezone, passed
        )
    found = CheckIn(
        conference_id=conference.id,
        ticket=ticket,
        nonce=asked.nonce,
        passage=asked.passage,
        verdict=verdict,
        door=place.name,
        device=place.device,
        at=moment,
        received_at=at,
        by=place.by,
    )
    return _kept(conference, found)


def _kept(conference: Conference, found: CheckIn) -> CheckIn:
    """Write it down; of two replays at once without a ticket to wait for, one finds the other's."""
    try:
        with db.session.begin_nested():
            db.session.add(found)
    except IntegrityError:
        known = db.session.scalar(queries.by_nonce(conference, found.nonce))
        if known is None:
            raise
        return known
    return found


def _ticket(place: Place, asked: Scan) -> Ticket | None:
    """The ticket that is meant, locked. At a door for workshops the admission opens its own."""
    is_it = (
        Ticket.code == asked.code.upper()
        if asked.code
        else Ticket.secret_hash == hashed(asked.secret)
    )
    ticket = db.session.scalar(queries.ticket_to_judge(place.conference, is_it))
    if ticket is None or place.door is None or not place.door.products or _fits(ticket, place.door):
        return ticket
    belongs = sa.and_(
        Ticket.belongs_to_id == ticket.id,
        Ticket.state == TicketState.LIVE,
        Ticket.product_id.in_([product.id for product in place.door.products]),
    )
    return db.session.scalar(queries.ticket_to_judge(place.conference, belongs).limit(1)) or ticket


def admission(ticket: Ticket, door: Door | None) -> Admission:
    """What is known of a ticket at a door."""
    return Admission(
        is_live=ticket.state is TicketState.LIVE,
        is_paid=ticket.order.state in queries.PAID,
        fits=_fits(ticket, door),
        days=frozenset(datetime.fromisoformat(day).date() for day in ticket.product.days),
        once=ticket.product.kind is ProductKind.THING,
    )


def _fits(ticket: Ticket, door: Door | None) -> bool:
    if door is None or not door.products:
        return ticket.product.kind is ProductKind.ADMISSION
    return ticket.product_id in {product.id for product in door.products}


def sensible(claimed: datetime | None, at: datetime) -> datetime:
    """The moment of a scan: what the door says, as far as it can be true."""
    if claimed is None or claimed > at + FAST_CLOCK:
        return at
    return max(claimed, at - OLDEST)


def met_with(check_in: CheckIn) -> CheckIn | None:
    """The entry because of which this one was refused."""
    if check_in.verdict is not Verdict.ALREADY_REDEEMED:
        return None
    return db.session.scalar(queries.entry_before(check_in))
