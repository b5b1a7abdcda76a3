"""Who supports a wish: whoever is signed in, else a browser that holds a secret."""

from __future__ import annotations

from dataclasses import dataclass

from cfp.codes import hashed
from cfp.people.models import Person


@dataclass(frozen=True)
class Visitor:
    """``secret`` is that of the browser; of a browser nothing but its hash is kept."""

    person: Person | None = None
    secret: str | None = None

    @property
    def browser_hash(self) -> str | None:
        return hashed(f"supporter:{self.secret}") if self.secret else None
