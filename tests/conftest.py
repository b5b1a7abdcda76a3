"""Three speeds of tests: pure ones need nothing, ``db`` a database, ``client`` a browser."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask

from cfp import create_app
from cfp import db as database
from cfp.config import read_settings
from tests.servers import fresh_database, meeting_place, postgres_server
from tests.visitor import Visitor

# A busy machine is no failure, and the same commit gets the same verdict twice. New cases are
# looked for with `scripts/test --hypothesis-profile search`.
hypothesis.settings.register_profile("callboard", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=500)
hypothesis.settings.load_profile("callboard")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # xdist has taken all cores already
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def make_app(folder: Path, database_url: str, **environ: str) -> Flask:
    """An application of its own, its database as new as the code."""
    settings = read_settings(
        {
            "CALLBOARD_ENV": "testing",
            "CALLBOARD_INSTANCE": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": "tests",
            **environ,
        }
    )
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
    return app


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'test.db'}")
    with app.app_context():
        database.db.engine.dispose()
    with sqlite3.connect(folder / "test.db") as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(folder / "test.db", folder / "empty.db")
    return app


@pytest.fixture(scope="session")
def postgresql_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with postgres_server(meeting_place(tmp_path_factory)) as server:
        app = make_app(tmp_path_factory.mktemp("postgresql"), fresh_database(server))
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
        _empty(app)


def _empty(app: Flask) -> None:
    engine = database.db.engine
    if engine.dialect.name == "sqlite":
        engine.dispose()
        folder = app.config["SETTINGS"].instance
        for leftover in folder.glob("test.db-*"):
            leftover.unlink()
        shutil.copy(folder / "empty.db", folder / "test.db")
        return
    tables = ", ".join(f'"{table.name}"' for table in database.db.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


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
