"""The kitchen's first page: the number with its interval, the picture, what would make it surer."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.catering import queries
from cfp.catering.models import Caterer, ForecastSnapshot, Kitchen
from cfp.catering.service import looking
from cfp.catering.service.setting_up import due_on, find_kitchen
from cfp.catering.tasks import LOOK
from cfp.catering.views.blueprint import COOKS, READERS, look, pages
from cfp.catering.views.picture import booking
from cfp.db import db
from cfp.jobs import queries as jobs
from cfp.jobs import service as job_service
from cfp.people.session import me


@dataclass(frozen=True)
class Due:
    """A caterer, the day on which the number is due, and the days until then."""

    caterer: Caterer
    on: date | None
    days: int | None


@dataclass(frozen=True)
class Lever:
    """What can still be done, what it is worth, and since when it is planned."""

    key: str
    cents: int
    narrower: int
    planned: date | None


@pages.get("/<conference>/team/kitchen/")
@allow(*READERS)
def overview():
    """See how many will eat, how sure that is, and what to order."""
    today = clock.local(clock.now(), g.conference.timezone).date()
    kitchen, snapshot = find_kitchen(g.conference), looking.latest(g.conference)
    due = [_due(one, today) for one in db.session.scalars(queries.caterers(g.conference.id))]
    return render_template(
        "catering/overview.html",
        kitchen=kitchen,
        snapshot=snapshot,
        today=today,
        due=due,
        main=largest_meal(snapshot),
        levers=_levers(kitchen, snapshot),
        picture=booking(g.conference, kitchen, snapshot, due, today, look()),
        run=_open_run(),
    )


@pages.post("/<conference>/team/kitchen/look")
@allow(*COOKS)
def look_again():
    """Ask for a new look ahead; the worker makes it."""
    if find_kitchen(g.conference) is None:
        abort(404)
    job_service.ask_once(LOOK, by=me(), at=clock.now(), conference_id=g.conference.id)
    flash(_("The forecast is being made. It takes a few seconds."), "success")
    return redirect(url_for("catering.overview"))


@pages.get("/<conference>/team/kitchen/looking")
@allow(*READERS)
def looking_ahead():
    """The row of the open run; once it has ended the page comes anew."""
    run = db.session.scalar(jobs.latest(g.conference.id, LOOK)) or abort(404)
    response = make_response(render_template("catering/_looking.html", run=run))
    if not run.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


def _open_run():
    run = db.session.scalar(jobs.latest(g.conference.id, LOOK))
    return run if run is not None and (run.is_open or run.state.value == "failed") else None


def _due(caterer: Caterer, today: date) -> Due:
    on = due_on(caterer)
    return Due(caterer, on, None if on is None else (on - today).days)


def largest_meal(snapshot: ForecastSnapshot | None):
    """The meal with the most heads: the one that the page's sentence is about."""
    meals = snapshot.result["meals"] if snapshot else []
    return max(meals, key=lambda meal: meal["likely"], default=None)


def _levers(kitchen: Kitchen | None, snapshot: ForecastSnapshot | None) -> list[Lever]:
    if kitchen is None or snapshot is None or not snapshot.result["meals"]:
        return []
    late = [date.fromisoformat(day) for day in snapshot.result["late_steps"]]
    planned = {
        "step": max(late, default=None),
        "claims": kitchen.claim_by,
        "mail": kitchen.ask_again_on,
    }
    worth = snapshot.result["levers"]
    return [
        Lever(key, worth[key]["cents"], worth[key]["narrower"], on) for key, on in planned.items()
    ]
