"""How a line-up came about: what was asked for, with which seed, and who was in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Model
from cfp.people.models import Person


class Selection(Model):
    """One drawing of the line-up: its quotas, its seed, its result; repeatable by anyone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    seed: Mapped[str] = mapped_column(sa.String(40))
    quotas: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship()
