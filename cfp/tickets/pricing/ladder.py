"""The price ladder over time: from when until when each tier holds, as far as is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cfp.tickets.pricing.tiers import Tier, active

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Rung:
    """A tier from one moment until another; ``left`` when it may end before by its number."""

    tier: Tier
    starts_at: datetime
    ends_at: datetime
    holds_now: bool
    left: int | None


def rungs(
    tiers: Sequence[Tier],
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    audience: int | None = None,
) -> list[Rung]:
    """The tiers in the order of time, if nothing more were sold: the picture of the ladder.

    What is past is drawn by dates alone; a tier that was over before its date ends now.
    """
    edges = {opens_at, closes_at, min(max(now, opens_at), closes_at)}
    for tier in tiers:
        edges |= {at for at in (tier.starts_at, _after(tier)) if at and opens_at < at < closes_at}
    found: list[Rung] = []
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        tier_then = _at(tiers, audience, start, now)
        if tier_then is None:
            continue
        left = None if tier_then.at_most is None else tier_then.has(tier_then.at_most)
        rung = Rung(tier_then, start, end, holds_now=start <= now < end, left=left)
        if found and found[-1].tier == tier_then and found[-1].ends_at == start:
            before = found.pop()
            holds = before.holds_now or rung.holds_now
            rung = Rung(tier_then, before.starts_at, end, holds_now=holds, left=left)
        found.append(rung)
    return found


def _after(tier: Tier) -> datetime | None:
    """The first moment at which a tier does not hold any more."""
    return None if tier.ends_at is None else tier.ends_at.replace(microsecond=0) + SECOND


def _at(tiers: Sequence[Tier], audience: int | None, start: datetime, now: datetime) -> Tier | None:
    if start >= now:
        return active(tiers, audience, start)
    mine = (tier for tier in tiers if tier.is_for(audience))
    past = (t for t in mine if (t.starts_at or start) <= start and (_after(t) or now) > start)
    return next(past, None)
