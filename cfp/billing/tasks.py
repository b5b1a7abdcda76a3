"""What the worker runs for billing: issue what was asked for."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.billing import letters, queries, service
from cfp.billing.models import Draft
from cfp.billing.service import dunning
from cfp.billing.service.asking import ISSUE
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.jobs.registry import Watch, every_minute, job
from cfp.paper import warm_up


@job(ISSUE)
def issue(watch: Watch, *, conference_id: int, draft_id: int) -> dict[str, Any]:
    """Issue one document. What hinders it is written on the draft, for the treasurer to read."""
    del watch, conference_id
    if db.session.get(Draft, draft_id) is None:
        return {}  # it was taken back before it was issued
    warm_up()  # before any lock is taken
    try:
        with transaction():
            invoice = service.issue(draft_id, clock.now())
            letters.issued(invoice, clock.now())
            return {"number": invoice.number, "code": invoice.code}
    except Refused as refused:
        with transaction():
            db.session.get_one(Draft, draft_id).error = refused.sentence[:500]
        raise


@every_minute("remind who has not paid")
def remind() -> None:
    """Letters that are due and that nothing stops; looked for before anything is locked."""
    if db.session.scalar(queries.reminding_conferences().limit(1)) is None:
        return
    with transaction():
        dunning.remind_due(clock.now())
