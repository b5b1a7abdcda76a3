"""What the worker does with the wish list: forget the browsers of long ago."""

from __future__ import annotations

from cfp import clock
from cfp.db import transaction
from cfp.jobs.registry import every_minute
from cfp.wishlist import service


@every_minute("forget who supported wishes")
def forget() -> int:
    with transaction():
        return service.forget_browsers(clock.now())
