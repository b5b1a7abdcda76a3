"""The shape of a file that is handed over for an import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectChoice

from cfp.forms import Form
from cfp.interop.imported import MOST_BYTES
from cfp.uploads import Sent

ACCEPT = ".json,.xml,.csv,.tsv,.txt,.xlsx"


class ImportForm(Form):
    """Which file, and what its talks become."""

    file = FileField(
        _l("The file"),
        [FileRequired(_l("Please choose a file."))],
        render_kw={"accept": ACCEPT},
    )
    becomes = RadioField(
        _l("What its talks become"),
        choices=[
            SelectChoice("proposals", _l("Proposals, to be judged")),
            SelectChoice("programme", _l("The programme: accepted, confirmed, in their places")),
        ],
        default="proposals",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.becomes.flags.hide_optional = True

    def sent(self) -> Sent:
        file = self.file.data
        return Sent(file.filename or "file", file.read(MOST_BYTES + 1))
