"""Questions about orders and their tickets."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from cfp.access import Role
from cfp.billing import queries as ledger
from cfp.billing.models import Receivable
from cfp.conference.models import Conference, Membership
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.tickets.models import OWES, Channel, Order, OrderState, Ticket


def visible_to(person: Person) -> sa.Select[Order]:
    """The orders of the editions in which somebody looks after the money or the door."""
    roles = (Role.ORGANISER, Role.TREASURER, Role.BOX_OFFICE)
    mine = sa.select(Membership.conference_id).where(
        Membership.person_id == person.id, Membership.role.in_(roles)
    )
    return sa.select(Order).where(Order.conference_id.in_(mine))


def with_tickets() -> tuple[ExecutableOption, ...]:
    """The tickets of an order with what they are, in one more statement."""
    return (
        selectinload(Order.tickets).options(
            joinedload(Ticket.product), joinedload(Ticket.audience)
        ),
    )


def to_look_at(select: sa.Select[Order]) -> sa.Select[Order]:
    """Orders with their tickets and what is owed, to be read and not changed: one statement.

    Call ``.unique()`` on the result. Who waits for a lock asks twice: what is joined to a row that
    was waited for is as old as the beginning of the waiting.
    """
    tickets = joinedload(Order.tickets)
    return select.options(
        tickets.joinedload(Ticket.product),
        tickets.joinedload(Ticket.audience),
        joinedload(Order.receivable).selectinload(Receivable.entries),
    )


def by_code(conference: Conference, code: str) -> sa.Select[Order]:
    return sa.select(Order).where(Order.conference_id == conference.id, Order.code == code)


def by_form_key(conference: Conference, key: str) -> sa.Select[Order]:
    return sa.select(Order).where(Order.conference_id == conference.id, Order.form_key == key)


def added_later(order: Order) -> sa.Select[Order]:
    """What was added to an order after it was bought, as orders of their own."""
    return (
        sa.select(Order)
        .where(Order.extends_id == order.id, Order.placed_at.is_not(None))
        .options(*with_tickets())
        .order_by(Order.id)
    )


def letters_about(order: Order) -> sa.Select[Message]:
    """What was written to its buyer and its guests, in order."""
    key = f"order:{order.id}:"
    return (
        sa.select(Message)
        .where(Message.key.startswith(key, autoescape=True))
        .order_by(Message.created_at, Message.id)
    )


def locked(order_id: int) -> sa.Select[Order]:
    """The order as it is now, held until the transaction ends; whoever else wants it waits."""
    return for_change(sa.select(Order).where(Order.id == order_id))


def for_change(select: sa.Select[Order]) -> sa.Select[Order]:
    """These orders with their tickets, read anew and locked."""
    return (
        select.options(*with_tickets())
        .with_for_update(of=Order)
        .execution_options(populate_existing=True)
    )


def held_from(network: str, at: datetime) -> sa.Select[int]:
    """How many tickets are held, and not bought, from one network."""
    return (
        sa.select(sa.func.count())
        .select_from(Ticket)
        .join(Ticket.order)
        .where(
            Order.network == network,
            Order.state == OrderState.HELD,
            Order.held_until >= at,
            Order.channel == Channel.SHOP,
        )
    )


def held_too_long(at: datetime) -> sa.Select[int]:
    return sa.select(Order.id).where(Order.state == OrderState.HELD, Order.held_until < at)


def due_to_expire(at: datetime) -> sa.Select[int]:
    return sa.select(Order.id).where(Order.state == OrderState.PLACED, Order.due_at < at)


def due_to_remind(at: datetime) -> sa.Select[int]:
    """Unpaid, or not all of it, due before ``at``, and not reminded yet."""
    unpaid = sa.select(Order.id).where(Order.state.in_(OWES), Order.reminded_at.is_(None))
    return unpaid.where(Order.due_at < at).order_by(Order.id)


def to_settle() -> sa.Select[int]:
    """Orders whose ledger says something that their state does not say yet."""
    owed = ledger.balances().subquery()
    return (
        sa.select(Order.id)
        .join(owed, owed.c.receivable_id == Order.receivable_id)
        .where(
            sa.or_(
                sa.and_(Order.state.in_(OWES), owed.c.cents <= 0),
                sa.and_(
                    Order.state == OrderState.EXPIRED, owed.c.cents < 0, Order.late_at.is_(None)
                ),
            )
        )
        .order_by(Order.id)
    )
