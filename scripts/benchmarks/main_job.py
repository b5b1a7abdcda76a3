"""The whole main job on real conferences, each stage in a process of its own, as Markdown tables.

``scripts/bench main_job --data FOLDER`` goes from a file of proposals to a released schedule.
Every figure that has to hold is checked; a stage that ends otherwise ends the conference, and the
exit code says so.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import fresh_database, postgres_server

from .stages.job import SOURCES, Source
from .stages.order import STAGES
from .stages.process import measured

FLASK = [sys.executable, "-m", "flask"]
HEAD = """
| stage | wall s | CPU s | peak MB | what came of it |
|---|---:|---:|---:|---|"""


def main() -> int:
    """One table a conference; 1 if anything was missed."""
    asked = read_arguments()
    if not asked.data.is_dir():
        sys.exit(f"There is no folder {asked.data}; --data names the one with the real files.")
    wanted = [source for source in SOURCES if not asked.only or source.slug in asked.only]
    with tempfile.TemporaryDirectory(prefix="callboard-") as folder, database(asked) as url:
        environ = environment(Path(folder), url)
        print(f"On {'PostgreSQL' if url else 'SQLite'}, {asked.seconds} s for the solver.\n{HEAD}")
        both = [
            row(label, command, environ)
            for label, command in (
                ("(start alone)", [*FLASK, "routes"]),
                ("(database)", [*FLASK, "db", "upgrade"]),
            )
        ]
        done = [conference(source, asked, environ) for source in wanted if all(both)]
    return 0 if done and all(done) else 1


def read_arguments() -> argparse.Namespace:
    """Which conferences, from where, on which database."""
    parser = argparse.ArgumentParser(prog="scripts/bench main_job", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the real files")
    parser.add_argument("--database", default="", help="an empty database; SQLite if left out")
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL")
    parser.add_argument("--seconds", type=int, default=30, help="for the solver (%(default)s)")
    slugs = [source.slug for source in SOURCES]
    parser.add_argument("--only", nargs="+", choices=slugs, help="leave out the others")
    return parser.parse_args()


@contextmanager
def database(asked: argparse.Namespace) -> Iterator[str]:
    """The address of the database; none means SQLite."""
    if asked.postgres:
        with postgres_server() as server:
            yield fresh_database(server)
    else:
        yield asked.database


def environment(folder: Path, database: str) -> dict[str, str]:
    """An installation of its own, in production, whose mail goes to files."""
    named = {"DATABASE_URL": database} if database else {}
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "CALLBOARD_ENV": "production",
        "CALLBOARD_INSTANCE": str(folder),
        "SECRET_KEY": secrets.token_hex(32),
        "MAIL_URL": f"file://{folder / 'mail'}",
        "BASE_URL": "http://localhost",
        "FLASK_APP": "wsgi",
        **named,
    }


def conference(source: Source, asked: argparse.Namespace, environ: dict[str, str]) -> bool:
    """All stages of one conference, each as soon as the one before is done."""
    print(f"\n### {source.name}\n{HEAD}", flush=True)
    return all(_stages(source, asked, environ))


def _stages(source: Source, asked: argparse.Namespace, environ: dict[str, str]) -> Iterator[bool]:
    module = "scripts.benchmarks.stages.order"
    for stage in STAGES:
        given = [stage, source.slug, str(asked.data), str(asked.seconds)]
        yield row(stage, [sys.executable, "-m", module, *given], environ, facts=True)


def row(label: str, command: list[str], environ: dict[str, str], *, facts: bool = False) -> bool:
    """One line of the table; False if what it tells of went wrong."""
    ended = measured(command, environ)
    if ended.code:
        words = ended.complaints.strip() or ended.output.strip() or f"exit code {ended.code}"
        said = f"**missed**: {words.splitlines()[-1]}"
    else:
        found = json.loads(ended.output.splitlines()[-1]) if facts else {}
        said = ", ".join(f"{name} {value}" for name, value in found.items())
    cost = ended.cost
    print(f"| {label} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.0f} | {said} |", flush=True)
    return ended.code == 0


if __name__ == "__main__":
    sys.exit(main())
