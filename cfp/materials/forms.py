"""The shape of a link to a recording or slides."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import URLInput

from cfp.forms import Form, LineField
from cfp.materials.models import MaterialKind

REQUIRED = _l("Please fill this in.")
KINDS = {
    MaterialKind.RECORDING: _l("Recording"),
    MaterialKind.SLIDES: _l("Slides"),
    MaterialKind.OTHER: _l("Something else"),
}


class MaterialForm(Form):
    """Where it is, what it is, and from when everybody sees it."""

    kind = SelectField(
        _l("What it is"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    url = LineField(_l("Address"), 500, [InputRequired(REQUIRED)], widget=URLInput())
    title = LineField(_l("Words for it"), 120)
    shows_from = DateTimeLocalField(
        _l("Shown from"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
