"""The cash of a day: who took how much at the desk, and whether it is in the box."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.conference.current import current_conference
from cfp.headers import attached
from cfp.people.session import me
from cfp.sheets import KINDS, Table
from cfp.tickets.admission import day_at
from cfp.tickets.forms.tills import CountForm
from cfp.tickets.service import tills
from cfp.tickets.till import Box, Key, together
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.organising import SELLERS


@pages.get("/<conference>/team/doors/cash/")
@allow(*SELLERS)
def cash():
    """See who took how much cash today."""
    return _page(_today(), None), 200


@pages.route("/<conference>/team/doors/cash/<cash_day>/", methods=["GET", "POST"])
@allow(*SELLERS)
def cash_of_day(cash_day):
    """See the cash of one day, and count a box."""
    day = _day_or_404(cash_day)
    found = tills.boxes_of(current_conference())
    form = CountForm(_people(found, day))
    if form.validate_on_submit():
        conference, at = current_conference(), clock.now()
        tills.count(conference, form.who.data, day, form.box(), by=me(), at=at)
        flash(_("Saved."), "success")
        return redirect(url_for("tickets.cash_of_day", cash_day=cash_day), 303)
    return _page(day, form if form.is_submitted() else None, found), form.status


@pages.get("/<conference>/team/doors/cash.<any(csv, xlsx):ending>")
@allow(*SELLERS)
def cash_table(ending) -> Response:
    """Take the cash of every day along."""
    conference = current_conference()
    written = Table("cash", *tills.table(conference)).written(ending)
    return attached(written, f"{conference.slug}-cash.{ending}", KINDS[ending])


def _page(day: date, form: CountForm | None, known: dict[Key, Box] | None = None) -> str:
    found = known or tills.boxes_of(current_conference())
    of_day = {who: box for (on, who), box in found.items() if on == day}
    mine = of_day.get(me().id, Box())
    given = {"who": me().id, "start": mine.start, "note": mine.note}
    return render_template(
        "tickets/cash.html",
        day=day,
        boxes=of_day,
        names=tills.names_of(found),
        total=together(of_day.values()),
        days={on: together(_on(found, on)) for on in dict.fromkeys(on for on, _who in found)},
        form=form or CountForm(_people(found, day), formdata=None, data=given),
    )


def _on(found: dict[Key, Box], day: date) -> list[Box]:
    return [box for (on, _who), box in found.items() if on == day]


def _people(found: dict[Key, Box], day: date) -> dict[int, str]:
    """Whose box can be counted: one's own, and of whoever took cash on that day."""
    there = {key: box for key, box in found.items() if key[0] == day}
    return {me().id: me().name} | tills.names_of(there)


def _today() -> date:
    return day_at(clock.now(), current_conference().timezone)


def _day_or_404(text: str) -> date:
    """A day as addresses write it; not one that has not come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    return day if text == day.isoformat() and day <= _today() else abort(404)
