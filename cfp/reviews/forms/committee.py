"""What a chair types about the committee: whom to ask, what it is asked, who reads what."""

import re

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    IntegerRangeField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField

REQUIRED = _l("Please fill this in.")


class CriteriaForm(OpenedForm):
    """What reviewers are asked beside their verdict; the known ones are fields of their own."""

    added = LineField(
        _l("One more"),
        120,
        [Optional()],
        description=_l("Such as: Does our audience hear something new?"),
    )

    def known(self):
        return [field for field in self if field.name.startswith("label-")]

    def labels(self):
        return {field.name.removeprefix("label-"): field.data or "" for field in self.known()}


def criteria_form(criteria):
    """The form with a line for each criterion that is asked."""
    fields = {
        f"label-{one.code}": LineField(_("Criterion %(n)s", n=number), 120, [Optional()])
        for number, one in enumerate(criteria, 1)
    }
    data = {f"label-{one.code}": one.label for one in criteria}
    return type("CriteriaForm", (CriteriaForm,), fields)(data=data)


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
