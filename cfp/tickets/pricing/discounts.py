"""Discounts: set, percent or absolute; each is a step that is shown, none goes below zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cfp.money import round_half_up


class DiscountKind(Enum):
    """``value`` is a price in cents, hundredths of a percent off, or cents off."""

    SET = "set"
    PERCENT = "percent"
    ABSOLUTE = "absolute"


class StepKind(Enum):
    """Where a price comes from, in the order in which it is found."""

    TIER = "tier"
    AUDIENCE = "audience"
    GROUP = "group"
    VOUCHER = "voucher"
    VOUCHER_SPENT = "voucher_spent"  # it has fewer uses left than tickets were chosen


@dataclass(frozen=True)
class Discount:
    """What is taken off a price."""

    kind: DiscountKind
    value: int


@dataclass(frozen=True)
class Step:
    """One line of how a price came about: what it is called, and what it costs from there on."""

    kind: StepKind
    label: str
    change: int
    after: int


def reduced(cents: int, discount: Discount) -> int:
    """The price after a discount: never below zero, and never above what it was."""
    if discount.kind is DiscountKind.SET:
        lower = discount.value
    elif discount.kind is DiscountKind.PERCENT:
        lower = round_half_up(Decimal(cents) * (10_000 - discount.value) / 10_000)
    else:
        lower = cents - discount.value
    return max(0, min(cents, lower))
