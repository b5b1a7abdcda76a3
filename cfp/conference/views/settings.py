"""The settings of an edition: what is missing, its basics, its deadlines."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference import queries
from cfp.conference.checklist import checklist
from cfp.conference.current import current_conference, roles_here
from cfp.conference.forms import BasicsForm, plan_form
from cfp.conference.models import Publicity
from cfp.conference.service import editions as service
from cfp.conference.views import pages
from cfp.db import db
from cfp.people.session import me


def frame() -> dict[str, object]:
    """What stands around every page of the settings: what is missing, and whether one may write."""
    conference = current_conference()
    items = checklist(
        conference,
        is_public=conference.publicity is Publicity.PUBLIC,
        reviewers=db.session.scalar(queries.how_many_with(conference, Role.REVIEWER)) or 0,
    )
    return {"items": items, "may_write": Role.ORGANISER in roles_here()}


@pages.get("/<conference>/team/settings/")
@allow(Role.ORGANISER, Role.CHAIR)
def settings():
    """See the settings of the edition."""
    return _basics(BasicsForm(obj=current_conference()))


@pages.post("/<conference>/team/settings/")
@allow(Role.ORGANISER)
def save_settings():
    """Change name, place, dates and publicity."""
    form, conference = BasicsForm(obj=current_conference()), current_conference()
    if form.validate():
        with form.refusals():
            service.describe(
                conference,
                form.basics(),
                by=me(),
                at=clock.now(),
            )
    if form.errors:
        return _basics(form), 422
    flash(_("The basics are saved."), "success")
    return redirect(url_for("conference.settings"))


@pages.get("/<conference>/team/settings/deadlines")
@allow(Role.ORGANISER, Role.CHAIR)
def plan():
    """See the call and its deadlines."""
    return _plan(plan_form(current_conference()))


@pages.post("/<conference>/team/settings/deadlines")
@allow(Role.ORGANISER)
def save_plan():
    """Change the call and its deadlines."""
    conference = current_conference()
    form = plan_form(conference)
    if form.validate():
        with form.refusals():
            service.plan(
                conference,
                form.plan(conference.timezone),
                by=me(),
                at=clock.now(),
            )
    if form.errors:
        return _plan(form), 422
    flash(_("The call and its deadlines are saved."), "success")
    return redirect(url_for("conference.plan"))


def _basics(form) -> str:
    return render_template("conference/basics.html", form=form, **frame())


def _plan(form) -> str:
    return render_template("conference/plan.html", form=form, **frame())
