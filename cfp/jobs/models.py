"""One run of one job: who asked, how far it is, what came of it."""

import json
from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.people.models import Person
from cfp.sentences import Sentence, restored, stored

MOST_WORDS, MOST_REASON = 200, 500


class RunState(Enum):
    """A run ends done, failed or cancelled; a lease that runs out puts it back in the queue."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (RunState.WAITING, RunState.RUNNING)


class JobRun(Model):
    """A job that somebody asked for. The row is the truth; the queue only wakes the worker."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    job: Mapped[str] = mapped_column(sa.String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[RunState] = mapped_column(
        enum_column(RunState, "state"), default=RunState.WAITING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    progress: Mapped[float] = mapped_column(default=0.0)
    progress_text: Mapped[str] = mapped_column(sa.String(MOST_WORDS), default="")
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(sa.String(MOST_REASON), default="")

    asked_by: Mapped[Person | None] = relationship()

    def say(self, text: str) -> None:
        """How far it is."""
        self.progress_text = _kept(text, MOST_WORDS)

    @property
    def words(self) -> str:
        """What was said last about how far it is."""
        return _read(self.progress_text)

    def fail(self, why: str) -> None:
        """It came to no good end, and this is why; nothing is why it ended well."""
        self.error = _kept(why, MOST_REASON)

    @property
    def why(self) -> str:
        """Why it failed."""
        return _read(self.error)

    __table_args__ = (
        sa.Index(None, "state", "asked_at"),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name="progress_share"),
    )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


def _kept(text: str, most: int) -> str:
    """A sentence is kept so that each reader has it in their language."""
    kept = json.dumps(stored(text), ensure_ascii=False) if isinstance(text, Sentence) else text
    return kept if len(kept) <= most else text[:most]


def _read(text: str) -> str:
    found: str = restored(json.loads(text)) if text.startswith('{"template"') else text
    return found
