"""What the team types about orders: why, what to write to buyers, money that came by hand."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from cfp.forms import Form, LineField, ParagraphsField
from cfp.tickets.forms.fields import HundredthsField

REQUIRED = _l("Please fill this in.")


class WhyForm(Form):
    why = LineField(_l("Why"), 200, [InputRequired(REQUIRED)])


class NoteForm(Form):
    """What the team writes to several buyers."""

    subject = LineField(_l("Subject"), 120, [InputRequired(REQUIRED)])
    text = ParagraphsField(_l("Text"), 5000, [InputRequired(REQUIRED)])


class MoneyForm(Form):
    """Money that came, or went, by hand."""

    amount = HundredthsField(_l("EUR"), [InputRequired(REQUIRED)])
    method = SelectField(_l("How"))

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.method.choices = [
            SelectChoice("transfer", _("bank transfer")),
            SelectChoice("cash", _("cash")),
            SelectChoice("card", _("card")),
        ]
