"""The board of benefits, and one benefit with its next step."""

from __future__ import annotations

from babel.dates import format_date
from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cfp import clock, plot
from cfp.access import Role, allow
from cfp.db import db
from cfp.display import date_pattern
from cfp.people.session import me
from cfp.sponsors import queries
from cfp.sponsors.agenda import Owed, spread
from cfp.sponsors.forms import StepForm
from cfp.sponsors.service import benefits, vouchers
from cfp.sponsors.service.deadlines import ahead
from cfp.sponsors.views.blueprint import benefit_or_404, look, pages

SOON = 8  # how many of what comes next are listed above the board


@pages.get("/<conference>/team/sponsors/benefits/")
@allow(Role.ORGANISER, Role.TREASURER)
def board():
    """See what was promised to whom, and how far it is."""
    at = clock.now()
    today = clock.local(at, g.conference.timezone).date()
    found = db.session.scalars(queries.promised(g.conference)).all()
    sponsors = sorted(
        {b.agreement for b in found}, key=lambda a: (a.level.position, a.sponsor.name.lower())
    )
    names = list(dict.fromkeys(b.name for b in found))
    cells = {(b.name, b.agreement_id): b for b in reversed(found)}
    to_come = ahead(found, g.conference.timezone)
    return render_template(
        "sponsors/board.html",
        agreements=sponsors,
        names=names,
        cells=cells,
        ahead=to_come[:SOON],
        picture=_by_date(to_come, today),
        today=today,
        at=at,
        is_past=clock.is_past,
    )


def _by_date(to_come, today):
    """How many of what is open have their day in which week; nothing while nothing has one."""
    if not to_come:
        return None
    owed = [Owed(one.benefit.agreement.sponsor.name, one.day) for one in to_come]
    strip = spread(owed, today)
    pattern = date_pattern("MMM" if strip.is_monthly else "d MMM", get_locale())
    columns = [_("late"), *(format_date(day, pattern, locale=get_locale()) for day in strip.begins)]
    title = _("Benefits by date")
    return plot.heat(title, strip.sponsors, columns, strip.cells, unit=_("benefits"), look=look())


ASKED = {"claim": "claim", "schedule": "planned_for", "release": "why", "prove": "proof"}


@pages.route("/<conference>/team/sponsors/benefits/<benefit>/", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def benefit(benefit):
    """Take a benefit one step further."""
    found = benefit_or_404(benefit)
    form = StepForm(_of_its_step(request.form) if request.form else None, obj=found)
    if form.validate_on_submit():
        with form.refusals():
            _step(found, form, request.form.get("step", ""))
        if not form.errors:
            flash(_("“%(name)s” is written down.", name=found.name), "success")
            return redirect(url_for("sponsors.benefit", benefit=found.code))
    return render_template("sponsors/benefit.html", form=form, benefit=found), form.status


def _of_its_step(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What a step asks for; whatever else is sent with it counts for nothing."""
    wanted = {"csrf_token", ASKED.get(sent.get("step", ""))}
    return MultiDict([(name, value) for name, value in sent.items(multi=True) if name in wanted])


def _step(found, form, step) -> None:
    by, at = me(), clock.now()
    if step == "claim":
        benefits.claim(found, form.claim.data, by=by, at=at)
    elif step == "schedule":
        benefits.schedule(found, form.planned_for.data or g.conference.starts_on, by=by, at=at)
    elif step == "deliver":
        benefits.deliver(found, by=by, at=at)
    elif step == "prove":
        benefits.prove(found, form.proof.data, by=by, at=at)
    elif step == "release":
        benefits.release_early(found, form.why.data, by=by, at=at)
        vouchers.reopen(found.agreement)
    elif step == "take_back":
        benefits.take_back(found, by=by, at=at)
    else:
        abort(400)
