"""Meals and caterers: the lists, and a form for each."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.catering import queries
from cfp.catering.forms import CatererForm, MealForm, amount
from cfp.catering.models import Caterer, Meal
from cfp.catering.service import setting_up
from cfp.catering.views.blueprint import COOKS, READERS, get_or_404, pages
from cfp.db import db
from cfp.people.session import me


@pages.get("/<conference>/team/kitchen/meals/")
@allow(*READERS)
def meals():
    """See what is served, by whom, and when the number is due."""
    caterers = db.session.scalars(queries.caterers(g.conference.id)).all()
    return render_template(
        "catering/meals.html",
        caterers=[(one, setting_up.due_on(one)) for one in caterers],
        meals=db.session.scalars(queries.meals(g.conference.id)).all(),
    )


@pages.route("/<conference>/team/kitchen/caterers/new", methods=["GET", "POST"])
@allow(*COOKS)
def new_caterer():
    """Add who cooks."""
    return _caterer_form(None)


@pages.route("/<conference>/team/kitchen/caterers/<code>", methods=["GET", "POST"])
@allow(*COOKS)
def caterer(code):
    """Change the terms of a caterer."""
    return _caterer_form(find_caterer(code))


@pages.post("/<conference>/team/kitchen/caterers/<code>/remove")
@allow(*COOKS)
def remove_caterer(code):
    """Remove a caterer who cooks nothing."""
    setting_up.remove_caterer(find_caterer(code), by=me(), at=clock.now())
    flash(_("The caterer is removed."), "success")
    return redirect(url_for("catering.meals"))


@pages.route("/<conference>/team/kitchen/meals/new", methods=["GET", "POST"])
@allow(*COOKS)
def new_meal():
    """Add a meal."""
    if not db.session.scalar(queries.caterers(g.conference.id).limit(1)):
        flash(_("First say who cooks."), "info")
        return redirect(url_for("catering.new_caterer"))
    return _meal_form(None)


@pages.route("/<conference>/team/kitchen/meals/<code>", methods=["GET", "POST"])
@allow(*COOKS)
def meal(code):
    """Change a meal."""
    return _meal_form(find_meal(code))


@pages.post("/<conference>/team/kitchen/meals/<code>/remove")
@allow(*COOKS)
def remove_meal(code):
    """Remove a meal."""
    setting_up.remove_meal(find_meal(code), by=me(), at=clock.now())
    flash(_("The meal is removed."), "success")
    return redirect(url_for("catering.meals"))


def find_caterer(code: str) -> Caterer:
    return get_or_404(queries.caterers(g.conference.id).where(Caterer.code == code))


def find_meal(code: str) -> Meal:
    return get_or_404(queries.meals(g.conference.id).where(Meal.code == code))


def _caterer_form(found: Caterer | None):
    known = {"shortage": amount(found.shortage_cents)} if found else {}
    form = CatererForm(obj=found, data=known)
    if form.validate_on_submit():
        with form.refusals():
            setting_up.save_caterer(g.conference, found, form.values(), me(), clock.now())
        if not form.errors:
            flash(_("Saved."), "success")
            return redirect(url_for("catering.meals"))
    may_remove = found is not None and setting_up.may_remove(found)
    page = render_template("catering/caterer.html", form=form, caterer=found, may_remove=may_remove)
    return page, form.status


def _meal_form(found: Meal | None):
    form = MealForm(obj=found, data={"price": amount(found.price_cents)} if found else {})
    form.offer(g.conference, list(db.session.scalars(queries.caterers(g.conference.id))))
    if form.validate_on_submit():
        with form.refusals():
            setting_up.save_meal(g.conference, found, form.values(), me(), clock.now())
        if not form.errors:
            flash(_("Saved."), "success")
            return redirect(url_for("catering.meals"))
    return render_template("catering/meal.html", form=form, meal=found), form.status
