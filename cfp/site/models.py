"""The schedule on paper: what the worker printed of a release."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cfp import clock
from cfp.db import Model, enum_column


class PaperKind(Enum):
    """The programme as a booklet, or a sign for each room and day."""

    PROGRAMME = "programme"
    SIGNS = "signs"


class SchedulePaper(Model):
    """A PDF of a released version in one language; a release never changes, so neither does it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedule.id", ondelete="CASCADE"))
    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind, "kind"))
    language: Mapped[str] = mapped_column(sa.String(8))
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (sa.UniqueConstraint("schedule_id", "kind", "language"),)
