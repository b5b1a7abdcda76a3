"""The shape of an invitation as organisers type it, and of the answer to one."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from cfp.conference.forms import deadline, moment_of
from cfp.conference.models import Conference, FormatKind
from cfp.forms import Form, LineField, ParagraphsField
from cfp.invited.models import Purpose
from cfp.invited.service import Wanted
from cfp.people.forms import AddressField

REQUIRED = _l("Please fill this in.")


class InvitationForm(Form):
    """Whom an organiser invites, to what, until when."""

    purpose = RadioField(
        _l("What for"),
        coerce=lambda value: value if isinstance(value, Purpose) else Purpose(value),
        default=Purpose.LATE,
    )
    name = LineField(_l("For whom"), 120, [InputRequired(REQUIRED)])
    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "off"})
    until = deadline(_l("It is good until"))
    format_id = SelectField(_l("Format"), coerce=int, default=0)
    note = ParagraphsField(_l("A few words of your own"), 1000)

    def __init__(self, conference: Conference, **kwargs) -> None:
        super().__init__(**kwargs)
        self.email.validators = [Optional(), AddressField.is_address]
        self.email.flags.required = False
        self.until.validators = [InputRequired(REQUIRED)]
        self.until.flags.required = True
        keynotes = [f for f in conference.formats if f.kind is FormatKind.KEYNOTE]
        self.purpose.choices = [
            SelectChoice(Purpose.LATE.value, _("A late proposal: the call stays open for them")),
        ]
        if keynotes:
            label = _("A keynote: handed in, it is accepted")
            self.purpose.choices.append(SelectChoice(Purpose.KEYNOTE.value, label))
        self.format_id.choices = [SelectChoice(0, _("Please choose"))]
        self.format_id.choices += [SelectChoice(f.id, f.name) for f in keynotes]
        for field in (self.purpose, self.format_id):
            field.flags.hide_optional = True
        if not keynotes:
            del self.format_id  # there is nothing to choose from

    def wanted(self, zone: str) -> Wanted:
        known = {name: self[name].data for name in ("purpose", "name", "note")}
        known["until"] = moment_of(self.until.data, zone, ends=True)
        known["email"] = self.email.data or ""
        known["format_id"] = self.format_id.data or None if self.format_id else None
        return Wanted(**known)


class InvitedForm(Form):
    """The answer to an invitation; who has no account says their name."""

    name = LineField(_l("Your name"), 120, description=_l("As others should read it."))
    answer = RadioField(
        _l("Your answer"),
        [InputRequired(_l("Please choose one."))],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No, thank you"))],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.name.flags.hide_optional = True
