"""When something does not work: a sentence, what to do next, and nothing half done."""

import pytest
from flask import flash, get_flashed_messages, redirect
from sqlalchemy.exc import OperationalError

from cfp.access import Role, allow
from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.sqlite import Busy
from tests.databases import make_app
from tests.make import make_person
from tests.visitor import Visitor, rows


@pytest.fixture(scope="module")
def odd_house(tmp_path_factory):
    """An application with views that fail in every way there is."""
    folder = tmp_path_factory.mktemp("odd")
    app = make_app(folder, f"sqlite:///{folder / 'odd.db'}")
    app.debug = app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def refuse():
        database.session.add(Person(name="Half done"))
        database.session.flush()
        flash("It worked!")
        raise Refused("The hall is full.")

    def broken():
        database.session.add(Person(name="Half done"))
        database.session.flush()
        raise RuntimeError("secret detail")

    def busy():
        raise Busy

    def away():
        raise OperationalError("select", {}, Exception("gone"))

    def undeclared():
        return "never"

    def fine():
        database.session.add(Person(name="Whole"))
        flash("It worked!")
        return redirect("/")

    def said():
        return ",".join(get_flashed_messages())

    for view in (refuse, broken, busy, away, fine, said):
        app.add_url_rule(
            f"/odd/{view.__name__}",
            f"odd.{view.__name__}",
            allow(Role.ANYONE)(view),
            methods=["GET", "POST"],
        )
    app.add_url_rule("/odd/undeclared", "odd.undeclared", undeclared)
    return app


@pytest.fixture
def visitor(odd_house):
    with odd_house.app_context():
        yield Visitor(odd_house)
        database.session.rollback()
        for model in (Person, Conference):
            database.session.query(model).delete()
        database.session.commit()


def test_a_refusal_is_a_sentence_and_nothing_is_kept(visitor):
    page = visitor.post("/odd/refuse", status=409)
    assert "The hall is full." in page.text
    assert rows(Person) == 0
    assert "It worked!" not in visitor.browser.get("/odd/said").text


def test_success_keeps_everything(visitor):
    visitor.post("/odd/fine")
    assert rows(Person) == 1
    assert "It worked!" in visitor.browser.get("/odd/said").text


def test_a_get_keeps_nothing(visitor):
    visitor.browser.get("/odd/fine")
    assert rows(Person) == 0


def test_a_broken_page_tells_no_details_and_keeps_nothing(visitor, capsys):
    page = visitor.post("/odd/broken", status=500)
    assert "secret detail" not in page.text
    assert "<h1" in page.text
    assert rows(Person) == 0


@pytest.mark.parametrize("path", ["busy", "away"])
def test_a_busy_database_asks_to_come_back(visitor, path):
    page = visitor.post(f"/odd/{path}", status=503)
    assert page.headers["Retry-After"]


def test_a_view_that_declares_nobody_lets_nobody_in(visitor):
    visitor.get("/odd/undeclared", status=303)
    person = make_person(is_admin=True)
    Visitor(visitor.app, person).get("/odd/undeclared", status=403)


def test_a_missing_token_shows_what_was_typed(visitor):
    data = {"name": "Mila", "email": "mila@example.org", "password": "never shown again"}
    data |= {"version": "17", "unheard": "812381a5-e204-4024-a4ca-ff59bf1d9f7f"}
    page = visitor.browser.post("/sign-up", data=data)
    assert page.status_code == 400
    typed, rest = page.text.split("What else the form held")
    assert "mila@example.org" in typed
    assert "17" not in typed.partition("to copy from")[2]
    assert "812381a5" in rest
    assert "never shown again" not in page.text


def test_unknown_pages_and_wrong_methods_are_told(visitor):
    assert visitor.browser.get("/no/such/page").status_code == 404
    answer = visitor.browser.post("/healthz", data={"csrf_token": visitor.token()})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_every_answer_carries_the_security_headers(visitor):
    headers = visitor.browser.get("/").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Request-ID"]


def test_health_and_readiness(visitor):
    assert visitor.browser.get("/healthz").text == "ok\n"
    assert visitor.browser.get("/readyz").text == "ready\n"
