"""The shape of a proposal as people type it, and of what is asked around it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from babel import Locale
from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Regexp, ValidationError

from cfp.conference.forms import number
from cfp.conference.models import FormatKind
from cfp.forms import Form, LineField, OpenedForm, ParagraphsField
from cfp.invited.service import Doors
from cfp.people.models import Person
from cfp.questions.forms import answer_fields, given
from cfp.questions.models import Answer, Question
from cfp.questions.service import Given
from cfp.questions.service.answering import field_name
from cfp.submissions.models import Degree, Level, Outcome, Submission
from cfp.submissions.service import Content, availability_of, choosable, content_of
from cfp.submissions.service.availability import Half, halves

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "cs", "uk")
YES = "yes"
NUMBER = re.compile(r"[0-9]{1,9}")
KEY = re.compile(r"[0-9A-Za-z-]{1,40}")  # what a form calls itself, so that it counts once
# A draft may lack these, so "optional" would mislead; level and language always say something.
NEEDED_LATER = ("abstract", "format_id", "track_id", "level", "language", "people_most")


def number_or_none(value):
    return int(value) if value not in {None, ""} else None


def level_or_none(value):
    return value if isinstance(value, Level) else Level(value) if value else None


class ProposalForm(Form):
    """What a proposal consists of. Built for one person and edition by :func:`proposal_form`."""

    key = HiddenField(default=lambda: str(uuid.uuid4()))
    version = HiddenField(default="0")
    unheard = HiddenField(default="")  # the saves of a script that got no answer, the latest first
    kept = HiddenField(default="")  # the save of what is not handed in that this form shows
    title = LineField(
        _l("Title"), 200, [DataRequired(_l("A draft needs a title; the rest can follow."))]
    )
    abstract = ParagraphsField(_l("What it is about"), 5000)
    format_id = SelectField(_l("Format"), coerce=number_or_none)
    track_id = SelectField(_l("Track"), coerce=number_or_none)
    level = SelectField(_l("Whom it is for"), coerce=level_or_none)
    language = SelectField(_l("Spoken language"))
    notes = ParagraphsField(_l("Notes to the committee"), 2000)
    recording_consent = BooleanField(_l("It may be recorded and published"))
    travel_support = BooleanField(_l("I need help with travel or hotel"))
    travel_sponsor = BooleanField(
        _l("My employer pays for my travel and may be named as a travel sponsor")
    )
    people_most = number(_l("How many people you take along"), 1, 500, optional=True)
    employer = LineField(_l("Your employer"), 120)
    invite = LineField(_l("Invite co-speakers"), 1000)
    remove = SelectMultipleField(_l("Take off the proposal"))

    def validate_version(self, field) -> None:
        if not NUMBER.fullmatch(field.data or ""):
            raise ValidationError(_("Please open this page again."))

    def validate_key(self, field) -> None:
        if not KEY.fullmatch(field.data or ""):
            raise ValidationError(_("Please open this page again."))

    def validate_invite(self, _field) -> None:
        wrong = wrong_address(self.invite.data)
        if wrong:
            raise ValidationError(_("“%(text)s” does not look like an address.", text=wrong))

    def saves(self) -> tuple[str, ...]:
        """This save and earlier ones whose answers got lost, as the script of the form says."""
        named = (self.unheard.data or "").split()[:9]
        return tuple(save for save in named if KEY.fullmatch(save))

    def addresses(self) -> list[str]:
        return addresses_in(self.invite.data)

    def content(self) -> Content:
        said = {name: self[name].data for name in Content.__dataclass_fields__}
        if self.format_id.data not in self.offers:
            said["people_most"] = None  # only an offer takes people along
        return Content(**said)

    def availability(self) -> dict[Half, Degree]:
        """What was said of each half day; a yes needs no words."""
        return {half: Degree(field.data) for half, field in self.halves() if field.data != YES}

    def answers(self) -> Given:
        """What was answered to the organisers' own questions."""
        return given(self, self.questions)

    def halves(self):
        return [(half, self[f"half_{n}"]) for n, half in enumerate(self.all_halves)]


def proposal_form(
    doors: Doors,
    person: Person,
    submission: Submission | None = None,
    questions: Sequence[Question] = (),
    answers: Sequence[Answer] = (),
    **typed: Any,
) -> ProposalForm:
    """The form of a new or known proposal, filled with what is known.

    What was sent fills it as well, unless ``typed`` names other ``formdata``.
    """
    conference = doors.conference
    all_halves = halves(conference)
    said = availability_of(person, conference)
    fields = {f"half_{n}": half_field() for n in range(len(all_halves))}
    known: dict[str, object] = {
        f"half_{n}": said[half].value for n, half in enumerate(all_halves) if half in said
    }
    known["employer"] = person.employer
    if submission is not None:
        known |= vars(content_of(submission)) | {"version": str(submission.version)}
    else:
        known |= {"language": "en", "recording_consent": True}
    offers = [f.id for f in conference.formats if f.kind is FormatKind.OFFER]
    asked = {
        "all_halves": all_halves,
        "questions": list(questions),
        "offers": offers,
        "doors": doors,
    }
    fields |= answer_fields(questions, answers)
    form = type("DatedForm", (ProposalForm,), {**asked, **fields})(data=known, **typed)
    _offer(form, doors, submission, person)
    needed = [field_name(question) for question in questions if question.is_required]
    for name in (*NEEDED_LATER, *needed):
        form[name].flags.hide_optional = True
    return form


def _offer(form, doors, submission, person) -> None:
    """Fill the choices; only what belongs to this edition and is open to them can be chosen."""
    conference = doors.conference
    nothing = SelectChoice("", _("Please choose"))
    form.format_id.choices = [nothing] + [
        SelectChoice(f.id, _("%(name)s, %(n)s minutes", name=f.name, n=f.minutes))
        for f in choosable(doors, submission.format_id if submission else None)
    ]
    form.track_id.choices = [nothing] + [SelectChoice(t.id, t.name) for t in conference.tracks]
    form.level.choices = [SelectChoice("", _("Everybody"))] + [
        SelectChoice(level.value, label) for level, label in level_names().items()
    ]
    spoken = dict.fromkeys((*LANGUAGES, submission.language if submission else "en"))
    form.language.choices = [SelectChoice(code, language_name(code)) for code in spoken]
    others = [s.person for s in submission.speakers if s.person != person] if submission else []
    form.remove.choices = [SelectChoice(p.code, p.name) for p in others]


def addresses_in(text: str | None) -> list[str]:
    """The addresses that somebody typed, apart from each other by commas or semicolons."""
    parts = (text or "").replace(";", ",").split(",")
    return [part.strip().lower() for part in parts if part.strip()]


def wrong_address(text: str | None) -> str | None:
    """The first of them that is none; None when all are."""
    for address in addresses_in(text):
        try:
            validate_email(address, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return address
    return None


def half_field() -> RadioField:
    choices = [
        SelectChoice(YES, _l("Yes")),
        SelectChoice(Degree.IF_NEED_BE.value, _l("If need be")),
        SelectChoice(Degree.NO.value, _l("No")),
    ]
    return RadioField(choices=choices, default=YES)


def level_names() -> dict[Level, str]:
    return {
        Level.BEGINNER: _("Beginners"),
        Level.INTERMEDIATE: _("People who know the basics"),
        Level.ADVANCED: _("Experts"),
    }


def language_name(code: str) -> str:
    """The language in the reader's own: "German"; a code that nobody knows stays a code."""
    try:
        return Locale.parse(code).get_display_name(get_locale()) or code
    except (ValueError, LookupError):
        return code


class AnswerForm(Form):
    """An accepted speaker comes, or cannot."""

    answer = RadioField(
        _l("Will you be there?"),
        [InputRequired(_l("Please choose one."))],
        choices=[
            SelectChoice("yes", _l("Yes, I will be there")),
            SelectChoice("no", _l("No, I cannot come")),
        ],
    )


class DecisionForm(OpenedForm):
    """What the chair decides about one proposal."""

    outcome = RadioField(
        _l("Decision"),
        [InputRequired(_l("Please choose one."))],
        choices=[
            SelectChoice(Outcome.ACCEPT.value, _l("Accept")),
            SelectChoice(Outcome.WAITLIST.value, _l("Waiting list")),
            SelectChoice(Outcome.REJECT.value, _l("Decline")),
        ],
    )
    reason = ParagraphsField(
        _l("Reason"), 1000, description=_l("For the team's record; speakers do not see it.")
    )


class WordingForm(Form):
    """Subject and body of a letter, with words in braces."""

    subject = LineField(_l("Subject"), 200, [DataRequired(_l("Please fill this in."))])
    body = ParagraphsField(_l("Text"), 8000, [DataRequired(_l("Please fill this in."))])


class SendForm(Form):
    """All letters of one kind, and how many the page promised."""

    outcome = HiddenField(validators=[AnyOf([outcome.value for outcome in Outcome])])
    expected = HiddenField(validators=[Regexp(NUMBER, matcher=re.fullmatch)])
