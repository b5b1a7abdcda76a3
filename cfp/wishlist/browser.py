"""How a browser keeps the secret by which we know that it supports a wish already.

The secret is signed, so that nobody can make secrets up: each is asked for, and how many a
network may ask for is limited.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, current_app, request, url_for
from itsdangerous import BadSignature, Signer

from cfp import headers
from cfp.codes import new_token
from cfp.people import session
from cfp.people.doors import guard
from cfp.wishlist.visitor import Visitor

COOKIE = "supporter"
NEW_BROWSERS = 20  # tenfold of one network: a hall full of people is one


def visitor() -> Visitor:
    """Whoever asks, as far as we know them."""
    return Visitor(session.visitor(), _known_secret())


def known_visitor() -> Visitor:
    """The same, with a secret for a browser that has none; :class:`Refused` for too many."""
    found = visitor()
    if found.person is not None or found.secret is not None:
        return found
    guard("supporter", most=NEW_BROWSERS)
    return Visitor(None, _signed(request.form.get("key", "")) or new_token())


def first_key() -> str:
    """For a form: what its first press makes the browser's secret, so that two presses are one."""
    return signer().sign(new_token()).decode()


def remember(response: Any, known: Visitor) -> Response:
    """The browser keeps its secret, within this edition."""
    answer: Response = response
    if known.secret is not None and known.secret != _known_secret():
        signed = signer().sign(known.secret).decode()
        headers.remember(answer, COOKIE, signed, url_for("site.front"))
    return answer


def _known_secret() -> str | None:
    return _signed(request.cookies.get(COOKIE, ""))


def _signed(text: str) -> str | None:
    try:
        return signer().unsign(text).decode()
    except (BadSignature, UnicodeError):
        return None


def signer() -> Signer:
    """Signs what we gave out ourselves."""
    return Signer(str(current_app.secret_key), salt="supporter", digest_method=hashlib.sha256)
