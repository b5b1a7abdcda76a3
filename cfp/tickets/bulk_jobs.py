"""What the worker does for many orders at once: each in a transaction of its own."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, job
from cfp.people.models import Person
from cfp.tickets.service import bulk
from cfp.tickets.service.bulk import JOB, Deed


@job(JOB)
def do_with_many(watch: Watch, **asked: Any) -> dict[str, Any]:
    """Begun again after a crash it does nothing twice."""
    deed, orders = Deed(asked["deed"]), asked["orders"]
    key, done = f"many:{asked['person_id']}:{asked['asked']}", 0
    for number, order_id in enumerate(orders):
        if watch.is_cancelled():
            break
        watch.progress(number / len(orders))
        with transaction():
            by = db.session.get(Person, asked["person_id"])
            at = clock.now()
            done += bulk.do(deed, order_id, asked["words"], key=key, at=at, by=by)
    return {"done": done, "of": len(orders)}
