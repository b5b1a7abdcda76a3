"""A run that a person watches: how far it is, and the button that stops it."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_login import current_user

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.jobs import queries, service
from cfp.jobs.models import JobRun

pages = Blueprint("jobs", __name__)


@pages.get("/<conference>/team/jobs/<code>/")
@allow(Role.ORGANISER, Role.CHAIR)
def run(code):
    """A run; as a fragment when htmx asks for it."""
    template = "jobs/_run.html" if "HX-Request" in request.headers else "jobs/run.html"
    return render_template(template, run=_get(code))


@pages.post("/<conference>/team/jobs/<code>/cancel")
@allow(Role.ORGANISER, Role.CHAIR)
def cancel(code):
    service.cancel(_get(code), clock.now())
    return redirect(url_for("jobs.run", code=code))


def _get(code: str) -> JobRun:
    found = db.session.scalar(queries.by_code(g.conference.id, code))
    if found is None or not current_user.is_authenticated:
        abort(404)
    return found
