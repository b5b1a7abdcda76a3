"""What a person sees when something did not work: a calm page that says what to do next."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from cfp.display import said
from cfp.errors import Refused
from cfp.sqlite import Busy

log = logging.getLogger("callboard.failure")
# Values of choices, switches, counters and keys: what a form sends and nobody typed.
NO_WORDS = re.compile(r"[a-z0-9_.:-]*|([0-9a-f]{8}-[0-9a-f-]{27} ?)+")
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 429, 503})


def init_app(app: Flask) -> None:
    """Register one handler for each kind of failure."""
    app.context_processor(lambda: {"what_was_sent": what_was_sent})
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(StaleDataError, edited_twice)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(UnicodeDecodeError, unreadable)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(500, broken)


def refused(failure: Refused) -> ResponseReturnValue:
    return render_template("errors/409.html", sentence=said(failure.sentence)), 409


def what_was_sent() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The words that somebody typed into the form of this request, and what else it held.

    Passwords aside: all of it can be copied, the words before the rest.
    """
    sent = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if value and not name.endswith("csrf_token") and "password" not in name
    ]
    rest = [(name, value) for name, value in sent if NO_WORDS.fullmatch(value)]
    return [pair for pair in sent if pair not in rest], rest


def http(failure: HTTPException) -> ResponseReturnValue:
    """The page for a status, with the headers that the status owes."""
    if failure.code is None or failure.code < 400:
        return failure.get_response()
    code = failure.code if failure.code in PAGES else 400
    body = render_template(f"errors/{code}.html", description=failure.description)
    response = make_response(body, failure.code)
    for name, value in failure.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            response.headers[name] = value
    return response


def unreadable(_failure: UnicodeDecodeError) -> ResponseReturnValue:
    """An address with bytes that are no text; nobody types that."""
    return render_template("errors/400.html", description=None), 400


def stale_form(_failure: CSRFError) -> ResponseReturnValue:
    return render_template("errors/csrf.html"), 400


def edited_twice(_failure: Exception) -> ResponseReturnValue:
    return render_template("errors/409.html", sentence=None), 409


def busy(_failure: Exception) -> ResponseReturnValue:
    return _prerendered("503.html", 503, {"Retry-After": "2"})


def broken(failure: InternalServerError) -> ResponseReturnValue:
    """Whatever nobody expected; a busy database and a lost race come here from the commit."""
    cause = failure.original_exception
    if isinstance(cause, Busy | OperationalError):
        return busy(cause)
    if isinstance(cause, StaleDataError):
        return edited_twice(cause)
    log.error("unhandled", exc_info=cause)
    return _prerendered("500.html", 500, {})


def _prerendered(name: str, status: int, headers: dict[str, str]) -> Response:
    """A page that needs neither templates nor a database."""
    path = Path(current_app.static_folder or "") / "errors" / name
    response = make_response(path.read_text(encoding="utf-8"), status)
    response.headers.update(headers)
    return response
