"""What nouns refuse is said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cfp.display import said
from cfp.errors import Refused


@contextmanager
def in_words() -> Iterator[None]:
    """Translate the sentence of a noun that says no."""
    try:
        yield
    except Refused as refused:
        raise Refused(str(said(refused.sentence)), refused.field) from refused
