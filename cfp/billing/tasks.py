"""What the worker runs for billing: issue what was asked for."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.billing import service
from cfp.billing.models import Draft
from cfp.billing.service.asking import ISSUE
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.jobs.registry import Watch, job
from cfp.paper import warm_up


@job(ISSUE)
def issue(watch: Watch, *, conference_id: int, draft_id: int) -> dict[str, Any]:
    """Issue one document. What hinders it is written on the draft, for the treasurer to read."""
    del watch, conference_id
    warm_up()  # before any lock is taken
    try:
        with transaction():
            invoice = service.issue(draft_id, clock.now())
            return {"number": invoice.number, "code": invoice.code}
    except Refused as refused:
        with transaction():
            db.session.get_one(Draft, draft_id).error = refused.sentence[:500]
        raise
