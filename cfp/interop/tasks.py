"""What the worker does with files of other systems: try, take in, forget."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.interop.models import ImportFile
from cfp.interop.service.handing_over import TAKE_IN, as_result, forget_old, work_on
from cfp.jobs.registry import Watch, every_minute, job
from cfp.people.models import Person


@job(TAKE_IN)
def take_in(
    watch: Watch, *, conference_id: int, file_id: int, person_id: int, trial: bool
) -> dict[str, Any]:
    """One transaction: kept when it is meant, taken back when it is a trial."""
    watch.progress(0.1)
    with transaction():
        file = db.session.get_one(ImportFile, file_id)
        if not file.waits:  # an earlier attempt came to its end
            return {}
        by = db.session.get_one(Person, person_id)
        conference = db.session.get_one(Conference, conference_id)
        report = work_on(file, conference, by, clock.now())
        if trial:
            db.session.rollback()  # it was tried for real, and is taken back
        else:
            file.data, file.waits = None, False
    return as_result(report)


@every_minute("forget files of imports")
def forget() -> None:
    with transaction():
        forget_old(clock.now())
