"""The history of the database, told by Alembic only when somebody asks: the web never does."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask

from cfp.config import ROOT
from cfp.db import db

MIGRATIONS = ROOT / "migrations"
REVISION = re.compile(r"^(down_)?revision(?:: [^=]+)? = ['\"](\w+)['\"]", re.MULTILINE)


class History:
    """Stands where Flask-Migrate keeps its settings, and becomes them at the first question.

    Alembic brings Mako and Pygments along: 10 MB in every web worker, for the CLI alone.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app

    def begin(self) -> None:
        """Let Flask-Migrate take this place."""
        from flask_migrate import Migrate  # noqa: PLC0415

        Migrate(self._app, db, directory=str(MIGRATIONS), render_as_batch=True)

    def __getattr__(self, name: str) -> Any:
        self.begin()
        return getattr(self._app.extensions["migrate"], name)


def init_app(app: Flask) -> None:
    app.extensions["migrate"] = history = History(app)
    if click.get_current_context(silent=True):
        history.begin()  # ``flask`` itself asks: it wants to know ``flask db``


def is_newest() -> bool:
    """Whether the database is as new as the code."""
    version = sa.table("alembic_version", sa.column("version_num"))
    found = db.session.scalars(sa.select(version.c.version_num)).all()
    return list(found) == [newest()]


@cache
def newest() -> str:
    """The revision that no other one follows."""
    files = (MIGRATIONS / "versions").glob("*.py")
    said: list[tuple[str, str]] = [
        word for path in files for word in REVISION.findall(path.read_text(encoding="utf-8"))
    ]
    followed = {name for down, name in said if down}
    [head] = {name for down, name in said if not down} - followed
    return head
