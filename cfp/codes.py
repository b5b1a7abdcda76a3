"""Codes for URLs and secrets for links: what is shown, and what is only stored hashed."""

from __future__ import annotations

import hashlib
import secrets

from werkzeug.routing import IntegerConverter, Map

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"  # none that is read for another
MOST = 2**31 - 1  # no table of ours counts further


def new_code() -> str:
    """Eight characters that name a thing in a URL; useless without the right to see it.

    Of ten thousand things two are called the same with a chance of one in 7,500; of six characters
    it would be one in ten.
    """
    return _letters(8)


def short_code() -> str:
    """Six, for proposals and sessions: people say them aloud, and schedule.xml wants them so."""
    return _letters(6)


def _letters(many: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(many))


def new_token() -> str:
    """A secret for a link, 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps of a secret: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def known_number(text: str) -> int:
    """A number that an address gives; one that no table can hold is none (ValueError)."""
    number = int(text)
    if abs(number) > MOST:
        raise ValueError(text)
    return number


class KnownNumber(IntegerConverter):
    """``<int:...>`` in an address; one that no table can hold names nothing: 404."""

    def __init__(self, routes: Map) -> None:
        super().__init__(routes, max=MOST)
