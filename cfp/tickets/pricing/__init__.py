"""What something costs, for whom, when: tiers, discounts in their order, refunds. Knows nobody."""

from cfp.tickets.pricing.discounts import Discount, DiscountKind, Step, StepKind, reduced
from cfp.tickets.pricing.ladder import Rung, rungs
from cfp.tickets.pricing.quote import Offer, Priced, Short, Voucher, Wish, quote
from cfp.tickets.pricing.refunds import Rule, refund_of, rule_for
from cfp.tickets.pricing.tiers import Tier, active, allot

__all__ = [
    "Discount",
    "DiscountKind",
    "Offer",
    "Priced",
    "Rule",
    "Rung",
    "Short",
    "Step",
    "StepKind",
    "Tier",
    "Voucher",
    "Wish",
    "active",
    "allot",
    "quote",
    "reduced",
    "refund_of",
    "rule_for",
    "rungs",
]
