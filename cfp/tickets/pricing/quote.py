"""What a basket costs: for each unit its tier, then audience, group and voucher, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cfp.tickets.pricing.discounts import Discount, DiscountKind, Step, StepKind, reduced
from cfp.tickets.pricing.tiers import Tier, allot


@dataclass(frozen=True)
class Offer:
    """A product as far as its price is concerned; percentages in hundredths of a percent."""

    id: int
    name: str
    tiers: tuple[Tier, ...]
    group_least: int | None = None
    group_percent: int = 0


@dataclass(frozen=True)
class Wish:
    """Some units of one product, for one audience; ``percent`` is what the audience has off."""

    offer: Offer
    number: int
    audience: int | None = None
    audience_name: str = ""
    audience_percent: int = 0


@dataclass(frozen=True)
class Voucher:
    """A voucher as far as prices are concerned; without ``products`` it is good for all."""

    code: str
    discount: Discount
    left: int | None = None
    products: frozenset[int] = frozenset()

    def fits(self, product: int) -> bool:
        return not self.products or product in self.products


@dataclass(frozen=True)
class Priced:
    """One unit with its price and how that came about."""

    product: int
    audience: int | None
    tier: Tier
    steps: tuple[Step, ...]
    with_voucher: bool = False

    @property
    def cents(self) -> int:
        return self.steps[-1].after


@dataclass(frozen=True)
class Short:
    """There are not so many units of a product at any price that holds now."""

    offer: Offer
    left: int


def quote(
    wishes: Sequence[Wish], at: datetime, voucher: Voucher | None = None
) -> list[Priced] | Short:
    """The price of every unit of a basket, or the product of which there are too few.

    The order is fixed: tier, audience, group, voucher. A tier made for an audience is its price
    already; the audience's percentage is for tiers that are for everybody.
    """
    counted, found = Counter[int](), list[Priced]()
    for wish in wishes:
        counted[wish.offer.id] += wish.number
    gone = Counter[int]()  # taken from a tier by what stands further up in the same basket
    spent = 0
    for wish in wishes:
        tiers = [replace(tier, taken=tier.taken + gone[tier.id]) for tier in wish.offer.tiers]
        allotted = allot(tiers, wish.audience, at, wish.number)
        left = sum(number for _tier, number in allotted)
        if left < wish.number:
            return Short(wish.offer, left)
        for tier, number in allotted:
            gone[tier.id] += number
            for _ in range(number):
                one = _unit(wish, tier, counted[wish.offer.id], voucher, spent)
                spent += one.with_voucher
                found.append(one)
    return found


def _unit(wish: Wish, tier: Tier, together: int, voucher: Voucher | None, spent: int) -> Priced:
    """One unit; ``spent`` is how often the voucher was used further up."""
    steps = [Step(StepKind.TIER, tier.name, tier.cents, tier.cents)]

    def off(kind: StepKind, label: str, discount: Discount) -> None:
        before = steps[-1].after
        after = reduced(before, discount)
        steps.append(Step(kind, label, after - before, after))

    if wish.audience_percent and tier.audience is None:
        percent = Discount(DiscountKind.PERCENT, wish.audience_percent)
        off(StepKind.AUDIENCE, wish.audience_name, percent)
    offer = wish.offer
    if offer.group_least is not None and together >= offer.group_least and offer.group_percent:
        off(StepKind.GROUP, str(together), Discount(DiscountKind.PERCENT, offer.group_percent))
    used = False
    if voucher is not None and voucher.fits(offer.id):
        used = voucher.left is None or spent < voucher.left
        if used:
            off(StepKind.VOUCHER, voucher.code, voucher.discount)
        else:
            steps.append(Step(StepKind.VOUCHER_SPENT, voucher.code, 0, steps[-1].after))
    return Priced(offer.id, wish.audience, tier, tuple(steps), with_voucher=used)
