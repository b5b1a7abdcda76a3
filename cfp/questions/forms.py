"""The shape of a question as organisers type it, and the fields that speakers answer in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional

from cfp.conference.forms import NUMBER, number
from cfp.conference.models import Conference
from cfp.forms import InRange, LineField, OpenedForm, ParagraphsField
from cfp.questions.asking import YES, Kind, Readers, lines_of
from cfp.questions.models import Answer, Question
from cfp.questions.service.answering import Given, field_name
from cfp.questions.service.editing import Wording
from cfp.uploads import DOCUMENTS, MEGABYTE, Sent, accepted

DROP = "drop_"


def kind_names() -> dict[Kind, str]:
    return {
        Kind.LINE: _("A line of text"),
        Kind.TEXT: _("A long text"),
        Kind.CHOICE: _("One of several answers"),
        Kind.SEVERAL: _("Any of several answers"),
        Kind.NUMBER: _("A number"),
        Kind.FILE: _("A file"),
        Kind.CONSENT: _("A consent to tick"),
    }


class QuestionForm(OpenedForm):
    """One question of the form of a proposal."""

    label = LineField(_l("Question"), 200, [InputRequired(_l("Please say what you ask."))])
    help = LineField(
        _l("Help"), 500, description=_l("Stands beneath the question, for whoever hesitates.")
    )
    kind = RadioField(
        _l("What an answer is"),
        [InputRequired(_l("Please choose one."))],
        coerce=lambda value: value if isinstance(value, Kind) else Kind(value),
        default=Kind.LINE,
    )
    choices = ParagraphsField(
        _l("Answers to choose from"),
        4000,
        description=_l("One a line; for one or any of several answers."),
    )
    least = number(_l("At least"), 0, 999_999_999, optional=True)
    most = number(_l("At most"), 0, 999_999_999, optional=True)
    is_required = BooleanField(
        _l("It has to be answered"),
        description=_l("Before a proposal is handed in; a draft may lack it."),
    )
    readers = RadioField(
        _l("Who reads the answers"),
        coerce=lambda value: value if isinstance(value, Readers) else Readers(value),
        default=Readers.TEAM,
    )
    formats = SelectMultipleField(_l("Only for these formats"), coerce=int)
    tracks = SelectMultipleField(_l("Only for these tracks"), coerce=int)

    def __init__(self, conference: Conference, **kwargs) -> None:
        super().__init__(**kwargs)
        for field in (self.kind, self.readers):
            field.flags.hide_optional = True
        self.kind.choices = [SelectChoice(k.value, name) for k, name in kind_names().items()]
        self.readers.choices = [
            SelectChoice(Readers.TEAM.value, _("The team; in blind reviews no reviewer does")),
            SelectChoice(Readers.REVIEWERS.value, _("Reviewers too: it tells nobody who wrote it")),
        ]
        self.formats.choices = [SelectChoice(f.id, f.name) for f in conference.formats]
        self.tracks.choices = [SelectChoice(t.id, t.name) for t in conference.tracks]

    def wording(self) -> Wording:
        values = {name: self[name].data for name in Wording.__dataclass_fields__}
        values["choices"] = tuple(line[:200] for line in lines_of(self.choices.data or ""))
        values |= {name: tuple(values[name] or ()) for name in ("formats", "tracks")}
        return Wording(**values)


def question_form(conference: Conference, question: Question | None = None) -> QuestionForm:
    """The form of a new or known question."""
    if question is None:
        return QuestionForm(conference)
    known = {name: getattr(question, name) for name in Wording.__dataclass_fields__}
    return QuestionForm(conference, data=known | {"choices": "\n".join(question.choices)})


def answer_fields(questions: Sequence[Question], answers: Sequence[Answer]) -> dict[str, object]:
    """The fields of a proposal's form for these questions, by name."""
    kept = {answer.question_id: answer for answer in answers}
    fields: dict[str, object] = {}
    for question in questions:
        answer = kept.get(question.id)
        fields[field_name(question)] = _field(question, answer)
        if question.kind is Kind.FILE and answer is not None:
            label = _("Take off “%(name)s”", name=answer.text)
            fields[DROP + field_name(question)] = BooleanField(label)
    return fields


def given(form, questions: list[Question]) -> Given:
    """What a filled form answers to them."""
    answers: dict[int, str | Sent] = {}
    for question in questions:
        data = form[field_name(question)].data
        if question.kind is Kind.FILE:
            if data and data.filename:
                most = (question.rules.limit or 1) * MEGABYTE
                answers[question.id] = Sent(data.filename, data.read(most + 1))
            elif DROP + field_name(question) in form and form[DROP + field_name(question)].data:
                answers[question.id] = ""
        elif question.kind is Kind.SEVERAL:
            answers[question.id] = "\n".join(data or ())
        elif question.kind is Kind.CONSENT:
            answers[question.id] = YES if data else ""
        else:
            answers[question.id] = "" if data is None else str(data)
    return answers


def _field(question: Question, answer: Answer | None):
    rules, text = question.rules, answer.text if answer else ""
    more: dict[str, Any] = {"description": question.help, "default": text}
    if question.kind is Kind.LINE:
        field = LineField(question.label, rules.limit or 200, **more)
    elif question.kind is Kind.TEXT:
        field = ParagraphsField(question.label, rules.limit or 2000, **more)
    elif question.kind is Kind.NUMBER:
        limits = [Optional(), InRange(*rules.bounds, NUMBER)]
        more["default"] = int(text) if text else None
        field = IntegerField(question.label, limits, **more)
    elif question.kind is Kind.CHOICE:
        offered = [SelectChoice("", _("Please choose"))] + [
            SelectChoice(choice, choice) for choice in rules.choices
        ]
        field = SelectField(question.label, choices=offered, **more)
    elif question.kind is Kind.SEVERAL:
        more["default"] = [line for line in lines_of(text) if line in rules.choices]
        offered = [SelectChoice(choice, choice) for choice in rules.choices]
        field = SelectMultipleField(question.label, choices=offered, **more)
    elif question.kind is Kind.CONSENT:
        field = BooleanField(question.label, description=question.help, default=text == YES)
    else:
        field = FileField(
            question.label, description=question.help, render_kw={"accept": accepted(DOCUMENTS)}
        )
    return field
