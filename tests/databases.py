"""Empty databases: migrated once in a test run, copied for whoever needs one, emptied again."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from cfp import create_app
from cfp import db as database
from cfp.config import read_settings
from tests.servers import PostgresServer, fresh_database

PLACE = "CALLBOARD_MEETING_PLACE"  # told to the processes that tests start
SQLITE = "sqlite:///"
# To truncate a table costs PostgreSQL ten times what it costs to delete the few rows of a test.
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"
FROM_ONE_AGAIN = (
    "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"
    " WHERE last_value IS NOT NULL"
)
# Rows come in an order only where a query asks for one; SQLite hides that it was forgotten, unless
# CALLBOARD_BACKWARDS is set. It costs twice the time.
BACKWARDS = "PRAGMA reverse_unordered_selects = ON"


def _owe_nobody_an_order(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(BACKWARDS)


if "CALLBOARD_BACKWARDS" in os.environ:
    event.listen(sa.Engine, "connect", _owe_nobody_an_order)


def make_app(folder: Path, database_url: str, **environ: str) -> Flask:
    """An application of its own, its database as new as the code."""
    app = _app(folder, database_url, **environ)
    file = Path(database_url.removeprefix(SQLITE))
    if database_url.startswith(SQLITE) and PLACE in os.environ:
        shutil.copy(made_once(Path(os.environ[PLACE]), "empty.db", _migrate), file)
        return app
    with app.app_context():
        if not sa.inspect(database.db.engine).has_table("alembic_version"):
            flask_migrate.upgrade()
    return app


def made_once(place: Path, name: str, make: Callable[[Path], object]) -> Path:
    """What ``make`` puts there, made by whoever comes first; whole or not at all."""
    made, unfinished = place / name, place / f"{name}.unfinished"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(unfinished)
            unfinished.rename(made)
    return made


def migrated_database(server: PostgresServer) -> str:
    """The URL of a new PostgreSQL database with all tables and no rows."""

    def make(note: Path) -> None:
        url = fresh_database(server)
        _upgrade(url)
        note.write_text(url.partition("@/")[2].partition("?")[0])

    known = made_once(server.folder, "empty-database", make)  # it goes when the server goes
    return fresh_database(server, like=known.read_text())


def _migrate(file: Path) -> None:
    _upgrade(f"{SQLITE}{file}")
    with closing(sqlite3.connect(file)) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _upgrade(url: str) -> None:
    with TemporaryDirectory() as folder:
        app = _app(Path(folder), url)
        with app.app_context():
            flask_migrate.upgrade()
            database.db.engine.dispose()


def _app(folder: Path, database_url: str, **environ: str) -> Flask:
    settings = {
        "CALLBOARD_ENV": "testing",
        "CALLBOARD_INSTANCE": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "tests",
        **environ,
    }
    return create_app(read_settings(settings))


def empty(app: Flask) -> None:
    """Take away what a test wrote."""
    engine = database.db.engine
    if engine.dialect.name == "sqlite":
        engine.dispose()
        folder = app.config["SETTINGS"].instance
        for leftover in folder.glob("test.db-*"):
            leftover.unlink()
        shutil.copy(folder / "empty.db", folder / "test.db")
        return
    rows = ";".join(str(table.delete()) for table in database.db.metadata.sorted_tables)
    with engine.begin() as connection:
        for statement in (WITHOUT_TRIGGERS, rows, FROM_ONE_AGAIN):
            connection.execute(sa.text(statement))
