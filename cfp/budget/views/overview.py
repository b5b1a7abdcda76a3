"""The cash from day to day, its lowest day, break-even, and how likely a loss is."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.budget import queries
from cfp.budget.cashflow import Outlook, outlook
from cfp.budget.forms import PurseForm
from cfp.budget.service import entries, planning
from cfp.budget.views.blueprint import TREASURERS, me, pages
from cfp.catering.forms import amount
from cfp.catering.service import looking
from cfp.db import db
from cfp.plot import ENGLISH, GERMAN, Band, Look, Plot, Series, fan
from cfp.tickets.models import TaxCategory
from cfp.tickets.service.holding import rates_of


@pages.get("/<conference>/team/money-ahead/")
@allow(*TREASURERS)
def overview():
    """See how the cash will move and what has to be sold by when."""
    here, at = g.conference, clock.now()
    purse = entries.find_purse(here)
    costs = db.session.scalars(queries.costs(here.id)).all()
    incomes = planning.expected(here, at)
    seen = looking.latest(here)
    plan = planning.plan_of(here, purse, costs, incomes, seen, at) if purse else None
    found = outlook(plan) if plan else None
    today = clock.local(at, here.timezone).date()
    return render_template(
        "budget/overview.html",
        purse=purse,
        costs=costs,
        incomes=incomes,
        plan=plan,
        outlook=found,
        needs=[need for need in found.needs if need.cost.due >= today] if found else [],
        picture=_picture(found, today) if found else None,
        meals=planning.MEALS,
    )


@pages.route("/<conference>/team/money-ahead/start", methods=["GET", "POST"])
@allow(*TREASURERS)
def purse():
    """Say what there is before anything moves."""
    found = entries.find_purse(g.conference)
    known: dict[str, Any] = {}
    if found:
        known = {"opening": amount(found.opening_cents), "ticket": amount(found.ticket_cents)}
    else:
        rates = rates_of(g.conference)
        known = {
            "ticket_rate": rates.get(TaxCategory.STANDARD, 1900),
            "meal_rate": rates.get(TaxCategory.REDUCED, 700),
        }
    form = PurseForm(obj=found, data=known)
    if form.validate_on_submit():
        entries.save_purse(g.conference, form.values(), by=me(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("budget.overview"))
    return render_template("budget/purse.html", form=form), form.status


def _picture(found: Outlook, today: date) -> Plot:
    """What was, then the fan, in whole euros."""
    was = [(day, round(mid / 100)) for day, _low, mid, _high in found.fan if day <= today]
    ahead = [point for point in found.fan if point[0] >= today or not was]
    ahead = [*[point for point in found.fan if point[0] < today][-1:], *ahead]
    band = Band(
        _("8 in 10"),
        [round(low / 100) for _day, low, _mid, _high in ahead],
        [round(high / 100) for _day, _low, _mid, high in ahead],
    )
    return fan(
        _("Cash from day to day"),
        Series(_("likely"), [(day, round(mid / 100)) for day, _low, mid, _high in ahead]),
        [band],
        observed=Series(_("so far"), was) if was else None,
        unit="EUR",
        now=today,
        look=Look(wording=GERMAN if str(get_locale()) == "de" else ENGLISH),
    )
