"""Afterwards: who ate, what was left, and how far off the forecast was."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.catering import queries
from cfp.catering.forms import ReportForm
from cfp.catering.models import Meal
from cfp.catering.service import ordering, record
from cfp.catering.service.setting_up import find_kitchen
from cfp.catering.views.blueprint import COOKS, READERS, pages
from cfp.catering.views.meals import find_meal
from cfp.db import db
from cfp.people.session import me


@pages.get("/<conference>/team/kitchen/afterwards/")
@allow(*READERS)
def afterwards():
    """See how the meals ended and how far off the forecasts were."""
    return render_template(
        "catering/afterwards.html",
        meals=db.session.scalars(queries.meals(g.conference.id)).all(),
        reports={one.meal_id: one for one in db.session.scalars(queries.reports(g.conference.id))},
        foreseen=record.foreseen_heads(g.conference),
        ledger=record.ledger(g.conference),
        doors=record.at_the_doors(g.conference),
        kitchen=find_kitchen(g.conference),
    )


@pages.route("/<conference>/team/kitchen/meals/<code>/report", methods=["GET", "POST"])
@allow(*COOKS)
def report(code):
    """Say what became of a meal."""
    meal = find_meal(code)
    found = db.session.scalar(queries.reports(g.conference.id).where(Meal.id == meal.id))
    form = ReportForm(obj=found)
    if form.validate_on_submit():
        kitchen = find_kitchen(g.conference)
        with form.refusals():
            ordering.report(meal, kitchen, form.values(), by=me(), at=clock.now())
        if not form.errors:
            flash(_("Thank you. The next order counts with it."), "success")
            return redirect(url_for("catering.afterwards"))
    return render_template("catering/report.html", form=form, meal=meal), form.status
