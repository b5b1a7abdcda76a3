"""The browser's session: who is signed in on this device, and how that begins and ends."""

from datetime import datetime

from flask import Flask, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from cfp import clock
from cfp.codes import hashed
from cfp.db import db
from cfp.people import queries, service
from cfp.people.models import Person, SignIn

KEY = "sign_in"
HALF = "half_signed_in"
HALF_LASTS = 600  # seconds to look for the phone


def begin(person: Person, at: datetime) -> None:
    """Sign in here under a new session; nothing of the old one survives but the language."""
    kept = {name: session[name] for name in ("locale",) if name in session}
    session.clear()
    session.update(kept)
    session[KEY] = service.open_session(person, request.user_agent.string, at)
    session.permanent = True
    login_user(person)


def wait_for_code(person: Person, next_page: str, at: datetime) -> None:
    """The first factor was right; nothing is open before the second one is."""
    kept = {name: session[name] for name in ("locale",) if name in session}
    session.clear()
    session.update(kept)
    session[HALF] = [person.id, at.timestamp(), next_page]


def who_waits(at: datetime) -> tuple[Person, str] | None:
    """Who has shown the first factor here a moment ago, and where they want to go."""
    half = session.get(HALF)
    if not half or at.timestamp() - half[1] > HALF_LASTS:
        return None
    person = db.session.get(Person, half[0])
    return (person, half[2]) if person else None


def end(at: datetime) -> None:
    """Sign out here, on the server as well as in the browser."""
    sign_in = current_sign_in(at)
    if sign_in is not None:
        service.close_session(sign_in, at)
    logout_user()
    session.clear()


def speak(language: str) -> None:
    """Show all pages here in this language, signed in or not."""
    session["locale"] = language


def me() -> Person:
    """The person who is signed in, not Flask-Login's stand-in; only where a page asks for one."""
    person: Person = current_user._get_current_object()  # noqa: SLF001  (its documented way)
    return person


def visitor() -> Person | None:
    """Who is signed in, if anybody."""
    return me() if current_user.is_authenticated else None


def current_sign_in(at: datetime) -> SignIn | None:
    if not current_user.is_authenticated:
        return None
    rows = db.session.scalars(queries.sign_ins_of(current_user, at))
    mine = hashed(session.get(KEY, ""))
    return next((row for row in rows if row.token_hash == mine), None)


def init_app(app: Flask) -> None:
    """Let Flask-Login find the person by this device's sign-in, in one query."""
    manager = LoginManager()
    manager.init_app(app)

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(person_id: str) -> Person | None:
        token = session.get(KEY)
        if not token or not person_id.isdigit():
            return None
        return db.session.scalar(queries.open_sign_in(int(person_id), token, clock.now()))
