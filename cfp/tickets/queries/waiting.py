"""Questions about who waits for what is sold out."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.conference.models import Conference
from cfp.tickets.models import Product, Waiting, WaitingListEntry

OPEN = (Waiting.WAITING, Waiting.OFFERED)


def entry(conference: Conference, code: str) -> sa.Select[WaitingListEntry]:
    return (
        sa.select(WaitingListEntry)
        .where(WaitingListEntry.conference_id == conference.id, WaitingListEntry.code == code)
        .options(joinedload(WaitingListEntry.product), joinedload(WaitingListEntry.order))
    )


def in_line(conference: Conference) -> sa.Select[WaitingListEntry]:
    """Who waits or has an offer, product by product, whoever came first first."""
    return (
        sa.select(WaitingListEntry)
        .join(WaitingListEntry.product)
        .where(WaitingListEntry.conference_id == conference.id, WaitingListEntry.state.in_(OPEN))
        .options(joinedload(WaitingListEntry.product), joinedload(WaitingListEntry.order))
        .order_by(Product.position, Product.id, WaitingListEntry.id)
    )


def before(entry: WaitingListEntry) -> sa.Select[int, int]:
    """(how many stand before, how many tickets they want)."""
    return sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.sum(WaitingListEntry.number), 0)
    ).where(
        WaitingListEntry.product_id == entry.product_id,
        WaitingListEntry.state == Waiting.WAITING,
        WaitingListEntry.id < entry.id,
    )
