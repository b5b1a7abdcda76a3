"""Accounts: sign up, sign in, links that work once, sessions that can be revoked."""

import html
import re

from cfp.db import db
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.people.passwords import hash_password
from tests.make import make_conference, make_person
from tests.visitor import rows

PASSWORD = "a long enough secret"


def sign_up(visitor, email="mila@example.org"):
    visitor.post("/sign-up", {"name": "Mila", "email": email, "password": PASSWORD})
    message = db.session.query(Message).order_by(Message.id.desc()).first()
    return re.search(r"/link/\S+", message.body)[0]


def test_a_stranger_signs_up_confirms_and_is_signed_in(client):
    visitor = client()
    link = sign_up(visitor)
    assert "Confirm your address" in visitor.get(link).text
    visitor.post(link)
    assert "Mila" in visitor.get("/account").text


def test_opening_a_link_does_not_use_it_up_but_pressing_does(client):
    visitor = client()
    link = sign_up(visitor)
    visitor.get(link)
    visitor.get(link)
    visitor.post(link)
    client().post(link, status=409)


def test_an_unconfirmed_address_cannot_sign_in(client):
    visitor = client()
    sign_up(visitor)
    page = visitor.post("/sign-in", {"email": "mila@example.org", "password": PASSWORD}, status=422)
    assert "follow the link" in page.text


def test_a_known_address_gets_the_same_answer_as_a_new_one(client):
    make_person(email="here@example.org")
    visitor = client()
    first = visitor.post(
        "/sign-up", {"name": "X", "email": "here@example.org", "password": PASSWORD}
    )
    second = visitor.post(
        "/sign-up", {"name": "X", "email": "new@example.org", "password": PASSWORD}
    )
    assert first.location == second.location
    assert rows(Person) == 2


def test_wrong_passwords_are_counted_although_the_page_refuses_them(client):
    make_person(email="mila@example.org")
    visitor = client()
    data = {"email": "mila@example.org", "password": "wrong"}
    for _ in range(10):
        assert "do not fit" in visitor.post("/sign-in", data, status=422).text
    assert "too often" in visitor.post("/sign-in", data, status=422).text


def test_sign_in_never_leads_to_another_site(client):
    visitor = client()
    link = sign_up(visitor)
    for target in ("https://evil.example", "//evil.example", "/\\evil.example"):
        page = visitor.get(f"/sign-in?next={target}")
        assert "evil" not in page.text.partition("<footer")[0]  # there a link leads back to here
    visitor.post(link)


def way_in(page):
    """Where the header of a page leads those who want to sign in."""
    return html.unescape(re.search(r'href="([^"]*/sign-in[^"]*)"', page.text)[1])


def test_signing_in_from_the_header_leads_back_to_the_page_where_one_was(client):
    conference = make_conference()
    make_person(email="mila@example.org", password_hash=hash_password(PASSWORD))
    visitor = client()
    place = f"/{conference.slug}/schedule/?q=trains+%26+snow"
    door = way_in(visitor.get(place))
    assert way_in(visitor.get(door)) == door  # also from the door itself
    wrong = visitor.post(door, {"email": "mila@example.org", "password": "wrong"}, status=422)
    assert way_in(wrong) == door
    inside = visitor.post(door, {"email": "mila@example.org", "password": PASSWORD})
    assert inside.location == place


def test_the_way_in_of_a_page_that_cannot_be_opened_again_leads_to_no_such_page(client):
    refused = client().post("/account/sign-ins/1/revoke", status=401)
    assert way_in(refused) == "/sign-in"


def test_a_revoked_session_is_over(client):
    person = make_person()
    here, there = client(person), client(person)
    there.get("/account")
    page = here.get("/account").text
    here.post(re.search(r"/account/sign-ins/\d+/revoke", page)[0])
    there.get("/account", status=303)


def test_a_page_that_needs_somebody_asks_a_stranger_to_sign_in(client):
    assert client().get("/account", status=303).location == "/sign-in?next=/account"


def test_a_form_without_its_token_says_so_and_keeps_nothing(client):
    visitor = client()
    visitor.browser.post("/sign-up", data={"name": "X"})
    assert rows(Person) == 0


def test_a_password_set_by_a_stranger_dies_when_the_owner_arrives_by_another_link(client):
    stranger, owner = client(), client()
    sign_up(stranger)
    link = sign_up(owner)  # known by now, so this one is a link to sign in
    assert "/link/sign_in/" in link
    owner.post(link)
    data = {"email": "mila@example.org", "password": PASSWORD}
    stranger.post("/sign-in", data, status=422)
