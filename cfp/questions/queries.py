"""Questions about questions and their answers, as selects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from cfp.conference.models import Conference
from cfp.questions.models import Answer, AnswerFile, Question


def of_conference(conference: Conference) -> sa.Select[Question]:
    """All questions of an edition, in its order; also those that are no longer asked."""
    return (
        sa.select(Question)
        .where(Question.conference_id == conference.id)
        .order_by(Question.position, Question.id)
    )


def asked(conference: Conference) -> sa.Select[Question]:
    return of_conference(conference).where(Question.is_asked)


def answers_of(submission_ids: list[int]) -> sa.Select[Answer]:
    """The answers on some proposals, each with its question and its file, in the form's order."""
    return (
        sa.select(Answer)
        .join(Answer.question)
        .options(contains_eager(Answer.question), joinedload(Answer.file))
        .where(Answer.submission_id.in_(submission_ids))
        .order_by(Question.position, Question.id)
    )


def answer_counts(conference: Conference) -> sa.Select[*tuple[Any, ...]]:
    """(question's id, how many answers)."""
    return (
        sa.select(Answer.question_id, sa.func.count())
        .join(Answer.question)
        .where(Question.conference_id == conference.id)
        .group_by(Answer.question_id)
    )


def file_with(conference: Conference, code: str) -> sa.Select[AnswerFile]:
    return (
        sa.select(AnswerFile)
        .join(AnswerFile.answer)
        .join(Answer.question)
        .options(contains_eager(AnswerFile.answer).contains_eager(Answer.question))
        .where(AnswerFile.code == code, Question.conference_id == conference.id)
    )
