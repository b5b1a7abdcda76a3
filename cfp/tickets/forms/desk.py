"""The shape of a sale at the desk; how many of what is read as in the shop."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from cfp.forms import ParagraphsField, clean_line
from cfp.tickets.forms.buying import KeyedForm, OptionalAddressField

NAME = 120


class DeskForm(KeyedForm):
    seen = HiddenField(filters=[clean_line])
    names = ParagraphsField(
        _l("Names"), 4000, description=_l("One a line, for the badges. May stay empty.")
    )
    email = OptionalAddressField(_l("E-mail"), description=_l("Where the ticket goes, if wanted."))
    lets_in = BooleanField(_l("Let in at once"), default=True)
    prints = BooleanField(_l("Print the badge at once"))

    def validate_names(self, field) -> None:
        if any(len(name) > NAME for name in field.data.splitlines()):
            raise ValidationError(_("A name has at most %(n)s characters.", n=NAME))

    def list_of_names(self) -> tuple[str, ...]:
        """The names, without lines that are empty."""
        names = (clean_line(line) for line in (self.names.data or "").splitlines())
        return tuple(name for name in names if name)

    def sum_seen(self) -> int | None:
        """The sum in cents that the page showed, if it showed one."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
