"""The waiting list: whoever came first is asked first, groups stay together, an offer ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db, in_any_case, lock
from cfp.errors import Refused
from cfp.people import service as people
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.models import (
    GONE,
    Channel,
    Order,
    OrderState,
    Product,
    Shop,
    Waiting,
    WaitingListEntry,
)
from cfp.tickets.service import expiry, letters
from cfp.tickets.service.basket import Basket, Chosen
from cfp.tickets.service.holding import Asked, hold

MOST_TRIES, WITHIN = 10, timedelta(minutes=15)


def join(
    conference: Conference, chosen: Chosen, *, name: str, email: str, language: str, at: datetime
) -> WaitingListEntry:
    """Stand in line for a product; the same address twice stands once."""
    product = db.session.scalar(
        sa.select(Product)
        .where(Product.id == chosen.product_id, Product.conference_id == conference.id)
        .with_for_update(key_share=True)  # of two clicks in one moment the second sees the first
    )
    if product is None or not product.on_sale or product.needs_voucher:
        raise Refused(_("Something you chose is not sold any more. Please look again."))
    known = find_waiting(product.id, email)
    if known is not None:
        letters.waits(known, conference, at)
        return known
    entry = WaitingListEntry(
        conference_id=conference.id,
        product=product,
        audience_id=chosen.audience_id,
        number=chosen.number,
        name=name,
        email=email,
        language=language,
        joined_at=at,
    )
    db.session.add(entry)
    db.session.flush()
    log("joined the waiting list", entry, by=None, at=at, product=product.name)
    letters.waits(entry, conference, at)
    return entry


def check_tries(email: str, network: str, *, at: datetime) -> None:
    """Each try writes a letter: neither one address nor one network gets many of them."""
    keys = [f"waiting {email}", f"waiting {network}"]
    for key in keys:
        people.check_attempts(key, most=MOST_TRIES, within=WITHIN, at=at)
    in_any_case(lambda: people.remember_attempts(keys, at))


def find_waiting(product_id: int, email: str) -> WaitingListEntry | None:
    """Who stands in line with this address already."""
    found = sa.select(WaitingListEntry).where(
        WaitingListEntry.product_id == product_id,
        WaitingListEntry.email == email,
        WaitingListEntry.state == Waiting.WAITING,
    )
    return db.session.scalar(found)


def leave(entry: WaitingListEntry, *, at: datetime, by: Person | None = None) -> None:
    """Not to be asked any more; an offer that is open ends, and the next is asked."""
    lock(entry)
    if entry.state is Waiting.OFFERED and entry.order is not None:
        if entry.order.state is not OrderState.HELD:
            raise Refused(_("This offer has been taken."))
        expiry.expire(entry.order.id, at=at, by=by, early=True)
    if entry.state in {Waiting.WAITING, Waiting.OFFERED}:
        entry.state = Waiting.LEFT
        log("left the waiting list", entry, by=by, at=at)


def products_with_people() -> list[int]:
    """The products for which somebody waits."""
    waiting = sa.select(WaitingListEntry.product_id).where(
        WaitingListEntry.state == Waiting.WAITING
    )
    return [*db.session.scalars(waiting.distinct().order_by(WaitingListEntry.product_id))]


def offer_next(product_id: int, *, at: datetime) -> Order | None:
    """Hold places for the first in line, if there are enough; nobody is passed over.

    A group at the head waits until its places are there, and those behind it wait as well.
    """
    first = db.session.scalar(
        sa.select(WaitingListEntry)
        .where(
            WaitingListEntry.product_id == product_id,
            WaitingListEntry.state == Waiting.WAITING,
        )
        .order_by(WaitingListEntry.id)
        .limit(1)
        .with_for_update(of=WaitingListEntry)
    )
    if first is None or first.state is not Waiting.WAITING:
        return None
    conference = db.session.get_one(Conference, first.conference_id)
    hours = db.session.scalar(
        sa.select(Shop.offer_hours).where(Shop.conference_id == conference.id)
    )
    asked = Asked(
        key=f"waiting:{first.id}",
        channel=Channel.WAITING_LIST,
        language=first.language,
        held_until=at + timedelta(hours=hours or 48),
    )
    basket = Basket((Chosen(product_id, first.number, first.audience_id),))
    try:
        order, _is_new = hold(conference, basket, asked, at=at)
    except Refused:
        return None
    order.name, order.email = first.name, first.email
    first.state, first.offered_at, first.order = Waiting.OFFERED, at, order
    db.session.flush()
    letters.offered(first, order, at)
    return order


def close_offers() -> int:
    """What became of the offers: bought, or missed."""
    offered = db.session.scalars(
        sa.select(WaitingListEntry)
        .join(WaitingListEntry.order)
        .where(WaitingListEntry.state == Waiting.OFFERED, Order.state != OrderState.HELD)
    ).all()
    for entry in offered:
        missed = entry.order is None or entry.order.state in GONE
        entry.state = Waiting.MISSED if missed else Waiting.BOUGHT
    db.session.flush()
    return len(offered)
