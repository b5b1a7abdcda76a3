"""The base of all forms: text is cleaned before it is judged, refusals land on their field."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import Length

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


class Form(FlaskForm):
    """A form that can show why a service refused what it asked for."""

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
            if field is None:
                self.form_errors = [*self.form_errors, refused.sentence]
            else:
                field.errors = [*field.errors, refused.sentence]
