"""The edition that a request is about, and what the visitor is in it."""

from typing import Any

from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from cfp.access import Role, allowed
from cfp.conference import queries
from cfp.conference.models import Conference, Membership, Publicity
from cfp.db import db
from cfp.people.second_factor import factor_of

URL_NAME = "conference"


def current_conference() -> Conference:
    """The edition named in the address; only for views that have one."""
    conference: Conference = g.conference
    return conference


def memberships() -> list[Membership]:
    """The visitor's roles in all editions; asked once a request."""
    if "memberships" not in g:
        g.memberships = (
            list(db.session.scalars(queries.memberships_of(current_user)))
            if current_user.is_authenticated
            else []
        )
    found: list[Membership] = g.memberships
    return found


def roles_here() -> frozenset[Role]:
    """What the visitor is: signed in or not, and their roles in this edition alone."""
    if not current_user.is_authenticated:
        return frozenset()
    roles = {Role.SIGNED_IN}
    if current_user.is_admin:
        roles.add(Role.ADMIN)
    conference = g.get("conference")
    if conference is not None:
        roles |= {m.role for m in memberships() if m.conference_id == conference.id}
    return frozenset(roles)


def lacks_factor() -> bool:
    """Whether the visitor organises here, where organisers need a second factor, without one."""
    conference = g.get("conference")
    if conference is None or not conference.organisers_need_factor:
        return False
    return Role.ORGANISER in roles_here() and factor_of(current_user) is None


def ask_for_factor() -> ResponseReturnValue | None:
    """The pages of the team open once there is a second factor, where that is asked for."""
    if request.endpoint is None or not lacks_factor():
        return None
    if allowed(current_app, request.endpoint) & {Role.ANYONE, Role.SIGNED_IN}:
        return None
    if request.method != "GET":
        return abort(403)
    flash(_("Organisers of this conference need a second factor. Here you set it up."))
    return redirect(url_for("people.factor"), 303)


def init_app(app: Flask) -> None:
    """Take the edition's slug out of every address, and put it into every address built."""

    @app.url_value_preprocessor
    def pull(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.slug = values.pop(URL_NAME, None) if values else None

    @app.url_defaults
    def push(endpoint: str, values: dict[str, Any]) -> None:
        if (
            URL_NAME not in values
            and g.get("slug")
            and app.url_map.is_endpoint_expecting(endpoint, URL_NAME)
        ):
            values[URL_NAME] = g.slug

    @app.before_request
    def load() -> None:
        g.conference = None
        if "\0" in request.path:
            abort(404)  # PostgreSQL cannot even be asked for such a name
        if g.get("slug") is None or request.endpoint is None:
            return
        conference = db.session.scalar(queries.by_slug(g.slug))
        if conference is None:
            abort(404)
        g.conference = conference
        # A draft edition does not exist for those who are not in its team.
        if conference.publicity is Publicity.DRAFT and not (roles_here() - {Role.SIGNED_IN}):
            abort(404)

    app.before_request(ask_for_factor)
