"""The clock stands still in the middle of the call, and the house is filled once."""

from __future__ import annotations

import pytest
import time_machine

from cfp.db import db as database
from cfp.db import transaction
from tests.bad_input.crawl import crawl
from tests.bad_input.forms import Form
from tests.bad_input.house import House
from tests.bad_input.world import make_world
from tests.conftest import NOW
from tests.databases import empty, made_once
from tests.schedule.edition import Edition


@pytest.fixture(scope="session")
def filled(sqlite_house, place):
    """The world, made by whoever needs it first; what is broken becomes a page, as for people."""
    made: list[tuple[House, list[tuple[str, Form]]]] = []

    def make(unfinished):
        made.append(fill(sqlite_house))
        house, forms = made[0]
        house.keep(unfinished, forms)

    kept = made_once(place, "world", make)
    return made[0] if made else House.as_kept(sqlite_house, kept)


def fill(app):
    """The world and the forms that people find in it."""
    before = app.config["PROPAGATE_EXCEPTIONS"]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with time_machine.travel(NOW, tick=False), app.app_context():
        with app.test_request_context():
            with transaction():
                world = make_world()
            house = House.of(app, world)
            forms = crawl(house)
        database.session.remove()
        empty(app)
    app.config["PROPAGATE_EXCEPTIONS"] = before
    return house, forms


@pytest.fixture
def world(filled, house, monkeypatch):
    """The filled house for one test; it is emptied behind it."""
    monkeypatch.setitem(house.config, "PROPAGATE_EXCEPTIONS", False)  # noqa: FBT003  (no flag)
    with time_machine.travel(NOW, tick=False):
        filled[0].restore()
        yield filled[0]


@pytest.fixture
def forms(filled):
    """The forms that each person finds, by role."""
    return filled[1]


@pytest.fixture
def in_the_call():
    """The clock stands still while the call of ``make_conference`` is open."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition(house):
    return Edition(slug="here")


@pytest.fixture
def organiser(client, edition):
    return client(edition.organiser)
