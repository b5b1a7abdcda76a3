"""What must always be true: counters equal tickets, states equal ledgers. Each break is a line."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cfp.billing import queries as ledger
from cfp.billing.models import EntryKind, LedgerEntry
from cfp.db import db
from cfp.tickets.models import (
    GONE,
    OWES,
    Order,
    OrderState,
    PriceTier,
    Quota,
    Ticket,
    TicketState,
    Voucher,
    product_quota,
)


def complaints() -> list[str]:
    """Everything that does not add up; empty is healthy."""
    return [*_counters(), *_places(), *_balances()]


def _live_by(column: Any) -> dict[int, int]:
    counted = sa.select(column, sa.func.count()).where(Ticket.state == TicketState.LIVE)
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(column))}


def _counters() -> list[str]:
    """A unit made up or lost."""
    in_quota = (
        sa.select(product_quota.c.quota_id, sa.func.count())
        .join(Ticket, Ticket.product_id == product_quota.c.product_id)
        .where(Ticket.state == TicketState.LIVE)
        .group_by(product_quota.c.quota_id)
    )
    live = {row[0]: row[1] for row in db.session.execute(in_quota)}
    found = []
    for quota_id, name, taken, size in db.session.execute(
        sa.select(Quota.id, Quota.name, Quota.taken, Quota.size)
    ):
        number = live.get(quota_id, 0)
        found += _differs(f"quota {name}", taken, number, size)
    by_tier, by_voucher = _live_by(Ticket.tier_id), _live_by(Ticket.voucher_id)
    for tier_id, name, taken, most in db.session.execute(
        sa.select(PriceTier.id, PriceTier.name, PriceTier.taken, PriceTier.at_most)
    ):
        found += _differs(f"price {name}", taken, by_tier.get(tier_id, 0), most)
    for voucher_id, word, used, most in db.session.execute(
        sa.select(Voucher.id, Voucher.word, Voucher.used, Voucher.at_most)
    ):
        found += _differs(f"voucher {word}", used, by_voucher.get(voucher_id, 0), most)
    return found


def _differs(what: str, counted: int, live: int, most: int | None) -> list[str]:
    found = []
    if counted != live:
        found.append(f"{what} counts {counted}, but {live} tickets are live")
    if most is not None and live > most:
        found.append(f"{what} has {live} live tickets of {most}")
    return found


def _places() -> list[str]:
    """Tickets that take a place in an order that is gone, or none in one that is not."""
    gone = (
        sa.select(Order.code)
        .join(Ticket)
        .where(Order.state.in_(GONE), Ticket.state == TicketState.LIVE)
    )
    empty = sa.select(Order.code).where(
        Order.state.not_in(GONE),
        ~sa.exists().where(Ticket.order_id == Order.id, Ticket.state == TicketState.LIVE),
    )
    found = [f"order {code} is gone and has live tickets" for code in db.session.scalars(gone)]
    return found + [f"order {code} has no live ticket" for code in db.session.scalars(empty)]


def _balances() -> list[str]:
    """What an order is charged is what its tickets cost and what was kept of those given back."""
    owed = ledger.balances().subquery()
    charged = _charged().subquery()
    cost = (
        sa.select(
            Ticket.order_id,
            sa.func.sum(
                sa.case((Ticket.state == TicketState.LIVE, Ticket.cents), else_=Ticket.kept_cents)
            ).label("cents"),
        )
        .group_by(Ticket.order_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Order.code, Order.state, owed.c.cents, charged.c.cents, cost.c.cents)
        .join(owed, owed.c.receivable_id == Order.receivable_id)
        .join(charged, charged.c.receivable_id == Order.receivable_id)
        .outerjoin(cost, cost.c.order_id == Order.id)
    )
    found = []
    for code, state, balance, charge, worth in rows:
        if charge != (worth or 0):
            found.append(f"order {code} is charged {charge}, and its tickets cost {worth}")
        if state in OWES and balance <= 0:
            found.append(f"order {code} is paid and does not say so")
        if state is OrderState.CANCELLED and balance > 0:
            found.append(f"order {code} is cancelled and owes {balance}")
    return found


def _charged() -> sa.Select[int, int]:
    """(receivable_id, what was charged less what was credited), payments left out."""
    paper = (EntryKind.CHARGE, EntryKind.CREDIT)
    worth = sa.case((LedgerEntry.kind.in_(paper), ledger.owed), else_=0)
    return sa.select(LedgerEntry.receivable_id, sa.func.sum(worth).label("cents")).group_by(
        LedgerEntry.receivable_id
    )
