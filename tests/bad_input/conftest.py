"""The clock stands still in the middle of the call, and the house is filled once."""

from __future__ import annotations

import pytest
import time_machine

from cfp.db import db as database
from cfp.db import transaction
from tests.bad_input.crawl import crawl
from tests.bad_input.house import House
from tests.bad_input.world import make_world
from tests.conftest import NOW, _empty
from tests.schedule.edition import Edition


@pytest.fixture(scope="session")
def filled(sqlite_house):
    """The world, made once; what is broken becomes a page, as it does for people."""
    before = sqlite_house.config["PROPAGATE_EXCEPTIONS"]
    sqlite_house.config["PROPAGATE_EXCEPTIONS"] = False
    with time_machine.travel(NOW, tick=False), sqlite_house.app_context():
        with sqlite_house.test_request_context():
            with transaction():
                world = make_world()
            house = House(sqlite_house, world)
            forms = crawl(house)
        database.session.remove()
        _empty(sqlite_house)
    sqlite_house.config["PROPAGATE_EXCEPTIONS"] = before
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
