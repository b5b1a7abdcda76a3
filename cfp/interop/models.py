"""A file of another system that an organiser handed over, until it was taken in or forgotten."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model
from cfp.jobs.models import JobRun


class ImportFile(Model):
    """Its bytes wait for the yes; ``trial`` says what would happen, ``run`` what happened."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    data: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    programme: Mapped[bool] = mapped_column(default=False)  # its talks are decided and placed
    waits: Mapped[bool] = mapped_column(default=True)  # its bytes are still here
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    trial_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job_run.id", ondelete="SET NULL"))
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job_run.id", ondelete="SET NULL"))

    trial: Mapped[JobRun | None] = relationship(foreign_keys=[trial_id])
    run: Mapped[JobRun | None] = relationship(foreign_keys=[run_id])

    __table_args__ = (sa.CheckConstraint("waits = (data IS NOT NULL)", name="waits_with_data"),)
