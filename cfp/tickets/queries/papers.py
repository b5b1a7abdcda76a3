"""Questions about what is printed, and what is to be."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from cfp.conference.models import Conference
from cfp.tickets.models import (
    Order,
    PrintKind,
    Printout,
    Product,
    ProductKind,
    Ticket,
    TicketState,
)
from cfp.tickets.queries.doors import PAID
from cfp.tickets.queries.orders import with_tickets


def by_id(order_id: int) -> sa.Select[Order]:
    """An order with its tickets, as it is now."""
    return (
        sa.select(Order)
        .where(Order.id == order_id)
        .options(*with_tickets())
        .execution_options(populate_existing=True)
    )


def of_order(order: Order) -> sa.Select[Printout]:
    return sa.select(Printout).where(Printout.order_id == order.id)


def badges(conference_id: int) -> sa.Select[Printout]:
    """The badges that were printed last."""
    return sa.select(Printout).where(
        Printout.conference_id == conference_id, Printout.kind == PrintKind.BADGES
    )


def unprinted(at: datetime) -> sa.Select[int]:
    """Ids of paid orders of editions that are not over, of which nothing is printed yet."""
    return (
        sa.select(Order.id)
        .join(Conference, Conference.id == Order.conference_id)
        .where(
            Order.state.in_(PAID),
            ~sa.exists().where(Printout.order_id == Order.id),
            Conference.ends_on >= (at - timedelta(days=1)).date(),
        )
    )


def to_badge(conference: Conference, product: str = "") -> sa.Select[Ticket]:
    """Who gets a badge: every admission that is paid, or those of one product by its code."""
    select = (
        sa.select(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .where(
            Ticket.conference_id == conference.id,
            Ticket.state == TicketState.LIVE,
            Order.state.in_(PAID),
            Product.kind == ProductKind.ADMISSION,
        )
        .options(contains_eager(Ticket.product))
    )
    return select.where(Product.code == product) if product else select
