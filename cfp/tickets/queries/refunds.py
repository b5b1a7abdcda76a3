"""Questions about money that goes back by bank: to whom, and to which account."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from cfp.billing.models import Allocation, BankEntry, Method
from cfp.conference.models import Conference
from cfp.people.models import Person
from cfp.tickets.models import Order, RefundFile
from cfp.tickets.queries.lists import too_much
from cfp.tickets.queries.orders import to_look_at, visible_to


def owed(person: Person, conference: Conference) -> sa.Select[Order]:
    """The orders of which money is to be given back, but by card: that goes back by itself.

    Call ``.unique()`` on the result.
    """
    found = visible_to(person).where(
        Order.conference_id == conference.id,
        Order.receivable_id.in_(too_much()),
        sa.or_(Order.method.is_(None), Order.method != Method.CARD),
    )
    return to_look_at(found).order_by(Order.id)


def accounts(receivables: Collection[int]) -> sa.Select[int, str, str]:
    """(receivable, IBAN, name) of whom the bank named as the payer, the last one last."""
    return (
        sa.select(Allocation.receivable_id, BankEntry.iban, BankEntry.name)
        .join(Allocation.entry)
        .where(
            Allocation.receivable_id.in_(receivables),
            Allocation.undone_at.is_(None),
            BankEntry.cents > 0,
            BankEntry.iban != "",
        )
        .order_by(Allocation.id)
    )


def files(conference: Conference) -> sa.Select[RefundFile]:
    """What was made for the bank, the last first."""
    return (
        sa.select(RefundFile)
        .where(RefundFile.conference_id == conference.id)
        .order_by(RefundFile.id.desc())
    )
