"""Whether this process lives, and whether it is ready for visitors."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from cfp import history
from cfp.access import Role, allow

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
        is_newest = history.is_newest()
    except SQLAlchemyError:
        return Response("the database does not answer, or is empty\n", mimetype="text/plain"), 503
    if not is_newest:
        return Response("the database waits for its migrations\n", mimetype="text/plain"), 503
    return Response("ready\n", mimetype="text/plain"), 200
