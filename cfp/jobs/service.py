"""Ask for a job, run what waits, cancel, and pick up what a dead worker left."""

import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp import clock
from cfp.db import after_commit, db, transaction
from cfp.errors import Refused
from cfp.jobs import queries
from cfp.jobs.models import JobRun, RunState
from cfp.jobs.queue import wake
from cfp.jobs.registry import get_job, looks, minutely
from cfp.people.models import Person
from cfp.sentences import say

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3
BEGUN_TOO_OFTEN = say("It was begun three times and never came to an end.")
BROKE = say("Something broke. The log of the worker says what.")
log = logging.getLogger("callboard.jobs")


class Cancelled(Exception):  # noqa: N818
    """Raised inside a job that stops because somebody asked it to."""


def ask(
    job: str, *, by: Person | None, at: datetime, conference_id: int | None = None, **arguments: Any
) -> JobRun:
    """Write the run down and wake the worker once this transaction is kept."""
    get_job(job)  # an unknown name is a programming error, found here and not in the worker
    run = JobRun(
        job=job, asked_by=by, asked_at=at, conference_id=conference_id, arguments=arguments
    )
    db.session.add(run)
    db.session.flush()
    after_commit(wake)
    return run


def ask_once(
    job: str, *, by: Person | None, at: datetime, conference_id: int, **arguments: Any
) -> JobRun:
    """Like :func:`ask`, but while such a run is open that one is returned."""
    running = db.session.scalars(queries.open_runs(conference_id, job)).first()
    return running or ask(job, by=by, at=at, conference_id=conference_id, **arguments)


def cancel(run: JobRun, at: datetime) -> None:
    """A waiting run ends at once, a running one as soon as it looks."""
    if not run.is_open:
        raise Refused(_("This has ended already."))
    run.cancel_asked = True
    if run.state is RunState.WAITING:
        run.state, run.ended_at = RunState.CANCELLED, at


def run_waiting(most: int = 50) -> int:
    """Run what waits, one after the other; returns how many. Several workers may do this."""
    done = 0
    while done < most:
        with transaction():
            ids = db.session.scalars(queries.runnable(clock.now()).limit(5)).all()
        claimed = next((run_id for run_id in ids if _claim(run_id, clock.now())), None)
        if claimed is None:
            return done
        run_claimed(claimed)
        done += 1
    return done


def _claim(run_id: int, at: datetime) -> bool:
    free = sa.or_(
        JobRun.state == RunState.WAITING,
        sa.and_(JobRun.state == RunState.RUNNING, JobRun.lease_until <= at),
    )
    with transaction():
        taken = db.session.execute(
            sa.update(JobRun)
            .where(JobRun.id == run_id, free)
            .values(
                state=RunState.RUNNING,
                started_at=at,
                lease_until=at + LEASE,
                attempts=JobRun.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        db.session.expire_all()
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def run_claimed(run_id: int) -> None:
    """Run one job to its end and write down how it ended."""
    run = db.session.get_one(JobRun, run_id)
    name, arguments = run.job, dict(run.arguments)
    if run.conference_id is not None:
        arguments["conference_id"] = run.conference_id
    if run.attempts > MOST_ATTEMPTS:
        _end(run_id, RunState.FAILED, error=BEGUN_TOO_OFTEN)
        return
    db.session.rollback()  # the job begins its own transactions
    try:
        result = get_job(name)(RunWatch(run_id), **arguments)
    except Cancelled:
        _end(run_id, RunState.CANCELLED)
    except Refused as refused:
        db.session.rollback()
        _end(run_id, RunState.FAILED, error=refused.sentence)
    except Exception:
        log.exception("job failed", extra={"data": {"job": name, "run": run_id}})
        db.session.rollback()
        _end(run_id, RunState.FAILED, error=BROKE)
    else:
        _end(run_id, RunState.DONE, result=result or {})


def _end(
    run_id: int, state: RunState, *, error: str = "", result: dict[str, Any] | None = None
) -> None:
    with transaction():
        run = db.session.get_one(JobRun, run_id)
        run.state, run.ended_at, run.lease_until = state, clock.now(), None
        run.fail(error)
        if result is not None:
            run.result, run.progress = result, 1.0


def sweep() -> None:
    """Once a minute: whatever is due, and whatever a dead worker left behind."""
    for name in minutely():
        do_due(name)
    run_waiting()


def look(at: datetime) -> None:
    """Once a second: what somebody waits for at the screen. A look costs a read and no lock."""
    for name, is_due in looks().items():
        found = is_due(at)
        db.session.rollback()
        if found:
            do_due(name)


def do_due(name: str) -> None:
    """One piece of the work of every minute; what breaks in it stops no other."""
    try:
        minutely()[name]()
    except Exception:
        db.session.rollback()
        log.exception("periodic work failed", extra={"data": {"work": name}})


class RunWatch:
    """What a job uses to tell how far it is; each word extends its lease."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id

    def progress(self, share: float, text: str = "") -> None:
        with transaction():
            run = db.session.get_one(JobRun, self.run_id)
            run.progress = min(max(share, 0.0), 1.0)
            run.say(text)
            run.lease_until = clock.now() + LEASE

    def is_cancelled(self) -> bool:
        asked = db.session.scalar(sa.select(JobRun.cancel_asked).where(JobRun.id == self.run_id))
        db.session.rollback()
        return bool(asked)
