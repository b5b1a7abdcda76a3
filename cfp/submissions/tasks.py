"""What the worker does for the call: remind speakers who were accepted and have not answered."""

from __future__ import annotations

from cfp import clock
from cfp.db import transaction
from cfp.jobs.registry import every_minute
from cfp.submissions import letters


@every_minute("remind unanswered speakers")
def remind() -> int:
    with transaction():
        return letters.remind_unanswered(clock.now())
