"""A question of an edition, an answer on a proposal, and the file that an answer may be."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.questions.asking import Asked, Kind, Readers


class Question(Model):
    """What the form of a proposal asks beyond the usual; no longer asked, its answers stay."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[Kind] = mapped_column(enum_column(Kind, "kind"))
    label: Mapped[str] = mapped_column(sa.String(200))
    help: Mapped[str] = mapped_column(sa.String(500), default="")
    is_required: Mapped[bool] = mapped_column(default=False)
    is_asked: Mapped[bool] = mapped_column(default=True)
    choices: Mapped[list[Any]] = mapped_column(default=list)
    least: Mapped[int | None]
    most: Mapped[int | None]
    readers: Mapped[Readers] = mapped_column(enum_column(Readers, "readers"), default=Readers.TEAM)
    formats: Mapped[list[Any]] = mapped_column(default=list)  # ids; none: of all formats
    tracks: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.CheckConstraint("length(label) > 0", name="has_label"),
        sa.CheckConstraint("most >= least", name="most_not_below_least"),
    )

    @property
    def rules(self) -> Asked:
        """The question as its rules need it."""
        return Asked(
            kind=self.kind,
            is_required=self.is_required,
            choices=tuple(self.choices),
            least=self.least,
            most=self.most,
            formats=frozenset(self.formats),
            tracks=frozenset(self.tracks),
        )


class Answer(Model):
    """What a proposal answers to one question: a text, its choices a line each, a file's name."""

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(sa.Text)

    question: Mapped[Question] = relationship()
    file: Mapped["AnswerFile | None"] = relationship(
        back_populates="answer", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("submission_id", "question_id"),
        sa.Index(None, "question_id"),
    )


class AnswerFile(Model):
    """The bytes of a file; they are handed out as an attachment and never shown by us."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    answer_id: Mapped[int] = mapped_column(
        sa.ForeignKey("answer.id", ondelete="CASCADE"), unique=True
    )
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)

    answer: Mapped[Answer] = relationship(back_populates="file")
