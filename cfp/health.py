"""Whether this process lives, and whether it is ready for visitors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app
from sqlalchemy.exc import SQLAlchemyError

from cfp.access import Role, allow
from cfp.db import db

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@allow(Role.ANYONE)
def healthz() -> Response:
    """This process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@allow(Role.ANYONE)
def readyz() -> tuple[Response, int]:
    """The database answers and is as new as the code."""
    try:
        db.session.execute(sa.text("SELECT 1"))
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        return Response("the database does not answer\n", mimetype="text/plain"), 503
    if found != _newest():
        return Response("the database waits for its migrations\n", mimetype="text/plain"), 503
    return Response("ready\n", mimetype="text/plain"), 200


def _newest() -> str | None:
    if "callboard.newest" not in current_app.extensions:
        directory = current_app.extensions["migrate"].directory
        current_app.extensions["callboard.newest"] = ScriptDirectory(directory).get_current_head()
    newest: str | None = current_app.extensions["callboard.newest"]
    return newest
