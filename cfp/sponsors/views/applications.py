"""Whoever would like to sponsor asks on the public side; organisers answer."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp import db as database
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.people import service as people
from cfp.people.session import me
from cfp.sponsors import queries
from cfp.sponsors.forms import ApplicationForm, level_choices
from cfp.sponsors.models import Application
from cfp.sponsors.service import applications
from cfp.sponsors.views.blueprint import level_or_404, pages

MOST, WITHIN = 8, timedelta(hours=1)


@pages.route("/<conference>/sponsors/apply", methods=["GET", "POST"])
@allow(Role.ANYONE)
def apply():
    """Ask to become a sponsor of a level."""
    plan = db.session.scalar(queries.sponsoring(g.conference))
    levels = db.session.scalars(queries.levels(g.conference)).all()
    if plan is None or not plan.is_open or not levels:
        abort(404)
    form = ApplicationForm(data={"level": request.args.get("level", "")})
    form.level.choices = level_choices(levels)
    if form.validate_on_submit():
        with form.refusals():
            _guard()
            who = form.applicant(get_locale().language)
            level = level_or_404(form.level.data)
            applications.apply(g.conference, level, who, at=clock.now())
        if not form.errors:
            flash(_("Thank you. You hear from us by mail."), "success")
            return redirect(url_for("sponsors.public"))
    return render_template("sponsors/apply.html", form=form, levels=levels), form.status


def _guard() -> None:
    """Asking costs nothing; so much the more must not be asked by a machine."""
    door, at = f"sponsors:net:{request.remote_addr}", clock.now()
    people.check_attempts(door, most=MOST, within=WITHIN, at=at)
    database.in_any_case(lambda: people.remember_attempts([door], at))


@pages.post("/<conference>/team/sponsors/applications/<application>/take-in")
@allow(Role.ORGANISER)
def take_in(application):
    """Make a sponsor of who asked."""
    sponsor = applications.take_in(_application(application), by=me(), at=clock.now())
    flash(_("%(name)s is written down.", name=sponsor.name), "success")
    return redirect(url_for("sponsors.show", sponsor=sponsor.code))


@pages.post("/<conference>/team/sponsors/applications/<application>/decline")
@allow(Role.ORGANISER)
def decline_application(application):
    """Say no to who asked."""
    found = _application(application)
    applications.decline(found, by=me(), at=clock.now())
    flash(_("%(name)s gets a letter that says no.", name=found.company), "success")
    return redirect(url_for("sponsors.listing"))


def _application(code: str) -> Application:
    found = db.session.scalar(queries.applications(g.conference).where(Application.code == code))
    if found is None or not Form().validate_on_submit():
        abort(404)
    return found
