"""Sentences that nouns make: English as they stand, and translated by whoever shows them.

A noun says ``say("%(who)s is not available.", who=name)``. What comes back is the English text,
which also remembers its template and its values; ``display.said`` turns it into the reader's
language. So a noun needs neither Flask nor a catalogue, and collecting the words finds ``say``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

SHAPES = {"time": "%H:%M", "day": "%A", "day and time": "%A %H:%M"}


class Sentence(str):
    """A text in English, and what it was made of."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Any]


class Moment(str):
    """A time of day, a weekday or both, in English, and when it is."""

    __slots__ = ("at", "shape")
    at: date | datetime
    shape: str


def say(template: str, /, **values: Any) -> Sentence:
    """The sentence with its values; a tuple of values reads "this and that"."""
    return _made(template, values)


def joined(sentences: Iterable[str]) -> str:
    """Several sentences, one after the other."""
    several = list(sentences)
    template = " ".join(f"%(s{number})s" for number in range(len(several)))
    return _made(template, {f"s{number}": said for number, said in enumerate(several)})


def moment(at: date | datetime, shape: str = "day and time") -> Moment:
    """A moment inside a sentence, in one of ``SHAPES``."""
    made = Moment(at.strftime(SHAPES[shape]))
    made.at, made.shape = at, shape
    return made


def stored(said: Any) -> Any:
    """A sentence as JSON keeps it, for what is shown long after it was made."""
    if isinstance(said, Moment):
        return {"at": said.at.isoformat(), "shape": said.shape}
    if isinstance(said, tuple):
        return [stored(value) for value in said]
    if not isinstance(said, Sentence):
        return said
    return {
        "template": said.template,
        "values": {name: stored(value) for name, value in said.values.items()},
    }


def restored(kept: Any) -> Any:
    """The sentence again; whatever was kept as a plain text stays one."""
    if isinstance(kept, list):
        return tuple(restored(value) for value in kept)
    if not isinstance(kept, dict):
        return kept
    if "shape" in kept:
        at = datetime.fromisoformat(kept["at"])
        return moment(at if "T" in kept["at"] else at.date(), kept["shape"])
    values = {name: restored(value) for name, value in kept["values"].items()}
    return _made(kept["template"], values)


def _made(template: str, values: Mapping[str, Any]) -> Sentence:
    said = Sentence(template % {name: _english(value) for name, value in values.items()})
    said.template, said.values = template, values
    return said


def _english(value: Any) -> Any:
    return " and ".join(value) if isinstance(value, tuple) else value
