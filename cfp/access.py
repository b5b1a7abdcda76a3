"""Who may enter a page: declared on the view, and refused where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])


class Role(Enum):
    """What a person is: to the installation (the first three) or in one edition."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    ADMIN = "admin"
    ORGANISER = "organiser"
    CHAIR = "chair"
    TRACK_CHAIR = "track_chair"
    REVIEWER = "reviewer"
    TREASURER = "treasurer"
    BOX_OFFICE = "box_office"
    CREW = "crew"


TEAM = frozenset(Role) - {Role.ANYONE, Role.SIGNED_IN, Role.ADMIN}


def allow(*roles: Role) -> Callable[[View], View]:
    """Label a view with the roles that may enter; having one of them is enough."""

    def label(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return label


def allowed(app: Flask, endpoint: str) -> frozenset[Role]:
    """The roles that may enter ``endpoint``; none when nobody declared any."""
    view = app.view_functions[endpoint]
    return getattr(view, "allowed", frozenset())


def init_app(app: Flask, roles_here: Callable[[], Iterable[Role]]) -> None:
    """Ask every request's view for its label; ``roles_here()`` tells what the visitor is here."""

    def check() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None  # no such page: 404 comes by itself
        declared = allowed(current_app, request.endpoint)
        if Role.ANYONE in declared:
            return None
        roles = frozenset(roles_here())
        if declared & roles:
            return None
        if not roles and request.method == "GET":
            return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303)
        return abort(403 if roles else 401)

    app.before_request(check)
