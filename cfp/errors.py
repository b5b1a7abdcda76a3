"""A rule of the conference says no, with the sentence a person reads."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  (the word of the house, see docs/decisions.md)
    """Raised by models and services when a rule forbids what somebody asked for.

    ``sentence`` is shown to the person as it stands. ``field`` names the form field that it
    belongs to, if there is one. The web answers 409, or 422 when a form shows it.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
