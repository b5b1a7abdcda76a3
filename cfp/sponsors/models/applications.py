"""Who would like to sponsor, as they said it on the public page."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.sponsors.models.levels import Level
from cfp.sponsors.models.sponsors import Sponsor


class ApplicationState(Enum):
    """Whether somebody has looked at it."""

    NEW = "new"
    TAKEN = "taken"  # it became a sponsor
    DECLINED = "declined"


class Application(Model):
    """A company that asks for a level. Nothing is offered and nothing is owed by it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    level_id: Mapped[int] = mapped_column(sa.ForeignKey("level.id", ondelete="CASCADE"))
    company: Mapped[str] = mapped_column(sa.String(120))
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    message: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[ApplicationState] = mapped_column(
        enum_column(ApplicationState, "state"), default=ApplicationState.NEW
    )
    sponsor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sponsor.id", ondelete="SET NULL"))

    level: Mapped[Level] = relationship()
    sponsor: Mapped[Sponsor | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("length(company) > 0 AND length(name) > 0", name="says_who"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )
