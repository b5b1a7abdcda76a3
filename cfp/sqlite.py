"""SQLite as a server: write-ahead log, real transactions, and one queue for its writers."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

BUSY_SECONDS = 10.0
STEP_SECONDS = 0.002


class Busy(Exception):  # noqa: N818
    """The one writer that SQLite allows did not finish in time; the web answers 503."""


def prepare_sqlite(engine: sa.Engine, writing: Callable[[], bool]) -> None:
    """Make ``engine`` begin what writes with BEGIN IMMEDIATE, behind a lock of the database's own.

    SQLite's busy handler sleeps up to 100 ms between attempts, and a reader that turns writer
    fails at once. A file lock that writers take first turns both into a short queue.
    """
    path = engine.url.database
    lock_path = None if path in {None, "", ":memory:"} else f"{path}.lock"

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={int(BUSY_SECONDS * 1000)}",
            "cache_size=-8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if writing():
            if lock_path is not None:
                connection.info["write lock"] = _take(lock_path)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "checkin")
    def _checkin(_connection: Any, record: Any) -> None:
        # The pool takes a connection back only after its COMMIT or ROLLBACK.
        lock = record.info.pop("write lock", None)
        if lock is not None:
            os.close(lock)


def _take(path: str) -> int:
    """An exclusive lock on ``path`` as an open descriptor; closing it lets the next one in."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise Busy from None
            time.sleep(STEP_SECONDS)
        else:
            return descriptor
