"""Questions about runs, as selects."""

from datetime import datetime

import sqlalchemy as sa

from cfp.jobs.models import OPEN_STATES, JobRun, RunState


def runnable(at: datetime) -> sa.Select[int]:
    """Ids of what waits, and of what a dead worker left behind, oldest first."""
    return (
        sa.select(JobRun.id)
        .where(
            sa.or_(
                JobRun.state == RunState.WAITING,
                sa.and_(JobRun.state == RunState.RUNNING, JobRun.lease_until <= at),
            )
        )
        .order_by(JobRun.asked_at, JobRun.id)
    )


def open_runs(conference_id: int, job: str) -> sa.Select[JobRun]:
    return sa.select(JobRun).where(
        JobRun.conference_id == conference_id, JobRun.job == job, JobRun.state.in_(OPEN_STATES)
    )


def latest(conference_id: int, job: str) -> sa.Select[JobRun]:
    return (
        sa.select(JobRun)
        .where(JobRun.conference_id == conference_id, JobRun.job == job)
        .order_by(JobRun.id.desc())
        .limit(1)
    )


def by_code(conference_id: int, code: str) -> sa.Select[JobRun]:
    return sa.select(JobRun).where(JobRun.conference_id == conference_id, JobRun.code == code)
