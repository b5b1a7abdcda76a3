"""The base of all forms: text is cleaned before it is judged, refusals land on their field."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.i18n import get_translations
from wtforms.validators import Length, NumberRange

from cfp.display import said
from cfp.errors import Refused

# Marks that reorder what stands around them; they have no place in titles and names.
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])


def clean_paragraphs(text: str | None) -> str:
    """NFC, line ends as one newline, no control characters, no space around."""
    text = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co"})
    return "".join(kept).strip()


def clean_line(text: str | None) -> str:
    """One line of clean text, single-spaced, without marks that reorder it."""
    return " ".join(clean_paragraphs(text).translate(DIRECTION_MARKS).split())


class LineField(StringField):
    """One line of text with a limit that the browser, the form and the database share."""

    def __init__(self, label: Any, most: int, validators: Any = (), **kwargs: Any) -> None:
        too_long = _l("Please shorten this to at most %(max)d characters.")
        limit = Length(max=most, message=too_long)
        super().__init__(label, [*validators, limit], filters=[clean_line], **kwargs)
        self.most = most


class ParagraphsField(TextAreaField):
    """Several lines of text with a limit."""

    def __init__(self, label: Any, most: int, validators: Any = (), **kwargs: Any) -> None:
        too_long = _l("Please shorten this to at most %(max)d characters.")
        limit = Length(max=most, message=too_long)
        super().__init__(label, [*validators, limit], filters=[clean_paragraphs], **kwargs)
        self.most = most


class InRange(NumberRange):
    """A range that refuses what cannot even be compared: hundreds of digits, a NaN that signals."""

    def __call__(self, form: Any, field: Field) -> None:
        try:
            float(field.data or 0)
        except (OverflowError, ValueError):
            field.data = None
        super().__call__(form, field)


@cache
def _words_of_wtforms(language: str) -> Any:
    """Flask-WTF reads the file of these words anew in every request that has a form."""
    return get_translations([language])


class Form(FlaskForm):
    """A form that can show why a service refused what it asked for."""

    class Meta(FlaskForm.Meta):
        """What WTForms itself says is said in the reader's language."""

        def get_translations(self, _form: Any) -> Any:
            return _words_of_wtforms(str(get_locale() or "en"))

    form_errors: list[str]

    @property
    def status(self) -> int:
        """422 for a form that was sent and is shown again, so that nothing of it is kept."""
        return 422 if self.is_submitted() else 200

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Put a :class:`Refused` on its field, or on top of the form; then ``errors`` is set."""
        try:
            yield
        except Refused as refused:
            field: Field | None = self._fields.get(refused.field or "")
            sentence = said(refused.sentence)
            if field is None:
                self.form_errors = [*self.form_errors, sentence]
            else:
                field.errors = [*field.errors, sentence]


class OpenedField(HiddenField):
    """What its form showed when the page was opened; no thing has an attribute of it."""

    def populate_obj(self, obj: Any, name: str) -> None:
        """Nothing to write."""


class OpenedForm(Form):
    """A form over something that others may change meanwhile: nothing is overwritten unseen.

    A second tab, or somebody else, may have saved since this page was opened. Then the first
    press of the button says so and shows what was typed, and the second one keeps it.
    """

    opened = OpenedField()

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        stored = [(field.name, str(field.object_data)) for field in self._own_fields()]
        self.stored = hashlib.sha256(repr(stored).encode()).hexdigest()[:16]
        self.opened.data = self.opened.data or self.stored

    def validate(self, extra_validators: Any = None) -> bool:
        is_right: bool = super().validate(extra_validators)
        if self.opened.data == self.stored or not self._says_something_else():
            return is_right
        self.opened.data = self.stored
        self.form_errors = [
            *self.form_errors,
            _(
                "This was changed elsewhere while you had it open. What you typed still stands"
                " here: save it again to keep it, or open the page anew to see the other."
            ),
        ]
        return False

    def _own_fields(self) -> list[Field]:
        return [field for field in self if not isinstance(field, HiddenField)]

    def _says_something_else(self) -> bool:
        stored = {field: getattr(field.object_data, "value", field.object_data) for field in self}
        return any(getattr(f.data, "value", f.data) != stored[f] for f in self._own_fields())
