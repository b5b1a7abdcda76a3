"""What the web costs on a filled installation, as Markdown tables: ``scripts/bench web``.

Start to first answer, CPU and SQL of the main pages, memory after a thousand requests, and the
bytes of the public schedule. Everything runs on this machine, in an installation of its own.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import logging
import sys
import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from .served.pages import PAGES, Installation, Page, install
from .served.server import (
    Memory,
    Server,
    environment,
    first_answer,
    serving,
)
from .served.weight import weights

WARM = 20
STARTS = 3
MIXED = 1000


def main() -> None:
    """Fill, then measure from the cheapest to the longest."""
    parser = argparse.ArgumentParser(prog="scripts/bench web", description=__doc__)
    parser.add_argument("--requests", type=int, default=300, help="for each page (%(default)s)")
    requests = parser.parse_args().requests
    with tempfile.TemporaryDirectory(prefix="callboard-") as folder:
        environ = environment(Path(folder))
        installation = install(environ)
        logging.disable(logging.INFO)
        start_table(environ, installation)
        with serving(environ) as server:
            page_table(server, installation, requests)
            bytes_line(server, installation)
        with serving(environ) as server:
            memory_line(server, installation)


def start_table(environ: Mapping[str, str], installation: Installation) -> None:
    """With two workers, as scripts/run starts them; the page is the public schedule."""
    path = installation.house.address("{here}/schedule/")
    found = [first_answer(environ, path) for _ in range(STARTS)]
    walls = ", ".join(f"{start.wall:.2f}" for start in found)
    waits = ", ".join(f"{start.waited:.2f}" for start in found)
    print(f"First answer after {walls} s; of these others had the processor for {waits} s.\n")


def page_table(server: Server, installation: Installation, requests: int) -> None:
    """CPU of one worker around that many requests, and the statements of one of them."""
    print("| page | CPU ms | SQL statements | kB | kB gzip |\n|---|---:|---:|---:|---:|")
    for page in PAGES:
        path, headers = installation.house.address(page.path), headers_of(page, installation)
        size = len(server.get(path, headers).body)
        packed = len(gzip.compress(server.get(path, headers).body))
        if page.again:
            headers["If-None-Match"] = server.get(path, headers).headers["ETag"]
            size = packed = 0
        expected = HTTPStatus.NOT_MODIFIED if page.again else HTTPStatus.OK
        ask(server, path, headers, WARM, expected)
        before = server.cpu()
        ask(server, path, headers, requests, expected)
        cpu = (server.cpu() - before) / requests * 1000
        statements = statements_of(page, installation)
        print(
            f"| {page.name} | {cpu:.1f} | {statements} | {size / 1000:.1f} | {packed / 1000:.1f} |",
            flush=True,
        )


def headers_of(page: Page, installation: Installation) -> dict[str, str]:
    cookie = installation.cookies[page.who]
    return {"Cookie": cookie} if cookie else {}


def ask(
    server: Server, path: str, headers: Mapping[str, str], times: int, expected: HTTPStatus
) -> None:
    for _ in range(times):
        answer = server.get(path, headers)
        if answer.status != expected:
            sys.exit(f"{path} answered {answer.status}")


def statements_of(page: Page, installation: Installation) -> int:
    """Of the second time that somebody opens the page."""
    path = installation.house.address(page.path)
    with installation.app.test_request_context():
        visitor = installation.visitor(page.who)
        tag = visitor.get(path).headers.get("ETag", "")
        if page.again:
            visitor.get(path, status=HTTPStatus.NOT_MODIFIED, headers={"If-None-Match": tag})
        else:
            visitor.get(path)
        return len(visitor.statements)


def bytes_line(server: Server, installation: Installation) -> None:
    """The public schedule with every style sheet and script that it needs."""

    def fetch(address: str) -> bytes:
        answer = server.get(address)
        if answer.status != HTTPStatus.OK:
            sys.exit(f"{address} answered {answer.status}")
        return answer.body

    kinds = weights(fetch, installation.house.address("{here}/schedule/"))
    parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in kinds.items())
    print(f"\nPublic schedule, gzip: {sum(kinds.values()) / 1000:.1f} kB ({parts}).\n", flush=True)


def memory_line(server: Server, installation: Installation) -> None:
    before = after_start(server, installation)
    memory = after_mixed(server, installation)
    print(
        f"A web worker: {before.resident:.0f} MB resident after its first page, "
        f"{memory.resident:.0f} MB ({memory.proportional:.0f} MB proportional) after {MIXED} more."
    )


def after_start(server: Server, installation: Installation) -> Memory:
    server.get(installation.house.address("{here}/"))
    return server.memory()


def after_mixed(server: Server, installation: Installation, times: int = MIXED) -> Memory:
    """All measured pages in turn, those of the public four times as often as the team's.

    Somebody asks for a link, too: a worker that has posted a mail knows the queue.
    """
    public = [page for page in PAGES if page.who == "stranger"]
    everybody = [*public * 3, *PAGES]
    for page in itertools.islice(itertools.cycle(everybody), times):
        path = installation.house.address(page.path)
        ask(server, path, headers_of(page, installation), 1, HTTPStatus.OK)
    server.ask_for_a_link(installation.house.organiser.email)
    return server.memory()


if __name__ == "__main__":
    main()
