"""Questions about doors, the phones at them, and who went through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from cfp.access import Role
from cfp.conference.models import Conference, Membership
from cfp.people.models import Person
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.models import (
    ADMITTED,
    SOLD,
    CheckIn,
    Door,
    Order,
    OrderState,
    Product,
    ProductKind,
    Scanner,
    Ticket,
    TicketState,
)

PAID = ADMITTED


def visible_to(person: Person) -> sa.Select[Scanner]:
    """The scanners of the editions whose doors somebody looks after."""
    roles = (Role.ORGANISER, Role.BOX_OFFICE)
    mine = sa.select(Membership.conference_id).where(
        Membership.person_id == person.id, Membership.role.in_(roles)
    )
    return sa.select(Scanner).where(Scanner.conference_id.in_(mine))


def scanners(conference: Conference) -> sa.Select[Scanner]:
    """Those in use first, the newest first."""
    return (
        sa.select(Scanner)
        .where(Scanner.conference_id == conference.id)
        .options(joinedload(Scanner.door))
        .order_by(Scanner.revoked_at.is_not(None), Scanner.id.desc())
    )


def scanner_by_code(conference: Conference, code: str) -> sa.Select[Scanner]:
    return (
        sa.select(Scanner)
        .where(Scanner.conference_id == conference.id, Scanner.code == code)
        .options(joinedload(Scanner.door).selectinload(Door.products))
    )


def doors(conference: Conference) -> sa.Select[Door]:
    return (
        sa.select(Door)
        .where(Door.conference_id == conference.id)
        .options(selectinload(Door.products))
        .order_by(Door.id)
    )


def products(conference: Conference) -> sa.Select[Product]:
    """Everything that can be looked at at a door, in the order of the shop."""
    return (
        sa.select(Product)
        .where(Product.conference_id == conference.id)
        .order_by(Product.position, Product.id)
    )


def ticket_to_judge(conference: Conference, *where: sa.ColumnElement[bool]) -> sa.Select[Ticket]:
    """A ticket as it is now, held until the transaction ends; the other door waits its turn."""
    return (
        sa.select(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .where(Ticket.conference_id == conference.id, Order.state != OrderState.HELD, *where)
        .options(
            contains_eager(Ticket.order),
            contains_eager(Ticket.product),
            joinedload(Ticket.audience),
        )
        .order_by(Ticket.id)
        .with_for_update(of=Ticket)
        .execution_options(populate_existing=True)
    )


def by_nonce(conference: Conference, nonce: str) -> sa.Select[CheckIn]:
    return (
        sa.select(CheckIn)
        .where(CheckIn.conference_id == conference.id, CheckIn.nonce == nonce)
        .options(joinedload(CheckIn.ticket).joinedload(Ticket.product))
    )


def passed(ticket: Ticket) -> sa.Select[CheckIn]:
    """Who was let through with it, in the order of their moments."""
    return (
        sa.select(CheckIn)
        .where(CheckIn.ticket_id == ticket.id, CheckIn.verdict == Verdict.OK)
        .order_by(CheckIn.at, CheckIn.id)
    )


def entry_before(check_in: CheckIn) -> sa.Select[CheckIn]:
    """The entry that a second one met with: the last before it, else the first after."""
    earlier = sa.case((CheckIn.at <= check_in.at, CheckIn.at))
    return (
        sa.select(CheckIn)
        .where(
            CheckIn.ticket_id == check_in.ticket_id,
            CheckIn.verdict == Verdict.OK,
            CheckIn.passage == Passage.ENTRY,
        )
        .order_by(earlier.is_(None), earlier.desc(), CheckIn.at, CheckIn.id)
        .limit(1)
    )


def steps(
    conference: Conference, since: datetime, until: datetime
) -> sa.Select[datetime, Passage, Verdict, str, int | None]:
    """(at, passage, verdict, door, ticket) of all scans of a span, as columns."""
    return (
        sa.select(CheckIn.at, CheckIn.passage, CheckIn.verdict, CheckIn.door, CheckIn.ticket_id)
        .where(CheckIn.conference_id == conference.id, CheckIn.at >= since, CheckIn.at < until)
        .order_by(CheckIn.at, CheckIn.id)
    )


def refusals(conference: Conference, since: datetime, until: datetime) -> sa.Select[CheckIn]:
    """Who was not let in, the last first."""
    return (
        sa.select(CheckIn)
        .where(
            CheckIn.conference_id == conference.id,
            CheckIn.at >= since,
            CheckIn.at < until,
            CheckIn.verdict != Verdict.OK,
        )
        .options(joinedload(CheckIn.ticket).joinedload(Ticket.product))
        .order_by(CheckIn.at.desc(), CheckIn.id.desc())
    )


def all_scans(conference: Conference) -> sa.Select[CheckIn]:
    """Every scan of an edition with its ticket, in the order of their moments."""
    return (
        sa.select(CheckIn)
        .where(CheckIn.conference_id == conference.id)
        .options(joinedload(CheckIn.ticket).joinedload(Ticket.product), joinedload(CheckIn.by))
        .order_by(CheckIn.at, CheckIn.id)
    )


def admissions_sold(conference: Conference) -> sa.Select[Any]:
    """(days of the product, how many are paid) of everything that lets somebody in."""
    return (
        sa.select(Product.days, sa.func.count())
        .join(Ticket, Ticket.product_id == Product.id)
        .join(Order, Order.id == Ticket.order_id)
        .where(
            Ticket.conference_id == conference.id,
            Ticket.state == TicketState.LIVE,
            Order.state.in_(PAID),
            Product.kind == ProductKind.ADMISSION,
        )
        .group_by(Product.id)
    )


def orders_of(codes: Sequence[str]) -> sa.Select[str, str]:
    """(ticket, its order), by their codes."""
    return sa.select(Ticket.code, Order.code).join(Ticket.order).where(Ticket.code.in_(codes))


def known_tickets(conference: Conference, since: datetime, door: Door | None) -> sa.Select[Any]:
    """What a phone has to know to judge by itself: columns, one row a live ticket.

    (hash of the secret, code, name, company, product, days, state of the order, inside since)
    """
    newest = aliased(CheckIn)
    last = (
        sa.select(sa.func.max(newest.at))
        .where(newest.ticket_id == Ticket.id, newest.verdict == Verdict.OK, newest.at >= since)
        .correlate(Ticket)
        .scalar_subquery()
    )
    inside = sa.and_(
        CheckIn.ticket_id == Ticket.id,
        CheckIn.verdict == Verdict.OK,
        CheckIn.passage == Passage.ENTRY,
        CheckIn.at == last,
    )
    return (
        sa.select(
            *(Ticket.secret_hash, Ticket.code, Ticket.name, Ticket.company),
            *(Product.name, Product.days, Order.state, CheckIn.at),
        )
        .join(Order, Order.id == Ticket.order_id)
        .join(Product, Product.id == Ticket.product_id)
        .outerjoin(CheckIn, inside)
        .where(
            Ticket.conference_id == conference.id,
            Ticket.state == TicketState.LIVE,
            Order.state.in_(SOLD),
            takes(door),
        )
        .order_by(Ticket.name, Ticket.id)
    )


def takes(door: Door | None) -> sa.ColumnElement[bool]:
    """Whether a product of the row is looked at, at this door."""
    if door is None or not door.products:
        return Product.kind == ProductKind.ADMISSION
    return Product.id.in_([product.id for product in door.products])


def by_name(select: sa.Select[Any], text: str) -> sa.Select[Any]:
    """Tickets by a part of the name, the company, the buyer, or by a whole code; names first."""
    cleaned = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{cleaned}%"
    is_it = sa.or_(
        Ticket.name.ilike(like, escape="\\"),
        Ticket.company.ilike(like, escape="\\"),
        Order.name.ilike(like, escape="\\"),
        Ticket.code == text.upper(),
        Order.code == text.upper(),
    )
    is_own = Ticket.name.ilike(like, escape="\\")
    return select.where(is_it).order_by(None).order_by(is_own.desc(), Ticket.name, Ticket.id)
