"""What people do with questions: organisers ask, speakers answer."""

from cfp.questions.service.answering import (
    Given,
    answers_of,
    changed_answers,
    check_complete,
    keep_answers,
)
from cfp.questions.service.editing import add, change, copy_questions, move, remove, set_asked

__all__ = [
    "Given",
    "add",
    "answers_of",
    "change",
    "changed_answers",
    "check_complete",
    "copy_questions",
    "keep_answers",
    "move",
    "remove",
    "set_asked",
]
