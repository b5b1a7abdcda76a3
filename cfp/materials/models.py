"""A recording, slides, or something else that belongs to a talk, and from when it shows."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.submissions.models import Talk


class MaterialKind(Enum):
    """What it is."""

    RECORDING = "recording"
    SLIDES = "slides"
    OTHER = "other"


class Material(Model):
    """A link or a file of a talk; before ``shows_from`` only its speakers and the team see it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    talk_id: Mapped[int] = mapped_column(sa.ForeignKey("talk.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MaterialKind] = mapped_column(enum_column(MaterialKind, "kind"))
    title: Mapped[str] = mapped_column(sa.String(120), default="")
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    file_name: Mapped[str] = mapped_column(sa.String(100), default="")
    media_type: Mapped[str] = mapped_column(sa.String(100), default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    data: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    shows_from: Mapped[datetime | None]
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))

    talk: Mapped[Talk] = relationship()

    __table_args__ = (
        sa.CheckConstraint(
            "(length(url) > 0) = (data IS NULL) AND (length(file_name) > 0) = (data IS NOT NULL)",
            name="link_or_file",
        ),
    )

    def shows(self, at: datetime) -> bool:
        return self.shows_from is None or self.shows_from <= at
