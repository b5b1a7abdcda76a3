"""The shelf: what an edition sells, as one look at it finds it; prices are thought from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.tickets import pricing, queries
from cfp.tickets.models import Audience, Product, Shop, Voucher
from cfp.tickets.pricing import Offer, Tier


@dataclass(frozen=True)
class Shelf:
    """The shop, its products, for whom there are prices, and for which products people wait."""

    shop: Shop | None
    products: dict[int, Product]
    audiences: dict[int, Audience]
    waited_for: frozenset[int]

    def is_open(self, at: datetime) -> bool:
        shop = self.shop
        return shop is not None and shop.opens_at <= at and not clock.is_past(shop.closes_at, at)

    def left(self, product: Product) -> int | None:
        """How many places its stock has for others than those who wait; None is no limit."""
        if product.id in self.waited_for:
            return 0
        return min((quota.left for quota in product.quotas), default=None)

    def tier(self, product: Product, audience: int | None, at: datetime) -> Tier | None:
        """The price that holds then, if any."""
        return pricing.active([t.as_tier() for t in product.tiers], audience, at)

    def for_whom(self, product: Product) -> list[Audience]:
        """The audiences for which a product has a price of its own."""
        own = {tier.audience_id for tier in product.tiers}
        less = product.for_audiences
        return [a for a in self.audiences.values() if (a.percent and less) or a.id in own]


def shelf_of(conference: Conference) -> Shelf:
    """Everything that is sold, in four statements."""
    rows = db.session.execute(queries.products_on_the_shelf(conference)).unique().all()
    return Shelf(
        shop=db.session.scalar(queries.shop_of(conference)),
        products={product.id: product for product, _waited in rows},
        audiences={a.id: a for a in db.session.scalars(queries.audiences(conference))},
        waited_for=frozenset(product.id for product, waited in rows if waited),
    )


def offer_of(product: Product) -> Offer:
    """A product as far as its price is concerned."""
    return Offer(
        product.id,
        product.name,
        tuple(tier.as_tier() for tier in product.tiers),
        product.group_least,
        product.group_percent,
    )


def find_voucher(conference: Conference, word: str, at: datetime) -> Voucher | None:
    """The voucher with this word; refused when there is none, or when it is too late for it."""
    if not word:
        return None
    voucher = db.session.scalars(queries.voucher_by_word(conference, word)).unique().one_or_none()
    if voucher is None:
        raise Refused(_("We know no voucher “%(word)s”.", word=word), field="voucher")
    if clock.is_past(voucher.claim_by, at):
        raise Refused(_("This voucher was to be used earlier."), field="voucher")
    if voucher.left is not None and voucher.left <= 0:
        raise Refused(_("This voucher has been used up."), field="voucher")
    return voucher
