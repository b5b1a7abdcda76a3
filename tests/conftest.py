"""Three speeds of tests: pure ones need nothing, ``db`` a database, ``client`` a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from cfp import db as database
from tests.databases import PLACE, empty, make_app, migrated_database
from tests.servers import meeting_place, postgres_server
from tests.visitor import Visitor

# A busy machine is no failure, and the same commit gets the same verdict twice. New cases are
# looked for with `scripts/test --hypothesis-profile search`.
hypothesis.settings.register_profile("callboard", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=500)
hypothesis.settings.load_profile("callboard")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # xdist has taken all cores already
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of a run, and the processes that tests start, leave things for others."""
    here = meeting_place(tmp_path_factory)
    os.environ[PLACE] = str(here)
    return here


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory, place: Path) -> Flask:
    folder = tmp_path_factory.mktemp("sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'test.db'}")
    shutil.copy(folder / "test.db", folder / "empty.db")
    return app


@pytest.fixture(scope="session")
def postgresql_house(tmp_path_factory: pytest.TempPathFactory, place: Path) -> Iterator[Flask]:
    with postgres_server(place) as server:
        app = make_app(tmp_path_factory.mktemp("postgresql"), migrated_database(server))
        yield app
        with app.app_context():
            database.db.engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no core waits for the last of them."""
    long = {item.path for item in items if {"slow", "browser"} & set(item.keywords)}
    items.sort(key=lambda item: item.path not in long)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What only asks the database runs on both engines; what asks for pages on one."""
    if "house" in metafunc.fixturenames:
        both = not {"client", "sqlite_house"} & set(metafunc.fixturenames)
        engines = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("house", engines, indirect=True)


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on one engine, inside its context, with an empty database afterwards."""
    app: Flask = request.getfixturevalue(f"{request.param}_house")
    with app.app_context():
        yield app
        database.db.session.remove()
        empty(app)


@pytest.fixture
def db(house: Flask) -> Iterator[None]:
    """An empty database. What a test writes is gone after it."""
    with house.test_request_context():
        yield


@pytest.fixture
def client(house: Flask) -> Callable[..., Visitor]:
    """``client(person)`` is that person's browser, ``client()`` a stranger's."""

    def visitor(person: object = None) -> Visitor:
        return Visitor(house, person)

    return visitor


@pytest.fixture
def now() -> datetime:
    return NOW
