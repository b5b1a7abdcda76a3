"""The shape of what is typed when a cash box is counted."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from cfp.forms import Form, LineField
from cfp.tickets.forms.fields import HundredthsField
from cfp.tickets.till import Box


class CountForm(Form):
    """Whose box, what was put in as change, what is in it now."""

    who = SelectField(_l("Whose box"), coerce=int)
    start = HundredthsField(_l("Change put in, EUR"))
    counted = HundredthsField(
        _l("Counted, EUR"), description=_l("All that is in the box. Empty until it is counted.")
    )
    note = LineField(_l("Note"), 200, description=_l("What explains a difference."))

    def __init__(self, people: Mapping[int, str], **kwargs) -> None:
        super().__init__(**kwargs)
        self.who.flags.hide_optional = True
        self.who.choices = [SelectChoice(person_id, name) for person_id, name in people.items()]

    def box(self) -> Box:
        return Box(start=self.start.data or 0, counted=self.counted.data, note=self.note.data or "")
