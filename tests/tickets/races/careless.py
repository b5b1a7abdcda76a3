"""How stock is counted by who does not think of others: look first, write what was seen later.

The control of the harness: with this in place of the guard the race must find what goes wrong.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cfp.db import db, transaction
from cfp.tickets.models import PriceTier, Quota, Voucher
from cfp.tickets.service import capacity

SEEN: dict[tuple[Any, int], tuple[int, int | None]] = {}


def look() -> None:
    """What the counters say before the transaction that changes them: the usual mistake."""
    with transaction():
        for kind, counter, limit in (
            (Quota, Quota.taken, Quota.size),
            (PriceTier, PriceTier.taken, PriceTier.at_most),
            (Voucher, Voucher.used, Voucher.at_most),
        ):
            for thing_id, taken, most in db.session.execute(sa.select(kind.id, counter, limit)):
                SEEN[kind, thing_id] = (taken, most)


def move(kind: Any, thing_id: int, by: int, _at: datetime, **_agreed: bool) -> bool:
    taken, most = SEEN[kind, thing_id]
    if not 0 <= taken + by <= (most if most is not None else taken + by):
        return by < 0
    column = "used" if kind is Voucher else "taken"
    table = kind.__table__
    update = sa.update(table).where(table.c.id == thing_id).values({column: taken + by})
    db.session.execute(update)
    SEEN[kind, thing_id] = (taken + by, most)
    return True


def instead_of_the_guard() -> None:
    capacity._move = move
