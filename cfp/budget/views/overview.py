"""The cash from day to day, its lowest day, break-even, and how likely a loss is."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.budget.cashflow import Outlook, outlook
from cfp.budget.forms import PurseForm
from cfp.budget.service import entries, helping, planning
from cfp.budget.views.blueprint import TREASURERS, pages
from cfp.budget.views.helping import moved
from cfp.catering.forms import amount
from cfp.people.session import me
from cfp.plot import ENGLISH, GERMAN, Ahead, Band, Look, Mark, Plot, Series, ahead
from cfp.tickets.models import TaxCategory
from cfp.tickets.service.holding import rates_of


@pages.get("/<conference>/team/money-ahead/")
@allow(*TREASURERS)
def overview():
    """See how the cash will move and what has to be sold by when."""
    here, at = g.conference, clock.now()
    books = planning.open_books(here, at)
    plan = planning.plan_of(here, books) if books.purse else None
    found = outlook(plan) if plan else None
    form, sizes = moved()
    return render_template(
        "budget/overview.html",
        purse=books.purse,
        costs=books.costs,
        incomes=books.incomes,
        plan=plan,
        outlook=found,
        needs=[need for need in found.needs if need.cost.due >= books.today] if found else [],
        picture=_picture(found, books.today) if found else None,
        meals=planning.MEALS,
        form=form,
        levers=helping.levers(here, books, sizes),
        sizes=sizes,
        moved=asdict(sizes),
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
    coming = [point for point in found.fan if point[0] >= today or not was]
    coming = [*[point for point in found.fan if point[0] < today][-1:], *coming]
    band = Band(
        _("8 in 10"),
        [round(low / 100) for _day, low, _mid, _high in coming],
        [round(high / 100) for _day, _low, _mid, high in coming],
    )
    likely = [(day, round(mid / 100)) for day, _low, mid, _high in coming]
    parts = Ahead(
        observed=Series(_("so far"), was),
        median=Series(_("likely"), likely, expected=True),
        band=band,
        marks=_marks(found, today),
    )
    wording = GERMAN if str(get_locale()) == "de" else ENGLISH
    title = _("Cash from day to day")
    return ahead(title, parts, unit="EUR", now=today, look=Look(wording=wording))


def _marks(found: Outlook, today: date) -> list[Mark]:
    """The largest bill ahead, the doors, and the lowest day, in time."""
    bills = [need.cost for need in found.needs if need.cost.due >= today]
    named = [cost for cost in bills if cost.name != planning.MEALS]
    marks = [Mark(g.conference.starts_on, _("doors")), Mark(found.worst_on, _("lowest"))]
    if named:
        largest = max(named, key=lambda cost: cost.cents)
        marks.append(Mark(largest.due, largest.name))
    return sorted(marks, key=lambda mark: str(mark.at))
