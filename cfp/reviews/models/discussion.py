"""What the committee says about a proposal: arguments, and who stands behind each."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.people.models import Person
from cfp.submissions.models import Submission


class Side(Enum):
    """Whether an argument speaks for a proposal or against it."""

    FOR = "for"
    AGAINST = "against"


class Argument(Model):
    """One reason for or against a proposal, in the committee's discussion."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    side: Mapped[Side] = mapped_column(enum_column(Side, "side"))
    text: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person] = relationship()
    opinions: Mapped[list["Opinion"]] = relationship(
        cascade="all, delete-orphan", order_by="Opinion.id"
    )


class Opinion(Model):
    """Somebody else of the committee agrees with an argument, or does not."""

    id: Mapped[int] = mapped_column(primary_key=True)
    argument_id: Mapped[int] = mapped_column(sa.ForeignKey("argument.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    agrees: Mapped[bool]

    __table_args__ = (sa.UniqueConstraint("argument_id", "person_id"),)
