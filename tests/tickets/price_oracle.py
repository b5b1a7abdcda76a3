"""A second way to the same prices, by brute force: one unit after the other, exact fractions."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from cfp.tickets.pricing import Discount, DiscountKind, Offer, Tier, Voucher, Wish

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def rounded(value: Fraction) -> int:
    """Half up, as one learns it in school."""
    return int((value * 2 + 1) // 2)


def prices(
    wishes: list[Wish], at: datetime, voucher: Voucher | None
) -> list[tuple[int, int]] | None:
    """(tier, price) of each unit; None when a unit finds no tier."""
    sold: dict[int, int] = {}
    uses = 10**9 if voucher is None or voucher.left is None else voucher.left
    found = []
    for wish in wishes:
        together = sum(w.number for w in wishes if w.offer.id == wish.offer.id)
        for _ in range(wish.number):
            chosen = next((t for t in wish.offer.tiers if sells(t, wish, at, sold)), None)
            if chosen is None:
                return None
            sold[chosen.id] = sold.get(chosen.id, 0) + 1
            price = before_vouchers(chosen, wish, together)
            fits = voucher and (not voucher.products or wish.offer.id in voucher.products)
            if voucher and fits and uses > 0:
                uses -= 1
                price = with_voucher(price, voucher.discount)
            found.append((chosen.id, price))
    return found


def sells(tier: Tier, wish: Wish, at: datetime, sold: dict[int, int]) -> bool:
    if tier.is_over or (tier.audience is not None and tier.audience != wish.audience):
        return False
    if tier.starts_at is not None and at < tier.starts_at:
        return False
    if tier.ends_at is not None and at.timestamp() >= int(tier.ends_at.timestamp()) + 1:
        return False
    return tier.at_most is None or tier.taken + sold.get(tier.id, 0) < tier.at_most


def before_vouchers(tier: Tier, wish: Wish, together: int) -> int:
    price = tier.cents
    if tier.audience is None:
        price = rounded(Fraction(price * (10_000 - wish.audience_percent), 10_000))
    group = wish.offer.group_least
    if group is not None and together >= group:
        price = rounded(Fraction(price * (10_000 - wish.offer.group_percent), 10_000))
    return price


def with_voucher(price: int, discount: Discount) -> int:
    if discount.kind is DiscountKind.SET:
        return min(price, discount.value)
    if discount.kind is DiscountKind.PERCENT:
        return rounded(Fraction(price * (10_000 - discount.value), 10_000))
    return price - discount.value if price > discount.value else 0


class Basket:
    """A random basket: several products, tiers near their ends, audiences, groups, vouchers."""

    def __init__(self, lot: random.Random) -> None:
        self.lot = lot
        offers = [self._offer(n) for n in range(1, lot.randint(1, 3) + 1)]
        self.wishes = [self._wish(lot.choice(offers)) for _ in range(lot.randint(1, 4))]
        self.voucher = self._voucher() if lot.random() < 0.6 else None
        self.at = NOON + timedelta(seconds=lot.choice([0, 0, 1, -1, 3600]))

    def _offer(self, number: int) -> Offer:
        tiers = tuple(self._tier(number * 10 + n) for n in range(self.lot.randint(1, 4)))
        least = self.lot.choice([None, None, 2, 3, 5])
        return Offer(number, f"P{number}", tiers, least, self.lot.choice([0, 500, 1000, 3333]))

    def _tier(self, number: int) -> Tier:
        lot = self.lot
        at_most = lot.choice([None, None, 1, 2, 5])
        return Tier(
            id=number,
            name=f"T{number}",
            cents=lot.choice([0, 1, 999, 12_345, 33_333]),
            starts_at=NOON + timedelta(seconds=lot.randint(-2, 2)) if lot.random() < 0.3 else None,
            ends_at=NOON + timedelta(seconds=lot.randint(-2, 2)) if lot.random() < 0.4 else None,
            at_most=at_most,
            taken=0 if at_most is None else lot.randint(0, at_most),
            audience=lot.choice([None, None, None, 1, 2]),
            is_over=lot.random() < 0.1,
        )

    def _wish(self, offer: Offer) -> Wish:
        audience = self.lot.choice([None, 1, 2])
        percent = self.lot.choice([0, 2500, 5000, 10_000]) if audience else 0
        return Wish(offer, self.lot.randint(1, 4), audience, f"A{audience}", percent)

    def _voucher(self) -> Voucher:
        kind = self.lot.choice(list(DiscountKind))
        value = self.lot.choice([0, 1, 1250, 5000, 10_000])
        products = frozenset(self.lot.sample([1, 2, 3], self.lot.randint(0, 2)))
        return Voucher("V", Discount(kind, value), self.lot.choice([None, 0, 1, 2, 3]), products)
