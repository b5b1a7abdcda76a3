"""What the worker prints of a release: the programme as a booklet, and the signs at the doors."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.db import db, transaction
from cfp.display import LANGUAGES
from cfp.jobs import queries as runs
from cfp.jobs import service as jobs
from cfp.jobs.registry import Watch, every_minute, job
from cfp.schedule.models import Schedule
from cfp.site import queries
from cfp.site.models import PaperKind, SchedulePaper
from cfp.site.paper import page_of

PRINT = "site.print"


@every_minute("print schedules")
def print_due() -> int:
    """Have every new release printed once; whoever wants it again asks for it."""
    asked = 0
    with transaction():
        for conference_id, schedule_id in db.session.execute(queries.unprinted()).all():
            last = db.session.scalar(runs.latest(conference_id, PRINT))
            if last is None or last.arguments.get("schedule_id") != schedule_id:
                work = {"conference_id": conference_id, "schedule_id": schedule_id}
                jobs.ask(PRINT, by=None, at=clock.now(), **work)
                asked += 1
    return asked


@job(PRINT)
def print_schedule(watch: Watch, *, conference_id: int, schedule_id: int) -> dict[str, Any]:
    """Both papers in every language; what is there already is not made again."""
    del conference_id
    wanted = [(kind, language) for language in LANGUAGES for kind in PaperKind]
    made = 0
    for number, (kind, language) in enumerate(wanted):
        with transaction():
            known = db.session.scalar(queries.paper(schedule_id, kind, language))
            schedule = db.session.get_one(Schedule, schedule_id)
            page = "" if known else page_of(kind, schedule.released_content, language)
        if page and not watch.is_cancelled():
            made += _keep(schedule_id, kind, language, page)
        watch.progress((number + 1) / len(wanted))
    return {"papers": made}


def _keep(schedule_id: int, kind: PaperKind, language: str, page: str) -> int:
    from cfp.paper import to_pdf  # noqa: PLC0415  (WeasyPrint is loaded by the worker only)

    data = to_pdf(page)
    with transaction():
        if db.session.scalar(queries.paper(schedule_id, kind, language)) is not None:
            return 0
        db.session.add(
            SchedulePaper(schedule_id=schedule_id, kind=kind, language=language, data=data)
        )
    return 1
