"""The list of orders: found by anything that is known of them, in columns and not as objects."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

from cfp.billing import queries as ledger
from cfp.billing.models import Invoice, LedgerEntry, Receivable
from cfp.billing.reference import code_of
from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.tickets.models import Order, OrderState, Ticket, TicketState, Voucher
from cfp.tickets.queries.orders import visible_to

GIVE_BACK = "give_back"  # beside the states: what money is to be given back for
AMOUNT = re.compile(r"\d{1,7}([.,]\d\d)?", re.ASCII)
SORTS = {"code": Order.code, "name": Order.name, "placed": Order.id, "state": Order.state}


def listed(
    person: Person, conference: Conference, *, words: str = "", state: str = ""
) -> sa.Select[Order]:
    """The orders of an edition that somebody may see; held places are none yet."""
    found = visible_to(person).where(Order.conference_id == conference.id)
    if state == GIVE_BACK:
        found = found.where(Order.receivable_id.in_(too_much()))
    elif state in {one.value for one in OrderState}:
        found = found.where(Order.state == OrderState(state))
    else:
        found = found.where(Order.placed_at.is_not(None))
    for word in words.split()[:5]:
        found = found.where(_has(word))
    return found


def _has(word: str) -> sa.ColumnElement[bool]:
    """Code, name, mail, company, reference, number of an invoice, a guest, a voucher, an amount."""
    like = "%" + word.lower().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"

    def holds(column: Any) -> sa.ColumnElement[bool]:
        return sa.func.lower(column).like(like, escape="\\")

    in_ticket = sa.exists().where(
        Ticket.order_id == Order.id,
        sa.or_(
            *(holds(Ticket.name), holds(Ticket.email), holds(Ticket.code)),
            Ticket.voucher_id.in_(sa.select(Voucher.id).where(holds(Voucher.word))),
        ),
    )
    invoiced = sa.select(Invoice.receivable_id).where(holds(Invoice.number))
    columns = [Order.code, Order.name, Order.email, Order.company, Order.buyer_reference]
    found = [*map(holds, columns), in_ticket, Order.receivable_id.in_(invoiced)]
    try:
        code = code_of(word)
    except ValueError:
        code = ""
    if code:
        named = sa.select(Receivable.id).where(Receivable.code == code)
        found.append(Order.receivable_id.in_(named))
    if AMOUNT.fullmatch(word):
        found += _of_amount(word)
    return sa.or_(*found)


def _of_amount(word: str) -> list[sa.ColumnElement[bool]]:
    """What costs so much, and what so much was paid for, or given back of."""
    whole, _sign, rest = word.replace(",", ".").partition(".")
    cents = int(whole) * 100 + int(rest or 0)
    moved = sa.select(LedgerEntry.receivable_id).where(LedgerEntry.cents == cents)
    worth = (
        sa.select(Ticket.order_id)
        .where(Ticket.state == TicketState.LIVE)
        .group_by(Ticket.order_id)
        .having(sa.func.sum(Ticket.cents) == cents)
    )
    return [Order.receivable_id.in_(moved), Order.id.in_(worth)]


def too_much() -> sa.Select[int]:
    """What was paid more for than is owed."""
    owed = ledger.balances().subquery()
    return sa.select(owed.c.receivable_id).where(owed.c.cents < 0)


def rows(
    found: sa.Select[Order], *, sort: str, page: int, each: int
) -> sa.Select[*tuple[Any, ...]]:
    """One page of the list as columns: two statements paint it, however many orders there are."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    column: Any = SORTS.get(key, Order.id)
    ids = found.with_only_columns(Order.id).order_by(
        column.desc() if down else column.asc(), Order.id.desc()
    )
    ids = ids.limit(each).offset((page - 1) * each)
    live = Ticket.state == TicketState.LIVE
    return (
        sa.select(
            Order.code,
            Order.name,
            Order.email,
            Order.company,
            Order.state,
            Order.method,
            Order.placed_at,
            sa.func.count(sa.case((live, Ticket.id))).label("tickets"),
            sa.func.coalesce(sa.func.sum(sa.case((live, Ticket.cents), else_=0)), 0).label("cents"),
        )
        .outerjoin(Ticket, Ticket.order_id == Order.id)
        .where(Order.id.in_(ids.subquery().select()))
        .group_by(Order.id)
        .order_by(column.desc() if down else column.asc(), Order.id.desc())
    )


def counts(found: sa.Select[Order]) -> sa.Select[OrderState, int]:
    """(state, how many) of a list."""
    ids = found.with_only_columns(Order.id)
    return sa.select(Order.state, sa.func.count()).where(Order.id.in_(ids)).group_by(Order.state)
