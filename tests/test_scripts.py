"""The scripts that people type, the locks they install from, and the servers the tests run on."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import psutil
import pytest
import redis
import sqlalchemy as sa

from tests import servers
from tests.e2e.installation import demo_in

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [ROOT / "scripts" / name for name in ("run", "test", "bench", "lock")]
MODULES = sorted((ROOT / "scripts").glob("*.py"))
WEB_AND_WORKER = 4  # gunicorn, its two workers, and ours
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def output_of(*command: str | Path) -> str:
    """What a command prints, all of it; the test fails with it if the command does."""
    ended = subprocess.run(
        command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


# The style of the code


def test_ruff_has_nothing_to_say() -> None:
    output_of(sys.executable, "-m", "ruff", "check")


def test_the_code_is_formatted() -> None:
    output_of(sys.executable, "-m", "ruff", "format", "--check")


@pytest.mark.slow
def test_types_agree() -> None:
    output_of(sys.executable, "-m", "mypy")


# The scripts


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_script_explains_itself_with_nothing_installed(script: str) -> None:
    plain_python = [sys.executable, "-E", "-S"]
    assert f"usage: scripts/{script}" in output_of(*plain_python, f"scripts/{script}", "--help")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_typed(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/usr/bin/env python3\n")


@pytest.mark.parametrize("path", [*SCRIPTS, *MODULES], ids=lambda path: path.name)
def test_an_old_python_reads_far_enough_to_refuse(path: Path) -> None:
    ast.parse(path.read_text(), feature_version=(3, 7))


def test_bench_lists_what_can_be_measured() -> None:
    names = [path.stem for path in (ROOT / "scripts" / "benchmarks").glob("[a-z]*.py")]
    listed = output_of("scripts/bench")
    assert all(f"  {name}\n" in listed for name in names)


def test_the_integration_runs_what_the_readme_says() -> None:
    assert "exec scripts/test\n" in (ROOT / ".ci" / "run").read_text()


@dataclass
class Running:
    """A ``scripts/run`` that has said where it is, and all that it started."""

    process: subprocess.Popen[str]
    address: str

    def __post_init__(self) -> None:
        self.children = psutil.Process(self.process.pid).children(recursive=True)

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        self.process.communicate(timeout=30)
        return self.process.returncode

    def left_over(self) -> list[psutil.Process]:
        """Who still runs. A grandchild that has ended and that nobody has asked about does not."""
        _ended, others = psutil.wait_procs(self.children, timeout=3)
        with suppress(psutil.NoSuchProcess):
            return [child for child in others if child.status() != psutil.STATUS_ZOMBIE]
        return []


@pytest.fixture
def running(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Running]:
    """In an empty folder if the test says so, else where the demo conference is already."""
    if not (ROOT / ".venv" / "installed-lock").exists():
        pytest.skip("this environment was not made by the scripts")
    if getattr(request, "param", "") != "empty":
        demo = demo_in(servers.meeting_place(tmp_path_factory))
        shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    command = [sys.executable, ROOT / "scripts" / "run", "--port", "0"]
    settings = {"CALLBOARD_INSTANCE": str(tmp_path), "CALLBOARD_ENV": "development"}
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = next(line for line in process.stdout if line.startswith("Callboard is at "))
        yield Running(process, line.split()[3])
        process.terminate()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("running", "number"),
    [("empty", signal.SIGTERM), ("filled", signal.SIGINT)],
    indirect=["running"],
)
def test_run_answers_until_it_is_told_to_end(running: Running, number: signal.Signals) -> None:
    with urllib.request.urlopen(f"{running.address}healthz") as answer:  # noqa: S310
        assert answer.status == HTTPStatus.OK
    assert len(running.children) >= WEB_AND_WORKER
    running.process.send_signal(number)
    assert running.ended() == 0
    assert running.left_over() == []


@pytest.mark.slow
def test_run_ends_when_the_worker_dies(running: Running) -> None:
    worker = next(child for child in running.children if "jobs" in child.cmdline())
    worker.kill()
    assert running.ended() == 1
    assert running.left_over() == []


# The locks


def requirements_of(lock: Path) -> list[str]:
    """Each entry with its hashes, comments left out."""
    lines = [line for line in lock.read_text().splitlines() if not line.strip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_requirement_is_pinned_with_hashes(lock: Path) -> None:
    entries = requirements_of(lock)
    pinned = re.compile(r"[a-z0-9.-]+(\[[a-z]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}")
    assert entries
    assert [entry for entry in entries if not pinned.match(entry)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_says_what_and_never_where(lock: Path) -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|(?<!\w)/\w+", lock.read_text()) == []


def test_tests_run_on_the_versions_that_run() -> None:
    runtime, test = (
        requirements_of(ROOT / "requirements" / f"{n}.txt") for n in ("runtime", "test")
    )
    assert set(runtime) <= set(test)


# The servers


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.PostgresServer]:
    with servers.postgres_server(servers.meeting_place(tmp_path_factory)) as server:
        yield server


def engine_of(url: str) -> sa.Engine:
    return sa.create_engine(url, poolclass=sa.NullPool)


@pytest.mark.postgres
def test_postgres_answers(postgres: servers.PostgresServer) -> None:
    with engine_of(servers.fresh_database(postgres)).connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


@pytest.mark.postgres
def test_two_databases_know_nothing_of_each_other(postgres: servers.PostgresServer) -> None:
    mine, yours = (engine_of(servers.fresh_database(postgres)) for _ in range(2))
    sa.Table("secret", sa.MetaData(), sa.Column("review", sa.Text)).create(mine)
    assert sa.inspect(mine).has_table("secret")
    assert not sa.inspect(yours).has_table("secret")


@pytest.mark.postgres
def test_who_meets_at_one_place_shares_a_server(tmp_path: Path) -> None:
    with servers.postgres_server(tmp_path) as first, servers.postgres_server(tmp_path) as second:
        assert first == second


@pytest.mark.postgres
@pytest.mark.slow
def test_the_last_to_leave_ends_the_server_even_if_killed(tmp_path: Path) -> None:
    leave_without_goodbye = (
        "import os, pathlib, signal\n"
        "from tests import servers\n"
        f"with servers.postgres_server(pathlib.Path({str(tmp_path)!r})) as server:\n"
        "    print(server.folder, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", leave_without_goodbye], cwd=ROOT, check=False, capture_output=True
    )
    folder = Path(os.fsdecode(killed.stdout.strip()))
    assert folder.name.startswith("callboard-pg-")
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()


@pytest.mark.redis
def test_redis_answers() -> None:
    with servers.redis_server() as url:
        if url is None:
            pytest.skip("redis-server is not installed")
        with redis.Redis.from_url(url) as client:
            assert client.ping()
