"""How many people a talk will draw, from how many have starred it."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_LISTS = 20  # fewer visitors than that say nothing about a crowd
AS_IF = 5  # stars that every talk is given in advance, so that few real ones do not mean much


def expected(stars: Mapping[int, int], visitors: int, side_by_side: float) -> dict[int, int]:
    """Heads in each talk, if ``visitors`` are there and so many talks run side by side.

    All talks together draw everybody once a stretch of time: ``visitors`` times the number of
    talks one can sit through. A talk's part in that is its part of the stars. Nobody fills more
    seats than there are visitors.
    """
    if not stars or side_by_side <= 0:
        return {}
    mean = sum(stars.values()) / len(stars)
    weights = {talk: count + AS_IF * mean / (mean + AS_IF) for talk, count in stars.items()}
    whole = sum(weights.values())
    if not whole:
        return {}
    seats = visitors * len(stars) / side_by_side
    return {talk: min(visitors, round(seats * weight / whole)) for talk, weight in weights.items()}
