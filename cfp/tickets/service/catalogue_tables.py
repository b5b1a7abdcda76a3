"""The organiser's catalogue as it is had for spreadsheets: what is sold, for whom, how cheap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import amount
from cfp.tickets import queries
from cfp.tickets.models import PriceTier, Product, Quota, Voucher
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.queries.catalogue import refund_rules

Table = tuple[list[str], list[list[Any]]]


def wall(at: datetime | None, conference: Conference) -> str:
    """A moment on the conference's clock, as spreadsheets sort it."""
    return f"{clock.local(at, conference.timezone):%Y-%m-%d %H:%M:%S}" if at else ""


def products(conference: Conference) -> Table:
    """Every step of every price ladder; a product without a price has one line, too."""
    found = db.session.execute(queries.products_on_the_shelf(conference)).unique().all()
    names = {one.id: one.name for one in db.session.scalars(queries.audiences(conference))}
    head = ["product", "kind", "days", "stock", "on_sale", "needs_voucher"]
    rows = [
        [*_about(product), *_step(tier, names, conference)]
        for product, _waited in found
        for tier in (product.tiers or (None,))
    ]
    return [*head, "step", "price", "from", "until", "at_most", "sold_or_held", "audience"], rows


def _about(product: Product) -> list[Any]:
    return [
        product.name,
        product.kind.value,
        " ".join(product.days),
        ", ".join(quota.name for quota in product.quotas),
        product.on_sale,
        product.needs_voucher,
    ]


def _step(tier: PriceTier | None, names: dict[int, str], conference: Conference) -> list[Any]:
    if tier is None:
        return [""] * 7
    return [
        tier.name,
        amount(tier.cents),
        wall(tier.starts_at, conference),
        wall(tier.ends_at, conference),
        tier.at_most,
        tier.taken,
        names.get(tier.audience_id or 0, ""),
    ]


def stock(conference: Conference) -> Table:
    """What is held or sold of each stock, and what is left."""
    found = sa.select(Quota).where(Quota.conference_id == conference.id).order_by(Quota.id)
    rows = [[q.name, q.taken, q.size, q.left] for q in db.session.scalars(found)]
    return ["stock", "sold_or_held", "there_are", "left"], rows


def audiences(conference: Conference) -> Table:
    """Who pays less, and what they have to show."""
    rows = [
        [a.name, a.description, amount(a.percent), a.proof.value, wall(a.proof_by, conference)]
        for a in db.session.scalars(queries.audiences(conference))
    ]
    return ["audience", "who_that_is", "percent_off", "proof", "proof_by"], rows


def vouchers(conference: Conference) -> Table:
    """Every word with what it does, whose it is, and how often it was used."""
    found = (
        sa.select(Voucher)
        .where(Voucher.conference_id == conference.id)
        .options(selectinload(Voucher.products))
        .order_by(Voucher.id)
    )
    head = ["word", "does", "value", "good_for", "used", "at_most", "use_by", "owner", "note"]
    return head, [_voucher(one, conference) for one in db.session.scalars(found)]


DOES = {
    DiscountKind.SET: "costs",
    DiscountKind.PERCENT: "percent off",
    DiscountKind.ABSOLUTE: "money off",
}


def _voucher(one: Voucher, conference: Conference) -> list[Any]:
    return [
        one.word,
        DOES[one.kind],
        amount(one.value),
        ", ".join(sorted(product.name for product in one.products)) or "everything",
        one.used,
        one.at_most,
        wall(one.claim_by, conference),
        one.owner,
        one.note,
    ]


def refunds(conference: Conference) -> Table:
    """What comes back to whom cancels by when."""
    known = sa.select(Product.id, Product.name).where(Product.conference_id == conference.id)
    names = dict(db.session.execute(known).all())
    rows = [
        [
            wall(rule.until, conference),
            amount(rule.percent),
            amount(rule.fee_cents),
            names.get(rule.product_id or 0, "all products"),
        ]
        for rule in db.session.scalars(refund_rules(conference))
    ]
    return ["cancels_by", "percent_back", "less", "product"], rows


TABLES: dict[str, Callable[[Conference], Table]] = {
    one.__name__: one for one in (products, stock, audiences, vouchers, refunds)
}
