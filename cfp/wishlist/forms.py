"""The shape of a wish, and of the invitation that it becomes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from cfp.forms import Form, LineField, ParagraphsField

REQUIRED = _l("Please fill this in.")


class WishedTalkForm(Form):
    """What a visitor would like to hear."""

    title = LineField(_l("What would you like to hear?"), 120, [InputRequired(REQUIRED)])
    why = ParagraphsField(_l("Why, and what should be in it?"), 600)
    speaker = LineField(
        _l("Who could tell of it?"),
        200,
        description=_l("Only the organisers see this. A link to a talk or an article helps."),
    )
