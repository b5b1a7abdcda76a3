"""Income by tier: what each price has brought so far, and what is still to come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cfp.budget.service.comparing import Ground
from cfp.catering import sales
from cfp.catering.demand.ladder import Ladder
from cfp.catering.demand.tiers import Ahead, Rung, by_tier
from cfp.catering.sold import Sale
from cfp.conference.models import Conference

NOW, THEN = "now", "then"  # the planned ladder where selling is elsewhere


@dataclass(frozen=True)
class Income:
    """Rungs in the order in which they sell, and all of them together."""

    rungs: list[Ahead]
    whole: Ahead


def income(conference: Conference, stands: Ground, sold: Sequence[Sale]) -> Income:
    """By the shop's own tiers; where selling is elsewhere, by those of its file and the plan."""
    ladders = sales.ladders(conference)
    has_sold = any(rung.sold for ladder in ladders for rung in ladder)
    if not has_sold and (sold or not ladders):
        ladders = [[*_told(sold), *_planned(stands.planned)]]
    demand = stands.demand
    if stands.planned.rises and stands.planned.step:
        demand = replace(demand, steps=(*demand.steps, stands.planned.step))
    *found, [whole] = by_tier(demand, ladders)
    return Income([one for ladder in found for one in ladder], whole)


def _told(sold: Sequence[Sale]) -> list[Rung]:
    """What a file tells of each product and tier; nothing more is sold on them."""
    groups: dict[tuple[str, str], list[int]] = {}
    for sale in sold:
        if sale.cents:
            groups.setdefault((sale.product, sale.tier), []).append(sale.cents)
    return [
        Rung(product, tier, round(sum(cents) / len(cents)), len(cents), sum(cents), left=0)
        for (product, tier), cents in groups.items()
    ]


def _planned(ladder: Ladder) -> list[Rung]:
    if ladder.step is None:
        return [Rung("", NOW, ladder.before)]
    return [
        Rung("", NOW, ladder.before, ends=ladder.step),
        Rung("", THEN, ladder.after, starts=ladder.step),
    ]
