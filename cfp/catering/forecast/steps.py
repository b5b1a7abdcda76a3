"""A price step moves buying forward: the share sold, with the step planned or past.

A late step: whoever would have bought after it buys before it with probability ``PULLED``, so that
at 7 days 4 % are unsold instead of 13 (means of 1.2 to 6.7 and of 7 to 21 % of real editions). They
come in the last days before the step, more each day; 11 to 13 % of all tickets in the last four.
An early step (early bird) borrows those 12 % from the weeks that follow it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from cfp.catering.forecast.reference import share_at

PULLED = 0.67
LEAST_PULLED, MOST_PULLED = 0.55, 0.78  # real editions lie between
LATE, EARLY = 30.0, 50.0  # a late step pulls in full, an early one leaves the last weeks alone
SOON = 5.0  # later than this it moves nobody any more
RUSH = 4.0  # days in which most of those pulled forward decide
SPIKE, REPAID = 0.12, 15.0  # what an early step borrows, and the days in which it is given back


def late_step(steps: Sequence[float]) -> float | None:
    """The step that counts most: the last one within the weeks before the doors."""
    late = [days for days in steps if SOON <= days < EARLY]
    return min(late) if late else None


def pulled_by(step: float, most: float = PULLED) -> float:
    """The share of later buyers whom a step moves before itself for good."""
    return most * min(1.0, max(0.0, (EARLY - step) / (EARLY - LATE)))


def expected_share(days: float, steps: Sequence[float], most: float = PULLED) -> float:
    """The share sold ``days`` before; a late step pulls ``most`` of those who come after it."""
    borrowed = sum(_borrowed(days, step) for step in steps if step > LATE)
    plain = share_at(days)
    plain += min(borrowed, (1 - plain) / 2)
    step = late_step(steps)
    if step is None:
        return plain
    pulled = pulled_by(step, most)
    if days <= step:
        return 1 - (1 - plain) * (1 - pulled)
    arrived = math.exp(-(days - step) / RUSH)
    return plain + (1 - max(plain, share_at(step))) * pulled * arrived


def _borrowed(days: float, step: float) -> float:
    """What an early step has brought forward and the weeks since have not yet given back."""
    early = 1 - pulled_by(step) / PULLED
    away = (days - step) / RUSH if days > step else (step - days) / REPAID
    return SPIKE * early * math.exp(-away)
