"""Figures of selling: what is sold, what came in, what is open, what has to be given back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cfp.billing import queries as ledger
from cfp.conference.models import Conference
from cfp.tickets.models import ADMITTED, OWES, SOLD, Order, OrderState, Ticket, TicketState


def money(conference: Conference) -> sa.Select[*tuple[Any, ...]]:
    """One row: cents of paid and of open orders, how many are open, how many get money back."""
    owed = ledger.balances().subquery()
    cents = (
        sa.select(Ticket.order_id, sa.func.sum(Ticket.cents).label("cents"))
        .where(Ticket.conference_id == conference.id, Ticket.state == TicketState.LIVE)
        .group_by(Ticket.order_id)
        .subquery()
    )

    def total(*states: OrderState) -> sa.ColumnElement[int]:
        worth = sa.func.coalesce(cents.c.cents, 0)
        return sa.func.coalesce(sa.func.sum(sa.case((Order.state.in_(states), worth), else_=0)), 0)

    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    return (
        sa.select(
            total(*ADMITTED).label("paid"),
            total(*OWES).label("open"),
            number(Order.state.in_(OWES)).label("unpaid"),
            number(owed.c.cents < 0).label("to_give_back"),
            sa.func.coalesce(
                sa.func.sum(sa.case((owed.c.cents < 0, -owed.c.cents), else_=0)), 0
            ).label("back"),
        )
        .select_from(Order)
        .outerjoin(cents, cents.c.order_id == Order.id)
        .outerjoin(owed, owed.c.receivable_id == Order.receivable_id)
        .where(Order.conference_id == conference.id)
    )


def sold_by_product(conference: Conference) -> sa.Select[int, int]:
    """(product_id, live tickets of orders that are placed or paid)."""
    return (
        sa.select(Ticket.product_id, sa.func.count())
        .join(Order)
        .where(
            Ticket.conference_id == conference.id,
            Ticket.state == TicketState.LIVE,
            Order.state.in_(SOLD),
        )
        .group_by(Ticket.product_id)
    )
