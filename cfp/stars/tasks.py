"""What the worker does with stars: count them, and forget those of browsers after the end."""

from __future__ import annotations

from cfp import clock
from cfp.db import transaction
from cfp.jobs.registry import every_minute
from cfp.stars import counting


@every_minute("count stars")
def count() -> int:
    with transaction():
        return counting.count_due(clock.now())


@every_minute("forget stars")
def forget() -> int:
    with transaction():
        return counting.forget_past(clock.now())
