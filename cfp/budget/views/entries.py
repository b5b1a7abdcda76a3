"""Costs and income: a form for each."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.budget import queries
from cfp.budget.forms import CostForm, IncomeForm
from cfp.budget.models import BudgetCost, BudgetIncome
from cfp.budget.service import entries as service
from cfp.budget.views.blueprint import TREASURERS, pages
from cfp.catering.forms import amount
from cfp.db import db
from cfp.people.session import me

KINDS: dict[str, Any] = {
    "costs": (BudgetCost, CostForm, queries.costs),
    "income": (BudgetIncome, IncomeForm, queries.incomes),
}
ENTRY = "/<conference>/team/money-ahead/<any(costs, income):entry>"


@pages.route(f"{ENTRY}/new", methods=["GET", "POST"])
@allow(*TREASURERS)
def new_entry(entry):
    """Add a cost or an income."""
    return _form(entry, None)


@pages.route(f"{ENTRY}/<code>", methods=["GET", "POST"])
@allow(*TREASURERS)
def entry(entry, code):
    """Change a cost or an income."""
    return _form(entry, _find(entry, code))


@pages.post(f"{ENTRY}/<code>/remove")
@allow(*TREASURERS)
def remove_entry(entry, code):
    """Remove a cost or an income."""
    service.remove(_find(entry, code), by=me(), at=clock.now())
    flash(_("Removed."), "success")
    return redirect(url_for("budget.overview"))


def _find(entry: str, code: str):
    model, _form_of, listed = KINDS[entry]
    return db.session.scalar(listed(g.conference.id).where(model.code == code)) or abort(404)


def _form(entry: str, found):
    model, form_of, _listed = KINDS[entry]
    form = form_of(obj=found, data={"amount": amount(found.cents)} if found else {})
    if form.validate_on_submit():
        thing = found or model(conference_id=g.conference.id)
        service.save(thing, form.values(), by=me(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("budget.overview"))
    page = render_template("budget/entry.html", form=form, entry=entry, found=found)
    return page, form.status
