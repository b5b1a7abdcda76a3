"""Whether whoever sits at the browser is the person who signed in, before something weighty.

Somebody who signed in within the last half an hour has just shown it. Anybody else types the
password once more; who has none signs in anew. Before what cannot be undone the password is
asked in any case.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import session
from flask_babel import gettext as _

from cfp import db
from cfp.errors import Refused
from cfp.people.doors import guard
from cfp.people.models import Person
from cfp.people.passwords import password_is_right
from cfp.people.session import current_sign_in

LASTS = timedelta(minutes=30)
PROVED = "proved_at"


def is_proved(at: datetime) -> bool:
    """Signed in, or asked for the password, not long ago."""
    sign_in = current_sign_in(at)
    if sign_in is None:
        return False
    proved = datetime.fromisoformat(session[PROVED]) if PROVED in session else sign_in.created_at
    return at - max(proved, sign_in.created_at) <= LASTS


def prove(person: Person, password: str, at: datetime, *, anew: bool = False) -> None:
    """`Refused` unless the password is right; then nobody is asked for a while."""
    if is_proved(at) and (not anew or person.password_hash is None):
        return
    if person.password_hash is None:
        raise Refused(_("Please sign out and sign in anew before you do this."), "password")
    password_hash, email = person.password_hash, person.email or ""
    db.release()  # a password takes 36 ms to check; no writer waits for that
    right = password_is_right(password, password_hash)
    guard("prove", email, most=10)
    if not right:
        raise Refused(_("This is not your password."), "password")
    session[PROVED] = at.isoformat()
