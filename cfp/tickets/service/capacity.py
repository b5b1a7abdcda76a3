"""The one guarded path on which stock changes, whoever changes it and why.

Buying, holding, expiring, changing, cancelling, passing on, importing, a late payment, the waiting
list and the organiser's own numbers all come through here. Each counter moves by one conditional
UPDATE that takes the units only if they are there; so two buyers at the same moment queue at the
row, and what the second finds is true. A CHECK on the row says the same to everybody else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db, lock
from cfp.errors import Refused
from cfp.tickets.models import (
    PriceTier,
    Product,
    Quota,
    Ticket,
    TicketState,
    Voucher,
    product_quota,
)

Counted = type[Quota] | type[PriceTier] | type[Voucher]
ORDER: tuple[Counted, ...] = (Quota, PriceTier, Voucher)  # all lock in this order, then by id


class SoldOut(Refused):
    """There are not so many left."""

    def __init__(self, product: str) -> None:
        super().__init__(_("“%(product)s” is sold out.", product=product))


class PriceGone(Refused):
    """The last unit at the price that was seen has gone to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody was faster: the last ticket at this price is gone. See what it costs now.")
        )


def change_stock(
    *,
    at: datetime,
    take: Iterable[Ticket] = (),
    give: Iterable[Ticket] = (),
    as_agreed: bool = False,
) -> None:
    """Let ``take`` have their places and ``give`` return theirs, in one step or not at all.

    ``as_agreed``: at the price of an earlier day, also when its tier has ended meanwhile; never
    more of them than the tier has. Raises :class:`SoldOut` or :class:`PriceGone`; a caller that
    goes on after that does so outside of a savepoint around this.
    """
    taking, giving = list(take), list(give)
    _expect(taking, TicketState.RELEASED)
    _expect(giving, TicketState.LIVE)
    with db.session.no_autoflush:  # new tickets are written once, with the place they have then
        _count(taking, giving, at, as_agreed=as_agreed)
    for ticket in taking:
        ticket.state, ticket.released_at = TicketState.LIVE, None
    for ticket in giving:
        ticket.state, ticket.released_at = TicketState.RELEASED, at
    db.session.flush()


def _count(taking: list[Ticket], giving: list[Ticket], at: datetime, *, as_agreed: bool) -> None:
    quotas = _quotas_of({ticket.product_id for ticket in (*taking, *giving)})
    moves: Counter[tuple[int, int]] = Counter()
    for tickets, by in ((taking, 1), (giving, -1)):
        for ticket in tickets:
            moves.update(dict.fromkeys(_counters(ticket, quotas), by))
    for (kind, thing_id), by in sorted(moves.items()):
        if by and not _move(ORDER[kind], thing_id, by, at, as_agreed=as_agreed):
            raise _refusal(ORDER[kind], thing_id, taking, quotas)


def _expect(tickets: list[Ticket], state: TicketState) -> None:
    """A ticket that is taken or given twice would be a unit made up or lost."""
    if any(ticket.state is not state for ticket in tickets) or len(set(tickets)) != len(tickets):
        raise RuntimeError("these tickets are not what their stock says")


def _quotas_of(products: Iterable[int]) -> dict[int, list[int]]:
    _share(products)
    rows = db.session.execute(
        sa.select(product_quota.c.product_id, product_quota.c.quota_id)
        .where(product_quota.c.product_id.in_(products))
        .order_by(product_quota.c.product_id, product_quota.c.quota_id)
    )
    found = defaultdict(list)
    for product_id, quota_id in rows:
        found[product_id].append(quota_id)
    return found


def _share(products: Iterable[int]) -> None:
    """Shared with other buyers; only who links a product to other stock waits, or is waited for."""
    wanted = sa.select(Product.id).where(Product.id.in_(products)).order_by(Product.id)
    db.session.execute(wanted.with_for_update(read=True, key_share=True))


def _counters(ticket: Ticket, quotas: dict[int, list[int]]) -> list[tuple[int, int]]:
    found = [(0, quota_id) for quota_id in quotas.get(ticket.product_id, ())]
    if ticket.tier_id is not None:
        found.append((1, ticket.tier_id))
    if ticket.voucher_id is not None:
        found.append((2, ticket.voucher_id))
    return found


def _move(kind: Counted, thing_id: int, by: int, at: datetime, *, as_agreed: bool) -> bool:
    """One conditional UPDATE; False when the units are not there."""
    table: Any = kind.__table__
    counter = table.c.used if kind is Voucher else table.c.taken
    limit = table.c.size if kind is Quota else table.c.at_most
    update = sa.update(table).where(table.c.id == thing_id, counter + by >= 0)
    values: dict[str, Any] = {counter.name: counter + by}
    if by > 0:
        update = update.where(sa.or_(limit.is_(None), counter + by <= limit))
        if kind is PriceTier:
            full = sa.and_(limit.is_not(None), counter + by >= limit)
            ended = sa.func.coalesce(table.c.over_at, sa.bindparam("now", at, table.c.over_at.type))
            values["over_at"] = sa.case((full, ended), else_=table.c.over_at)
            if not as_agreed:
                update = update.where(table.c.over_at.is_(None))
    done: Any = db.session.execute(update.values(values))
    _forget(kind, thing_id)
    return bool(done.rowcount == 1)


def _forget(kind: Counted, thing_id: int) -> None:
    """What the session knew of the counter is old now."""
    known = db.session.identity_map.get(sa.orm.util.identity_key(kind, thing_id))
    if known is not None:
        db.session.expire(known)


def _refusal(
    kind: Counted, thing_id: int, taking: list[Ticket], quotas: dict[int, list[int]]
) -> Refused:
    if kind is PriceTier:
        return PriceGone()
    if kind is Voucher:
        return Refused(_("This voucher has been used up."), field="voucher")
    short = next(t for t in taking if thing_id in quotas.get(t.product_id, ()))
    return SoldOut(db.session.get_one(Product, short.product_id).name)


def claim(conference_id: int) -> None:
    """Take all the stock of an edition, in the one order, before it changes in several steps.

    One step keeps the order by itself. Who gives places back and then takes others in the same
    transaction would have locked a later counter before an earlier one, and two of those can wait
    for each other for ever. Vouchers come after the tiers, which every ticket has.
    """
    here = sa.select(Product.id).where(Product.conference_id == conference_id)
    _share(db.session.scalars(here).all())
    quotas = sa.select(Quota.id).where(Quota.conference_id == conference_id)
    db.session.execute(quotas.order_by(Quota.id).with_for_update(key_share=True))
    tiers = sa.select(PriceTier.id).where(PriceTier.product_id.in_(here))
    db.session.execute(tiers.order_by(PriceTier.id).with_for_update(key_share=True))
    for thing in db.session.identity_map.values():
        if isinstance(thing, ORDER):
            db.session.expire(thing)


# The organiser's own numbers


def resize_quota(quota: Quota, size: int) -> None:
    """Another number of places; never fewer than are held or sold."""
    table: Any = Quota.__table__
    update = sa.update(table).where(table.c.id == quota.id, table.c.taken <= size)
    _resized(quota, update.values(size=size), quota.taken)


def resize_tier(tier: PriceTier, at_most: int | None) -> None:
    """Another number at this price; a tier that is over stays over."""
    table: Any = PriceTier.__table__
    update = sa.update(table).where(table.c.id == tier.id)
    if at_most is not None:
        update = update.where(table.c.taken <= at_most)
    _resized(tier, update.values(at_most=at_most), tier.taken)


def resize_voucher(voucher: Voucher, at_most: int | None) -> None:
    table: Any = Voucher.__table__
    update = sa.update(table).where(table.c.id == voucher.id)
    if at_most is not None:
        update = update.where(table.c.used <= at_most)
    _resized(voucher, update.values(at_most=at_most), voucher.used)


def _resized(thing: Quota | PriceTier | Voucher, update: sa.Update, taken: int) -> None:
    done: Any = db.session.execute(update)
    db.session.expire(thing)
    if done.rowcount != 1:
        sentence = _("%(n)s are sold or held already; it cannot be fewer.", n=taken)
        raise Refused(sentence, field="size")


def join_quota(product: Product, quota: Quota) -> None:
    """From now on, and for what is sold already, a product takes from this stock too."""
    lock(product)
    if quota in product.quotas:
        return
    _count_into(quota, product, 1)
    product.quotas.append(quota)
    db.session.flush()


def leave_quota(product: Product, quota: Quota) -> None:
    """From now on, and for what is sold already, a product does not take from this stock."""
    lock(product)
    if quota not in product.quotas:
        return
    _count_into(quota, product, -1)
    product.quotas.remove(quota)
    db.session.flush()


def _count_into(quota: Quota, product: Product, sign: int) -> None:
    live = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Ticket)
        .where(Ticket.product_id == product.id, Ticket.state == TicketState.LIVE)
    )
    table: Any = Quota.__table__
    counter = table.c.taken + sign * (live or 0)
    update = sa.update(table).where(table.c.id == quota.id, counter <= table.c.size, counter >= 0)
    done: Any = db.session.execute(update.values(taken=counter))
    db.session.expire(quota)
    if done.rowcount != 1:
        raise Refused(_("“%(name)s” has sold more than this stock has.", name=product.name))
