"""What accepted speakers still say: when they can, how they travel, what should be different."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Optional, ValidationError

from cfp.conference.forms import number, sensible_day
from cfp.conference.models import Conference, FormatKind
from cfp.forms import Form, LineField, OpenedForm, ParagraphsField
from cfp.people.models import Person
from cfp.submissions.forms.proposal import YES, addresses_in, half_field, wrong_address
from cfp.submissions.models import Degree, Submission
from cfp.submissions.service.availability import (
    Exactly,
    Half,
    Hour,
    exactly,
    halves,
    hours_of,
)
from cfp.submissions.service.stays import Needs
from cfp.submissions.service.talks import Free, Wanted

FIRST_HOUR, LAST_HOUR = 8, 20  # that are shown in any case


class AvailabilityForm(OpenedForm):
    """The days of the conference by halves and hours. Built by :func:`availability_form`."""

    def halves(self):
        return [(half, self[f"half_{n}"]) for n, half in enumerate(self.all_halves)]

    def hours_in(self, half: Half):
        """The field of the hours in which somebody cannot, within this half."""
        return self[f"hours_{self.all_halves.index(half)}"]

    def said(self) -> Exactly:
        degrees = {half: Degree(field.data) for half, field in self.halves() if field.data != YES}
        never = {(half[0], n) for half, _field in self.halves() for n in self.hours_in(half).data}
        return Exactly(degrees, frozenset(never))


def availability_form(conference: Conference, person: Person) -> AvailabilityForm:
    """The picture of the days, as the person filled it in last."""
    all_halves, said = halves(conference), exactly(person, conference)
    fields: dict[str, object] = {}
    known: dict[str, object] = {}
    for n, half in enumerate(all_halves):
        never = sorted(hour for hour in said.hours if hour in hours_of(half))
        fields |= {f"half_{n}": half_field(), f"hours_{n}": _hours_field(half, never)}
        known[f"hours_{n}"] = [hour for _day, hour in never]
        if half in said.halves:
            known[f"half_{n}"] = said.halves[half].value
    return type("DaysForm", (AvailabilityForm,), {"all_halves": all_halves, **fields})(data=known)


def _hours_field(half: Half, never: list[Hour]) -> SelectMultipleField:
    usual = [one for one in hours_of(half) if FIRST_HOUR <= one[1] < LAST_HOUR or one in never]
    offered = [SelectChoice(hour, f"{hour}\N{EN DASH}{hour + 1}") for _day, hour in usual]
    return SelectMultipleField(_l("Not at"), coerce=int, choices=offered)


class StayForm(OpenedForm):
    """How a speaker comes, and what they need for it."""

    comes_from = LineField(_l("Where you come from"), 120)
    needs_travel = BooleanField(_l("I need help with the cost of travelling"))
    travel_cost = number(_l("What it costs, in whole euros"), 0, 20_000, optional=True)
    needs_hotel = BooleanField(_l("I need a hotel"))
    arrives_on = DateField(_l("First night"), [Optional(), sensible_day])
    leaves_on = DateField(_l("Day of leaving"), [Optional(), sensible_day])
    wishes = ParagraphsField(
        _l("What else you need"),
        1000,
        description=_l("Access to the stage, a cot, a quiet room. The organisers read it."),
    )

    def needs(self) -> Needs:
        return Needs(**{name: self[name].data for name in Needs.__dataclass_fields__})


class WishForm(Form):
    """The organisers' sentence to a speaker who asked for a change."""

    answer = ParagraphsField(_l("A sentence to the speaker"), 1000)


class TalkForm(OpenedForm):
    """What a speaker changes at once, and what the organisers agree to first."""

    abstract = ParagraphsField(_l("What it is about"), 5000)
    subtitle = LineField(_l("Subtitle"), 200)
    recording_consent = BooleanField(_l("It may be recorded and published"))
    title = LineField(_l("Title"), 200, [DataRequired(_l("A session needs a title."))])
    format_id = SelectField(_l("Format"), coerce=int)
    invite = LineField(_l("Speakers to add"), 1000)
    remove = SelectMultipleField(_l("Speakers to take off"))
    why = ParagraphsField(_l("Why"), 1000, description=_l("For the organisers, who decide."))

    def __init__(self, submission: Submission, person: Person, **kwargs) -> None:
        talk = submission.talk
        super().__init__(obj=talk, **kwargs)
        self.format_id.flags.hide_optional = True
        self.format_id.choices = [
            SelectChoice(f.id, _("%(name)s, %(n)s minutes", name=f.name, n=f.minutes))
            for f in submission.conference.formats
            if f.kind is not FormatKind.KEYNOTE or (talk and f.id == talk.format_id)
        ]
        others = [s.person for s in submission.speakers if s.person_id != person.id]
        self.remove.choices = [SelectChoice(p.code, p.name) for p in others]

    def validate_invite(self, field) -> None:
        wrong = wrong_address(field.data)
        if wrong:
            raise ValidationError(_("“%(text)s” does not look like an address.", text=wrong))

    def free(self) -> Free:
        return Free(self.abstract.data, self.subtitle.data, self.recording_consent.data)

    def wanted(self) -> Wanted:
        return Wanted(
            title=self.title.data,
            format_id=self.format_id.data,
            add=tuple(addresses_in(self.invite.data)),
            remove=tuple(self.remove.data or ()),
        )
