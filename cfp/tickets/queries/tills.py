"""Questions about cash: who took it and gave it back, and who counted what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from cfp.billing.models import MOVES_MONEY, EntryKind, LedgerEntry, Method
from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.tickets.models import Order, TillCount


def cash(conference: Conference) -> sa.Select[datetime, int | None, int]:
    """(at, by whom, cents that went into the box) of all cash for orders, in its order."""
    came = LedgerEntry.kind == EntryKind.PAYMENT
    return (
        sa.select(
            LedgerEntry.at,
            LedgerEntry.by_id,
            sa.case((came, LedgerEntry.cents), else_=-LedgerEntry.cents),
        )
        .join(Order, Order.receivable_id == LedgerEntry.receivable_id)
        .where(
            Order.conference_id == conference.id,
            LedgerEntry.method == Method.CASH,
            LedgerEntry.kind.in_(MOVES_MONEY),
        )
        .order_by(LedgerEntry.id)
    )


def counts(conference: Conference) -> sa.Select[TillCount]:
    return (
        sa.select(TillCount).where(TillCount.conference_id == conference.id).order_by(TillCount.id)
    )


def count_of(conference: Conference, person_id: int, day: date) -> sa.Select[TillCount]:
    return counts(conference).where(TillCount.person_id == person_id, TillCount.day == day)


def names(people: Collection[int]) -> sa.Select[int, str]:
    """(id, name) of these people."""
    return sa.select(Person.id, Person.name).where(Person.id.in_(people)).order_by(Person.name)
