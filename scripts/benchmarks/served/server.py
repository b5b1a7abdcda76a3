"""A web server as ``scripts/run`` starts it, and what its workers cost."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 2**20
HOST = "localhost"
# As in scripts/run, but for the number of workers.
WEB = [sys.executable, "-m", "gunicorn", "wsgi:app", "--threads", "4"]
WEB += ["--preload", "--no-control-socket", "--log-level", "warning"]


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Memory:
    """Of one worker in MB: all that it sees, and its fair share of what it has with others."""

    resident: float
    proportional: float


@dataclass(frozen=True)
class Start:
    """From the start of the program to the last byte of its first page, in seconds.

    ``waited`` of them it could have run, but others had the processor.
    """

    wall: float
    waited: float

    @property
    def alone(self) -> float:
        """What it would have taken with the machine to itself."""
        return self.wall - self.waited


class Server:
    """A running web server: ask it for pages, and what its workers have used."""

    def __init__(self, master: psutil.Process, address: tuple[str, int], begun: float) -> None:
        self.master = master
        self.begun = begun
        self.address = address
        self._line = http.client.HTTPConnection(*address, timeout=30)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One page, over the same connection as the one before."""
        self._line.request("GET", path, headers={"Host": HOST, **(headers or {})})
        response = self._line.getresponse()
        return Answer(response.status, dict(response.headers), response.read())

    def ask_for_a_link(self, email: str | None) -> None:
        """What somebody does who has no password: the form, its token, and a letter posted."""
        page = self.get("/sign-in/link")
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page.body)
        if token is None:
            raise RuntimeError("the form has no token")
        form = urlencode({"csrf_token": token[1].decode(), "email": email or ""})
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        kind = "application/x-www-form-urlencoded"
        headers = {"Host": HOST, "Cookie": cookie, "Content-Type": kind}
        self._line.request("POST", "/sign-in/link", form, headers)
        response = self._line.getresponse()
        response.read()
        if response.status != http.HTTPStatus.FOUND:
            raise RuntimeError(f"asking for a link was answered {response.status}")

    def close(self) -> None:
        self._line.close()

    @property
    def worker(self) -> psutil.Process:
        """One of those that answer."""
        return self.master.children()[0]

    def cpu(self) -> float:
        """Seconds on the CPU so far, of all workers together."""
        return sum(sum(child.cpu_times()[:2]) for child in self.master.children())

    def memory(self) -> Memory:
        found = self.worker.memory_full_info()
        return Memory(found.rss / MEGABYTE, found.pss / MEGABYTE)


def environment(folder: Path) -> dict[str, str]:
    """An installation of its own, in production."""
    return {
        **os.environ,
        "CALLBOARD_ENV": "production",
        "CALLBOARD_INSTANCE": str(folder),
        "SECRET_KEY": secrets.token_hex(32),
        "MAIL_URL": f"file://{folder / 'mail'}",
        "BASE_URL": f"http://{HOST}",
        "MALLOC_ARENA_MAX": "1",  # as scripts/run has it
        "MALLOC_MMAP_THRESHOLD_": "131072",
    }


@contextmanager
def serving(environ: Mapping[str, str], workers: int = 1) -> Iterator[Server]:
    """Start the web server; it listens at once, and answers as soon as it has loaded.

    The parent holds the socket, as in ``scripts/run``: nobody is turned away meanwhile.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # gunicorn says so too, but too late for a line that is open before it has loaded.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        number = listener.fileno()
        command = [*WEB, "--workers", str(workers), "--bind", f"fd://{number}"]
        begun = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, pass_fds=[number], stderr=subprocess.DEVNULL
        )
        server = Server(psutil.Process(process.pid), listener.getsockname(), begun)
        try:
            yield server
        finally:
            server.close()
            process.terminate()
            process.wait(20)


def first_answer(environ: Mapping[str, str], path: str) -> Start:
    """How long until a page is there, with two workers as ``scripts/run`` starts them."""
    with serving(environ, workers=2) as server:
        answer = server.get(path)
        wall = time.monotonic() - server.begun
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        # The master loads the application, and only then there is a worker to answer.
        waited = _waited(server.master) + min(map(_waited, server.master.children()))
        return Start(wall, waited)


def _waited(process: psutil.Process) -> float:
    """Seconds in the queue for a processor; 0 where the kernel does not tell."""
    told = Path(f"/proc/{process.pid}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0
