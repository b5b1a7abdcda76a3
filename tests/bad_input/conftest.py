"""The clock stands still in the middle of the call, and the house is filled once."""

from __future__ import annotations

import fcntl

import pytest
import time_machine

from cfp.db import db as database
from cfp.db import transaction
from tests.bad_input.crawl import crawl
from tests.bad_input.house import House
from tests.bad_input.world import make_world
from tests.conftest import NOW, _empty
from tests.schedule.edition import Edition
from tests.servers import meeting_place


@pytest.fixture(scope="session")
def filled(sqlite_house, tmp_path_factory):
    """The world, made by whoever needs it first; what is broken becomes a page, as for people."""
    place = meeting_place(tmp_path_factory)
    with (place / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "world").exists():
            house, forms = fill(sqlite_house)
            house.keep(place / "world", forms)
            return house, forms
    return House.as_kept(sqlite_house, place / "world")


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
        _empty(app)
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
