"""The shape of what reviewers and chairs type: a verdict, a wish, a reason, a plan, a line-up."""

import re
from dataclasses import replace

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    IntegerRangeField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional, ValidationError

from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField, clean_line
from cfp.reviews.models import BidValue, Side
from cfp.reviews.service.lineup import GOALS, Wanted

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the five sentences.")

# The scale, kindest first; each step is what a reviewer would say aloud in the committee.
SCALE = {
    5: _l("I want it and will fight for it"),
    4: _l("I would be glad to see it"),
    3: _l("I could live with it, or without it"),
    2: _l("I would rather see something else"),
    1: _l("I do not want it and will fight against it"),
}
BIDS = {BidValue.YES: _l("Yes"), BidValue.MAYBE: _l("Maybe"), BidValue.NO: _l("No")}


SIDES = {Side.FOR.value: _l("For it"), Side.AGAINST.value: _l("Against it")}


def step_of_scale(value):
    """The step that a button stands for; nothing for what no button sends."""
    return int(value) if str(value) in {str(step) for step in SCALE} else None


class ReviewForm(OpenedForm):
    """One verdict."""

    score = RadioField(
        _l("Your verdict"),
        [AnyOf(SCALE, CHOOSE)],
        choices=[SelectChoice(score, sentence) for score, sentence in SCALE.items()],
        coerce=step_of_scale,
        validate_choice=False,
    )
    for_committee = ParagraphsField(
        _l("For the committee"), 5000, description=_l("Read by reviewers and chairs only.")
    )
    for_speaker = ParagraphsField(
        _l("For the speakers"), 5000, description=_l("They may read this, never who wrote it.")
    )


class BidForm(Form):
    """One wish; its three buttons are the choices."""

    value = RadioField(
        choices=[SelectChoice(value.value, word) for value, word in BIDS.items()],
        validators=[InputRequired(REQUIRED)],
    )


class ArgumentForm(Form):
    """One reason, for a proposal or against it."""

    side = RadioField(
        _l("Your argument"),
        [AnyOf(SIDES, _l("Please say whether it speaks for the proposal or against it."))],
        choices=[SelectChoice(value, words) for value, words in SIDES.items()],
        validate_choice=False,
    )
    text = LineField(_l("Why?"), 500, [DataRequired(REQUIRED)])


class OpinionForm(Form):
    """Whether one agrees with an argument; its three buttons are the choices."""

    value = RadioField(choices=["yes", "no", "none"], validators=[InputRequired(REQUIRED)])


class ReasonForm(Form):
    """Why one steps aside, or why something is done against the ranking."""

    reason = LineField(
        _l("Why?"), 300, [DataRequired(REQUIRED)], description=_l("Only the chair reads this.")
    )


class ConflictForm(Form):
    """A conflict that the chair knows of; the choices come from the edition."""

    reviewer = SelectField(_l("Reviewer"), [DataRequired(REQUIRED)])
    proposal = SelectField(_l("Proposal"), [DataRequired(REQUIRED)])
    reason = LineField(_l("Why?"), 300, [DataRequired(REQUIRED)])


class InviteForm(Form):
    """Whom to ask into the committee."""

    emails = ParagraphsField(
        _l("E-mail addresses"),
        5000,
        [DataRequired(REQUIRED)],
        description=_l("One a line. Each gets a letter with a link of their own."),
    )

    def addresses(self):
        return [word for word in re.split(r"[\s,;]+", self.emails.data or "") if word]

    def validate_emails(self, _field):
        """The first that is none is named, so that it is found among fifty."""
        for address in self.addresses():
            try:
                validate_email(address, check_deliverability=False, test_environment=True)
            except EmailNotValidError as wrong:
                said = _("“%(address)s” is no address.", address=address[:80])
                raise ValidationError(said) from wrong


class TopicsForm(Form):
    """The tracks in which one is at home; the choices come from the edition."""

    topics = SelectMultipleField(_l("I am at home in"), [Optional()], coerce=int)

    def __init__(self, conference, **kwargs):
        super().__init__(**kwargs)
        self.topics.choices = [SelectChoice(track.id, track.name) for track in conference.tracks]


class InvitationForm(TopicsForm):
    """The answer to an invitation; its two buttons are the choices."""

    name = LineField(_l("Your name"), 120, [Optional()])
    answer = RadioField(choices=["yes", "no"], validators=[InputRequired(REQUIRED)])


class PlanForm(Form):
    """What the plan of assignments shall respect."""

    each = IntegerField(_l("Reviews for each proposal"), [InputRequired(REQUIRED), InRange(1, 9)])
    most = IntegerField(
        _l("Reviews for each reviewer, at most"),
        [Optional(), InRange(1, 1000)],
        description=_l("Leave empty for no limit."),
    )
    balance = IntegerRangeField(
        _l("What matters more?"), [Optional(), InRange(0, 100)], default=100
    )
    wishes = IntegerRangeField(
        _l("What makes a good pair?"), [Optional(), InRange(0, 100)], default=67
    )
    plain = BooleanField(
        _l("Draw by lot alone"),
        description=_l("Everybody gets as many as everybody else; bids and tracks do not count."),
    )
    seed = IntegerField(
        _l("Seed"),
        [Optional(), InRange(0, 2**31 - 1)],
        default=1,
        description=_l("Decides among equally good plans. The same seed gives the same plan."),
    )


class VoteForm(Form):
    """A yes or a no; its two buttons are the choices."""

    value = RadioField(choices=["yes", "no"], validators=[InputRequired(REQUIRED)])


class LengthForm(Form):
    """Another format to offer; the choices come from the edition."""

    format = SelectField(_l("Format"), [DataRequired(REQUIRED)], coerce=int)
    note = LineField(
        _l("Why?"), 300, [Optional()], description=_l("The speakers read this in their letter.")
    )

    def __init__(self, submission, **kwargs):
        super().__init__(**kwargs)
        self.format.choices = [
            SelectChoice(one.id, one.name)
            for one in submission.conference.formats
            if one.id != submission.format_id
        ]


class DecideForm(Form):
    """A line-up to be decided, as it was looked at. Its reasons are fields of their own."""

    seen = HiddenField(validators=[DataRequired(REQUIRED)])


def decide_form(overruled, reasons):
    """The form with a reason to give for each proposal against which the chair decides.

    ``reasons`` are those of an earlier selection, by code.
    """
    fields = {
        f"why-{row.code}": LineField(row.title, 300, [DataRequired(_l("Please say why."))])
        for row in overruled
    }
    given = {f"why-{code}": reason for code, reason in reasons.items()}
    return type("DecideForm", (DecideForm,), fields)(data=given)


def read_wanted(args, usual):
    """The line-up that an address asks for; what it does not say, or says wrong, is as usual.

    Forgiving on purpose: it is a what-if, and nothing is kept of it.
    """
    if "total" not in args:
        return replace(usual, seed=clean_line(args.get("seed"))[:40] or usual.seed)

    def number(name, most=2000):
        value = args.get(name, type=int)
        return None if value is None else min(max(value, 0), most)

    def ids(prefix):
        names = (name.removeprefix(prefix) for name in args if name.startswith(prefix))
        return sorted({int(name) for name in names if name.isdecimal() and len(name) < 10})

    undone = set(args.getlist("undo"))
    formats = {key: number(f"format-{key}") for key in ids("format-")}
    bounds = {
        key: (number(f"least-{key}") or 0, number(f"most-{key}"))
        for key in {*ids("least-"), *ids("most-")}
    }
    return Wanted(
        total=usual.total if number("total") is None else number("total"),
        waitlist=number("waitlist") or 0,
        formats={key: wanted for key, wanted in formats.items() if wanted is not None},
        tracks={
            key: (least, None if most is None else max(least, most))
            for key, (least, most) in bounds.items()
            if least or most is not None
        },
        seed=clean_line(args.get("seed"))[:40] or usual.seed,
        by_mean=args.get("score") == "mean",
        put_in=tuple(sorted(set(args.getlist("in")) - undone)),
        left_out=tuple(sorted(set(args.getlist("out")) - undone)),
        goals={mark: number(f"goal-{mark}") for mark in GOALS if number(f"goal-{mark}")},
        price=usual.price if number("price", 200) is None else number("price", 200),
    )
