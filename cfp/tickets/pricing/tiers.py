"""Price tiers: until a date or until a number is sold, whichever comes first, and never back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cfp import clock


@dataclass(frozen=True)
class Tier:
    """A price with two limits. ``ends_at`` includes its last second; ``is_over`` is for good."""

    id: int
    name: str
    cents: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    at_most: int | None = None
    taken: int = 0
    audience: int | None = None
    is_over: bool = False

    def is_for(self, audience: int | None) -> bool:
        return self.audience is None or self.audience == audience

    def is_open(self, at: datetime) -> bool:
        """Whether it sells at that moment, as far as time and its own end are concerned."""
        has_begun = self.starts_at is None or self.starts_at <= at
        return has_begun and not self.is_over and not clock.is_past(self.ends_at, at)

    def has(self, number: int) -> int:
        """How many of ``number`` units it still has."""
        return number if self.at_most is None else max(0, min(number, self.at_most - self.taken))


def active(tiers: Sequence[Tier], audience: int | None, at: datetime) -> Tier | None:
    """The first tier that is open, for this audience, and has a unit left."""
    return next((t for t in tiers if t.is_for(audience) and t.is_open(at) and t.has(1)), None)


def allot(
    tiers: Sequence[Tier], audience: int | None, at: datetime, number: int
) -> list[tuple[Tier, int]]:
    """How ``number`` units spread over the tiers in their order; together fewer when none is left.

    Of the last two early tickets and a third person, two are early and the third pays what
    comes next: nobody loses the price because of company.
    """
    found = []
    for tier in tiers:
        if number and tier.is_for(audience) and tier.is_open(at) and tier.has(number):
            found.append((tier, tier.has(number)))
            number -= found[-1][1]
    return found
