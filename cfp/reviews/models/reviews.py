"""Who may not, who wants to, who owes and who wrote a review."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.db import Model, enum_column
from cfp.people.models import Person
from cfp.reviews.models.criteria import CriterionScore
from cfp.submissions.models import Submission


class BidValue(Enum):
    """How much a reviewer wants to read a proposal."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Bid(Model):
    """A reviewer's wish to review, or not to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[BidValue] = mapped_column(enum_column(BidValue, "value"))

    __table_args__ = (sa.UniqueConstraint("submission_id", "person_id"),)


class DeclaredConflict(Model):
    """A conflict of interest that somebody declared; detected ones are computed, not stored."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    declared_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (sa.UniqueConstraint("submission_id", "person_id"),)


class AssignmentState(Enum):
    """A draft is seen by the chair only; ``recused`` was handed back by the reviewer."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RECUSED = "recused"


class Assignment(Model):
    """A review that a reviewer owes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[AssignmentState] = mapped_column(
        enum_column(AssignmentState, "state"), default=AssignmentState.DRAFT
    )
    assigned_at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("submission_id", "person_id"),)


class Review(Model):
    """A verdict: a score from 1 to 5, a text for the committee, a text for the speaker."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int]
    for_committee: Mapped[str] = mapped_column(sa.Text, default="")
    for_speaker: Mapped[str] = mapped_column(sa.Text, default="")
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person] = relationship()
    criterion_scores: Mapped[list[CriterionScore]] = relationship(
        cascade="all, delete-orphan", order_by=CriterionScore.criterion_id
    )

    __table_args__ = (
        sa.UniqueConstraint("submission_id", "person_id"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_range"),
    )
