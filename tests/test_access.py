"""Who may enter which page: endpoint x role -> entry, as data; an undeclared page fails."""

from __future__ import annotations

import pytest

from cfp.access import TEAM, Role, allowed
from tests.make import make_conference, make_member
from tests.who_may_enter import EVERYBODY, WHO_MAY_ENTER


def test_every_endpoint_is_in_the_table(sqlite_house):
    endpoints = {rule.endpoint for rule in sqlite_house.url_map.iter_rules()}
    assert {e for e in endpoints if not e.startswith("styleguide.")} == set(WHO_MAY_ENTER)


def test_every_view_declares_what_the_table_says(sqlite_house):
    declared = {e: set(allowed(sqlite_house, e)) for e in WHO_MAY_ENTER}
    assert declared == WHO_MAY_ENTER


NEEDS = {
    "code": "NOBODY",
    "token": "x",
    "purpose": "sign_in",
    "version": "1.0",
    "filename": "x.css",
    "kind": "rooms",
    "question": "room",
    "asked": "NOBODY",
    "again_or_not": "again",
    "yes_or_no": "agree",
    "wish": "NOBODY",
    "invited": "NOBODY",
    "ask_or_stop": "stop",
    "file_code": "NOBODY",
    "verb": "adopt",
    "entry": "costs",
    "way": "up",
    "ticket_code": "NOBODY",
    "section": "products",
    "form": "pdf",
    "kitchen_table": "forecast",
    "sold_table": "waiting",
    "cash_day": "2026-01-15",
    "refund_file": "NOBODY",
    "money_table": "cash",
    "sponsor_table": "people",
    "pressed": "sign",
    "ending": "csv",
}


def addresses(app):
    """Every address of the house with made-up parts, and the method that opens it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("styleguide."):
            continue
        values = {name: NEEDS.get(name, 1) for name in rule.arguments} | {"conference": "here"}
        with app.test_request_context():
            url = app.url_map.bind("localhost").build(
                rule.endpoint, {k: v for k, v in values.items() if k in rule.arguments}
            )
        yield rule.endpoint, url, "GET" if "GET" in rule.methods else "POST"


def opened(visitor, url, method):
    data = {"csrf_token": visitor.token()} if method == "POST" else None
    return visitor.browser.open(url, method=method, data=data).status_code


def test_a_stranger_is_sent_to_sign_in_or_refused(client, house):
    make_conference(slug="here")
    visitor = client()
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if WHO_MAY_ENTER[endpoint] == EVERYBODY:
            continue
        expected = 303 if method == "GET" else 401
        assert opened(client(), url, method) == expected, endpoint


@pytest.mark.parametrize("role", sorted(TEAM, key=str))
def test_a_role_enters_what_is_declared_for_it_and_nothing_else(client, house, role):
    conference = make_conference(slug="here")
    person = make_member(conference, role)
    visitor = client(person)
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if endpoint in {"people.sign_out", "people.revoke"}:
            continue
        status = opened(visitor, url, method)
        may = WHO_MAY_ENTER[endpoint] & {Role.ANYONE, Role.SIGNED_IN, role}
        assert (status != 403) == bool(may), f"{endpoint} answers {status}"
        assert status < 500, f"{endpoint} answers {status}"


@pytest.mark.parametrize("role", sorted(TEAM, key=str))
def test_a_role_in_one_edition_is_nobody_in_another(client, house, role):
    make_conference(slug="here")
    person = make_member(make_conference(slug="there"), role)
    visitor = client(person)
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if not WHO_MAY_ENTER[endpoint] & {Role.ANYONE, Role.SIGNED_IN} and "/here/" in url:
            assert opened(visitor, url, method) == 403, endpoint
