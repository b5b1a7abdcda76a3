"""Speakers answer: what they said is kept with the proposal, and judged when it is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cfp.db import db
from cfp.display import said
from cfp.errors import Refused
from cfp.questions import queries
from cfp.questions.asking import fault, lack
from cfp.questions.models import Answer, AnswerFile, Question
from cfp.uploads import DOCUMENTS, Sent, take_in

Given = Mapping[int, "str | Sent"]  # question's id -> the text, or a file; no entry: untouched


def answers_of(submission_id: int) -> list[Answer]:
    """The answers on a proposal, in the form's order."""
    return list(db.session.scalars(queries.answers_of([submission_id])))


def changed_answers(submission_id: int, given: Given) -> Given:
    """Those of the given answers that are not what is kept."""
    kept = {answer.question_id: answer.text for answer in answers_of(submission_id)}
    return {
        number: value
        for number, value in given.items()
        if isinstance(value, Sent) or value != kept.get(number, "")
    }


def keep_answers(
    submission_id: int, questions: Iterable[Question], given: Given, *, at: datetime
) -> None:
    """Write down what was answered; an empty answer takes the earlier one away."""
    known = {answer.question_id: answer for answer in answers_of(submission_id)}
    asked = {question.id: question for question in questions}
    for number, value in given.items():
        if number not in asked:
            continue
        answer = known.get(number)
        if not value:
            if answer is not None:
                db.session.delete(answer)
            continue
        if answer is None:
            answer = Answer(submission_id=submission_id, question=asked[number])
            db.session.add(answer)
        _write(answer, asked[number], value, at)
    db.session.flush()


def check_complete(
    submission_id: int,
    questions: Iterable[Question],
    *,
    format_id: int | None,
    track_id: int | None,
) -> None:
    """Refuse what lacks an answer that this format and track need, in the order of the form."""
    known = {answer.question_id: answer.text for answer in answers_of(submission_id)}
    for question in questions:
        if question.rules.applies(format_id, track_id):
            missing = lack(question.rules, known.get(question.id, ""))
            if missing:
                raise Refused(said(missing), field=field_name(question))


def field_name(question: Question) -> str:
    """What the form of a proposal calls the field of a question."""
    return f"q_{question.code}"


def _write(answer: Answer, question: Question, value: str | Sent, at: datetime) -> None:
    if isinstance(value, Sent):
        most, field = question.rules.limit or 1, field_name(question)
        taken = take_in(value, DOCUMENTS, most=most, field=field)
        if answer.file is None:
            answer.file = AnswerFile()
        file = answer.file
        file.media_type, file.size, file.sent_at = taken.sort.media_type, len(taken.data), at
        file.data, answer.text = taken.data, taken.name
        return
    wrong = fault(question.rules, value)
    if wrong:
        raise Refused(said(wrong), field=field_name(question))
    answer.text = value
