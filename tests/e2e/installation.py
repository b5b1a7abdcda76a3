"""A whole installation, as people meet it: the demo conference, a web server and a worker."""

from __future__ import annotations

import email
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from tests.databases import made_once

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a-night-at-the-theatre"
EDITION = "seitenbuehne"
FOREIGN = {"DATABASE_URL", "REDIS_URL", "MAIL_URL", "MAIL_FROM", "SECRET_KEY"}
Found = TypeVar("Found")


@dataclass
class Installation:
    """Where it is, and what it would send into the world."""

    folder: Path
    url: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Ours alone: whatever database or mail server the shell knows is left in peace."""
        return {
            **{name: value for name, value in os.environ.items() if name not in FOREIGN},
            "CALLBOARD_ENV": "development",
            "CALLBOARD_INSTANCE": str(self.folder),
            "BASE_URL": self.url,
            "FLASK_APP": "wsgi",
        }

    def start(self, name: str, *command: str, **options: Any) -> None:
        """Start a process that stays until :meth:`end`; what it says goes into a file."""
        with (self.folder / f"{name}.log").open("wb") as log:
            options |= {"cwd": ROOT, "env": self.environment, "stdout": log, "stderr": log}
            self.processes.append(subprocess.Popen([sys.executable, "-m", *command], **options))

    def flask(self, *command: str) -> str:
        """What ``flask ...`` prints; an error is shown with its words."""
        return self.run("flask", *command)

    def run(self, *command: str) -> str:
        """What a module of ours prints as a program."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def mails(self, address: str | None = None) -> list[EmailMessage]:
        """The delivered mails, newest first; those to one address, or all."""
        files = sorted((self.folder / "mail").glob("*.eml"), reverse=True)
        mails = [email.message_from_bytes(f.read_bytes(), policy=default) for f in files]
        whole = (mail for mail in mails if mail["Subject"])  # one may be half written
        return [mail for mail in whole if address in {None, mail["To"]}]  # type: ignore[misc]

    def read_mail(self, address: str, subject: str) -> str:
        """The text of the newest mail to an address; ``subject`` is a part of its subject."""

        def arrived() -> str | None:
            fitting = (mail for mail in self.mails(address) if subject in mail["Subject"])
            return next((mail.get_content() for mail in fitting), None)

        return self.when_delivered(arrived)

    def when_delivered(self, look: Callable[[], Found | None]) -> Found:
        """What ``look`` finds in the mail folder; the worker's minute is not waited for."""
        found = look()
        for _ in range(10):
            if found is not None:
                return found
            self.flask("jobs", "sweep")
            found = look()
        raise AssertionError("the mail did not come")

    def complaints(self) -> list[str]:
        """What the web server and the worker logged as errors."""
        logs = [log.read_text(encoding="utf-8") for log in self.folder.glob("*.log")]
        return re.findall(r'^.*(?:"level": "error"|Traceback).*$', "\n".join(logs), re.MULTILINE)


def link_in(text: str, part: str = "/") -> str:
    """The first address in a text that has ``part`` in it."""
    return next(url for url in re.findall(r"https?://\S+", text) if part in url)


def demo_in(place: Path) -> Path:
    """The demo conference at rest, made once for all who meet at this place."""
    return made_once(place, "demo", _make_demo)


def _make_demo(folder: Path) -> None:
    first = Installation(folder, "http://127.0.0.1:9")
    first.folder.mkdir()
    first.flask("db", "upgrade")
    first.flask("conference", "demo")


@contextmanager
def running(folder: Path, place: Path) -> Iterator[Installation]:
    """A demo conference of one's own on a free port, with everything that belongs to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number, port = listener.fileno(), listener.getsockname()[1]
        here = Installation(folder, f"http://127.0.0.1:{port}")
        shutil.copytree(demo_in(place), folder, dirs_exist_ok=True)
        web = [
            "--workers",
            "1",
            "--threads",
            "4",
            "--no-control-socket",
            "--bind",
            f"fd://{number}",
        ]
        try:
            here.start("web", "gunicorn", "wsgi:app", *web, pass_fds=[number])
            here.start("worker", "flask", "jobs", "work")
            _wait_for(port)
            yield here
        finally:
            here.end()


def _wait_for(port: int) -> None:
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise TimeoutError("the web server does not answer")
