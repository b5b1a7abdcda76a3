"""A new edition in the browser: who may, which addresses are free, what bad input gets."""

import pytest

from cfp.access import Role
from cfp.conference.models import Conference, Publicity
from cfp.conference.views.editions import reserved_words
from tests.make import (
    make_conference,
    make_member,
    make_person,
)
from tests.visitor import rows

NEW = {
    "name": "FOSS Backstage 2028",
    "slug": "foss-2028",
    "starts_on": "2028-03-13",
    "ends_on": "2028-03-14",
    "timezone": "Europe/Berlin",
    "accent": "150",
}


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


def test_an_administrator_creates_an_edition_and_lands_on_what_it_needs(client):
    admin = client(make_person(is_admin=True))
    admin.get("/new")
    assert admin.post("/new", NEW).location == "/foss-2028/team/settings/"
    assert "0 of 10" in admin.get("/foss-2028/team/settings/").text
    assert "FOSS Backstage 2028" in admin.get("/").text


def test_nobody_else_creates_one(client):
    client(make_person()).get("/new", status=403)
    client(make_person()).post("/new", NEW, status=403)
    client().get("/new", status=303)
    assert rows(Conference) == 0


def test_no_edition_takes_the_place_of_a_page(client):
    admin = client(make_person(is_admin=True))
    words = reserved_words()
    assert {"account", "sign-in", "static", "healthz", "link", "new"} <= words
    for word in sorted(words):
        page = admin.post("/new", NEW | {"slug": word}, status=422)
        assert "address is taken" in page.text or "hyphens" in page.text, word
    assert rows(Conference) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"slug": "x" * 41},
        {"slug": "no spaces"},
        {"starts_on": "yesterday"},
        {"ends_on": "2028-03-12"},
        {"ends_on": "12028-03-12"},
        {"timezone": "Mars/Base"},
        {"accent": "7"},
        {"source": "99"},
        {"publicity": "everybody"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_created(client, wrong):
    page = client(make_person(is_admin=True)).post("/new", NEW | wrong, status=422)
    assert "Please check what you entered" in page.text
    assert rows(Conference) == 0


def test_a_draft_is_seen_by_its_team_alone(client, edition):
    edition.publicity = Publicity.DRAFT
    member = make_member(edition, Role.REVIEWER)
    assert edition.name in client(member).get("/").text
    for stranger in (client(), client(make_person())):
        assert edition.name not in stranger.get("/").text
        stranger.get("/here/call/", status=404)
