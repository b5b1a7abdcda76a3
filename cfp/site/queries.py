"""Questions about the schedule on paper, as selects."""

from collections.abc import Iterable

import sqlalchemy as sa

from cfp.schedule.models import Schedule, ScheduleState
from cfp.site.models import PaperKind, SchedulePaper


def papers(schedule_id: int) -> sa.Select[SchedulePaper]:
    return sa.select(SchedulePaper).where(SchedulePaper.schedule_id == schedule_id)


def paper(schedule_id: int, kind: PaperKind, language: str) -> sa.Select[SchedulePaper]:
    return papers(schedule_id).where(SchedulePaper.kind == kind, SchedulePaper.language == language)


def unprinted() -> sa.Select[int, int]:
    """(edition, release) of the newest releases of which nothing is on paper."""
    newest = (
        sa.select(sa.func.max(Schedule.id))
        .where(Schedule.state == ScheduleState.RELEASED)
        .group_by(Schedule.conference_id)
    )
    printed = sa.select(SchedulePaper.id).where(SchedulePaper.schedule_id == Schedule.id)
    return sa.select(Schedule.conference_id, Schedule.id).where(
        Schedule.id.in_(newest), ~printed.exists()
    )


def papers_of(schedule_ids: Iterable[int]) -> sa.Delete:
    """Throws away what was printed of these versions; the worker prints the newest anew."""
    return sa.delete(SchedulePaper).where(SchedulePaper.schedule_id.in_(schedule_ids))
