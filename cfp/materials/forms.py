"""The shape of a link to a recording, and of slides that are handed over."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, SelectChoice, SelectField
from wtforms.validators import Optional
from wtforms.widgets import URLInput

from cfp.forms import Form, LineField
from cfp.materials.models import MaterialKind
from cfp.materials.service import MOST_MEGABYTES
from cfp.uploads import MEGABYTE, SLIDES, Sent, accepted

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
    url = LineField(_l("Address"), 500, [Optional()], widget=URLInput())
    slides = FileField(_l("Or a file"), render_kw={"accept": accepted(SLIDES)})
    title = LineField(_l("Words for it"), 120)
    shows_from = DateTimeLocalField(
        _l("Shown from"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )

    def given(self) -> list[str | Sent]:
        """The address and the file, whatever was given of them; an empty address for neither."""
        file = self.slides.data
        if not file or not file.filename:
            return [self.url.data or ""]
        sent = Sent(file.filename, file.read(MOST_MEGABYTES * MEGABYTE + 1))
        return [self.url.data, sent] if self.url.data else [sent]
