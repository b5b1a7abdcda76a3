"""The record of an edition: everything that happened in it, for its organisers alone."""

import ast

import pytest

from cfp.access import Role
from cfp.conference.deeds import DEEDS
from cfp.config import ROOT
from cfp.people.service import log
from tests.conftest import NOW
from tests.make import make_conference, make_member, make_person


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


def test_it_says_who_did_what_from_what_to_what_and_nothing_of_other_editions(client, edition):
    olga, ada = make_member(edition, Role.ORGANISER, make_person("Olga")), make_person("Ada")
    log("changed", edition, by=olga, at=NOW, conference_id=edition.id, changed={"name": ["A", "B"]})
    log("submitted", edition, by=ada, at=NOW, conference_id=edition.id, state="submitted")
    other = make_conference(slug="there")
    log("paid", other, by=ada, at=NOW, conference_id=other.id)
    organiser = client(olga)
    page = organiser.get("/here/team/settings/log").text
    assert "A → B" in page
    assert page.count("<tr>") == 3  # with the heads
    assert "paid" not in page
    assert organiser.get("/here/team/settings/log?who=Ada").text.count("<tr>") == 2
    assert organiser.get("/here/team/settings/log?deed=changed").text.count("<tr>") == 2
    assert "Nothing like that" in organiser.get("/here/team/settings/log?who=%25").text


def test_a_deed_that_has_no_words_yet_is_shown_as_it_was_logged(client, edition):
    olga = make_member(edition, Role.ORGANISER)
    log("juggled", edition, by=olga, at=NOW, conference_id=edition.id, balls=5)
    assert "juggled" not in DEEDS
    assert "juggled" in client(olga).get("/here/team/settings/log").text


def test_every_deed_that_is_kept_has_words_in_the_log():
    kept = set()
    for path in (ROOT / "cfp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "log" and isinstance(node.args[0].value, str):
                    kept.add(node.args[0].value)
    assert len(kept) > 100
    assert kept - set(DEEDS) == set()
