"""What if the price step moves, or its height: asked by an address, kept nowhere."""

from datetime import timedelta

from flask import g, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.budget.forms import WhatIfForm
from cfp.budget.service import comparing
from cfp.budget.service.planning import open_books
from cfp.budget.views.blueprint import TREASURERS, pages
from cfp.catering.demand import Ladder
from cfp.catering.forms import amount
from cfp.plot import ENGLISH, GERMAN, Look, Plot, Step, ladder


@pages.get("/<conference>/team/money-ahead/what-if")
@allow(*TREASURERS)
def what_if():
    """Move a price step and see heads, money, what is open on the caterer's day, and the loss."""
    at = clock.now()
    stands, form, found = asked(at)
    return render_template(
        "budget/what_if.html",
        form=form,
        stands=stands,
        found=found,
        picture=_picture(found, at) if found else None,
        step_day=comparing.step_day,
        top=_top(stands) if stands else 0,
        asked={one.name: one.data for one in form} if found else {},
    )


def asked(at):
    """What it stands on, the form as it was sent, and the answer if there is one."""
    stands = comparing.ground(g.conference, open_books(g.conference, at))
    form = WhatIfForm(request.args)
    found = None
    if stands is not None:
        _prefill(form, stands)
        if form.validate():
            prices = form.before.cents or 0, form.after.cents or 0
            wanted = Ladder(*prices, _step(form, stands.demand.days))
            found = comparing.compare(g.conference, stands, wanted)
    return stands, form, found


def _top(stands) -> int:
    """How far the sliders of the price go, in euros: twice what is planned."""
    return max(50, round(max(stands.planned.before, stands.planned.after) / 50 / 50) * 50)


def _prefill(form, stands):
    """What is not asked is a step of a fifth, a week before the caterer has to know."""
    planned = stands.planned
    if form.step.data is None:
        wish = planned.step if planned.step is not None else max(15.0, stands.due + 7)
        form.step.data = int(min(wish, max(0.0, stands.demand.days - 1)))
    if form.before.data is None:
        form.before.data = amount(planned.before)
    if form.after.data is None:
        form.after.data = amount(
            max(planned.after, round(planned.before * comparing.RISE / 100) * 100)
        )


def _step(form, days: float) -> float | None:
    """No step at all when it is put at nought, or before today."""
    step = form.step.data
    return float(step) if step and step < days else None


def _picture(found, at) -> Plot:
    """The wanted ladder from today to the doors."""
    here = g.conference
    today = clock.local(at, here.timezone).date()
    wanted = found.then.ladder
    middle = here.starts_on if wanted.step is None else comparing.step_day(here, wanted.step)
    steps = [Step(_("now"), today, middle, wanted.before / 100)]
    if wanted.step is not None:
        steps.append(Step(_("then"), middle, here.starts_on, wanted.after / 100))
    wording = GERMAN if str(get_locale()) == "de" else ENGLISH
    due = here.starts_on - timedelta(days=found.due)
    marks = [(due, _("number due"))] if today < due else []
    look = Look(wording=wording)
    return ladder(_("The price of a ticket"), steps, now=today, marks=marks, look=look)
