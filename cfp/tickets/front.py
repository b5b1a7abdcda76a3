"""What the shop window shows at a moment: each product's prices, what is left, when it rises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cfp.tickets import pricing
from cfp.tickets.models import Audience, Product, ProductKind
from cfp.tickets.pricing import Rung, Tier
from cfp.tickets.service.shelf import Shelf

FEW = 15  # so many left are worth a word
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Price:
    """What one unit costs somebody now; ``field`` is the input that asks how many."""

    audience: Audience | None
    tier: Tier
    cents: int
    field: str


@dataclass(frozen=True)
class Rise:
    """The next step of the ladder: to what, and when, or after how many more."""

    cents: int
    at: datetime | None
    after: int | None


@dataclass(frozen=True)
class Goods:
    """One product in the window. Without prices it cannot be bought now."""

    product: Product
    prices: list[Price]
    left: int | None
    rise: Rise | None
    rungs: list[Rung]

    @property
    def is_sold_out(self) -> bool:
        return self.left == 0

    @property
    def most(self) -> int:
        return MOST_AT_ONCE if self.left is None else min(MOST_AT_ONCE, self.left)

    @property
    def few(self) -> int | None:
        return self.left if self.left is not None and 0 < self.left <= FEW else None

    @property
    def is_admission(self) -> bool:
        return self.product.kind is ProductKind.ADMISSION


def window(shelf: Shelf, at: datetime, voucher: pricing.Voucher | None = None) -> list[Goods]:
    """Everything that is shown, in the shop's order; what needs a voucher only to who has it."""
    shown = []
    for product in shelf.products.values():
        wants = product.needs_voucher
        if product.on_sale and (not wants or (voucher and product.id in voucher.products)):
            shown.append(_goods(product, shelf, at, voucher))
    return shown


def cheapest_now(shelf: Shelf, at: datetime) -> Goods | None:
    """What somebody pays who comes for the whole of it now: the first admission with a price."""
    if not shelf.is_open(at):
        return None
    found = (one for one in window(shelf, at) if one.is_admission and not one.product.days)
    return next((one for one in found if one.prices and not one.is_sold_out), None)


def _goods(product: Product, shelf: Shelf, at: datetime, voucher: pricing.Voucher | None) -> Goods:
    tiers, shop = [tier.as_tier() for tier in product.tiers], shelf.shop
    rungs = pricing.rungs(tiers, shop.opens_at, shop.closes_at, at) if shop else []
    prices: list[Price] = []
    for audience in [None, *shelf.for_whom(product)]:
        price = _price(product, tiers, audience, at, voucher)
        if price is not None and (audience is None or not _is_like(price, prices)):
            prices.append(price)
    return Goods(product, prices, shelf.left(product), _rise(rungs), rungs)


def _is_like(price: Price, others: list[Price]) -> bool:
    """An audience that pays what everybody pays needs no line of its own."""
    return bool(others) and others[0].cents == price.cents


def _price(
    product: Product,
    tiers: list[Tier],
    audience: Audience | None,
    at: datetime,
    voucher: pricing.Voucher | None,
) -> Price | None:
    offer = pricing.Offer(product.id, product.name, tuple(tiers))
    percent = audience.percent if audience and product.for_audiences else 0
    who = (audience.id, audience.name, percent) if audience else (None, "", 0)
    units = pricing.quote([pricing.Wish(offer, 1, *who)], at, voucher)
    if isinstance(units, pricing.Short):
        return None
    field = f"n-{product.code}-{audience.id if audience else 0}"
    return Price(audience, units[0].tier, units[0].cents, field)


def _rise(rungs: list[Rung]) -> Rise | None:
    """The step after the one of now, when it is a step up."""
    n = next((n for n, rung in enumerate(rungs) if rung.holds_now), None)
    if n is None or n + 1 >= len(rungs):
        return None
    now, then = rungs[n], rungs[n + 1]
    if then.tier.cents <= now.tier.cents:
        return None
    return Rise(then.tier.cents, then.starts_at, now.left)
