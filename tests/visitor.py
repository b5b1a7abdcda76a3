"""A browser without a screen: every page it opens is checked for what every page owes."""

from __future__ import annotations

import contextvars
import re
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.test import TestResponse

from cfp import clock
from cfp.db import db, transaction
from cfp.people import service
from cfp.people.models import Person

RAW_TOKEN = "0123456789abcdef"


class Browser(FlaskClient):
    """Sends each request in a context of its own: it shares nothing with the test around it."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        with transaction():
            pass  # what the test has made so far
        return contextvars.Context().run(super().open, *args, **options)


class Visitor:
    """Opens pages as a person, or as a stranger; keeps what the test wrote before it does."""

    def __init__(self, app: Flask, person: Any = None) -> None:
        self.app = app
        self.browser = Browser(app, app.response_class, use_cookies=True)
        self.statements: list[str] = []
        if person is not None:
            self._sign_in(person)

    def _sign_in(self, person: Person) -> None:
        with transaction():
            token = service.open_session(person, "tests", clock.now())
        with self.browser.session_transaction() as session:
            session["_user_id"] = str(person.id)
            session["_fresh"] = True
            session["sign_in"] = token

    def get(self, url: str, status: int = 200, **options: Any) -> TestResponse:
        """Open a page; an HTML page has one ``<h1>`` and a ``<title>``."""
        return self._open("GET", url, status, **options)

    def post(
        self, url: str, data: dict[str, Any] | None = None, status: int = 302, **options: Any
    ) -> TestResponse:
        """Send a form with its token; a success redirects."""
        return self._open(
            "POST", url, status, data={"csrf_token": self.token(), **(data or {})}, **options
        )

    def token(self) -> str:
        """A token that fits this browser's session."""
        with self.browser.session_transaction() as session:
            session["csrf_token"] = RAW_TOKEN
        secret = self.app.config["SECRET_KEY"]
        return URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(RAW_TOKEN)

    def _open(self, method: str, url: str, status: int, **options: Any) -> TestResponse:
        with transaction():
            pass  # before counting: what the test has made is not the page's
        self.statements = []

        def count(_c: Any, _cu: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                self.statements.append(statement)

        engine = db.engine
        event.listen(engine, "before_cursor_execute", count)
        try:
            response = self.browser.open(url, method=method, **options)
        finally:
            event.remove(engine, "before_cursor_execute", count)
        db.session.expire_all()
        found = response.status_code
        assert found == status or (status == 302 and found == 303), f"{found} for {method} {url}"
        if response.mimetype == "text/html" and found < 300 and "HX-Request" not in str(options):
            page = response.get_data(as_text=True)
            assert len(re.findall(r"<h1[\s>]", page)) == 1, f"{url} needs one <h1>"
            assert re.search(r"<title>\s*\S", page), f"{url} needs a <title>"
        return response


def rows(model: Any) -> int:
    """How many rows a table has."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
