"""What comes back when a ticket is cancelled: by the day, by the product, less a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cfp import clock
from cfp.money import round_half_up


@dataclass(frozen=True)
class Rule:
    """Until ``until`` (its last second included) so much comes back; ``product`` none is all."""

    until: datetime
    percent: int  # in hundredths of a percent
    fee: int = 0
    product: int | None = None


def rule_for(rules: Sequence[Rule], product: int, at: datetime) -> Rule | None:
    """The rule that holds: of those not over the earliest; the product's own come before all."""
    own = [rule for rule in rules if rule.product == product]
    fitting = own or [rule for rule in rules if rule.product is None]
    return min(
        (rule for rule in fitting if not clock.is_past(rule.until, at)),
        key=lambda rule: rule.until,
        default=None,
    )


def refund_of(cents: int, rule: Rule | None) -> int:
    """What comes back of ``cents``: the percentage less the fee, never below zero."""
    if rule is None:
        return 0
    share = round_half_up(Decimal(cents) * rule.percent / 10_000)
    return max(0, min(cents, share - rule.fee))
