"""Files of transfers by which money goes back to buyers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model
from cfp.people.models import Person


class RefundFile(Model):
    """What a bank is asked to send back; the orders in it owe nothing to their buyers any more."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]
    cents: Mapped[int]
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)

    by: Mapped[Person | None] = relationship()
