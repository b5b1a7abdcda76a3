"""What reviewers are asked about a proposal beside their verdict, and what they answer."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.db import Model


class Criterion(Model):
    """A further question to reviewers, answered from 1 to 5; the ranking goes by the verdict."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(sa.String(120))
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("length(label) > 0", name="has_label"),)


class CriterionScore(Model):
    """What one review says to one criterion."""

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(
        sa.ForeignKey("criterion.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[int]

    criterion: Mapped[Criterion] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("review_id", "criterion_id"),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name="value_range"),
    )
