"""The solver at work on the draft: watch, adopt what it found, take it back."""

from dataclasses import dataclass

from flask import abort, flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.jobs import queries as jobs
from cfp.jobs import service as job_service
from cfp.jobs.models import JobRun, RunState
from cfp.people.session import me
from cfp.schedule import diff, puzzle, service
from cfp.schedule.forms import AdoptForm
from cfp.schedule.problem import Timetable
from cfp.schedule.puzzle import Programme
from cfp.schedule.tasks import SOLVE
from cfp.schedule.views.blueprint import EDITORS, READERS, pages


@dataclass(frozen=True)
class Solution:
    """What became of the last run, as far as it still says something about the draft."""

    run: JobRun
    reasons: dict[str, str]  # why a talk found no place
    moves: list[diff.Change]  # what adopting would change; empty when there is nothing to adopt
    may_go_back: bool


@pages.get("/<conference>/team/programme/draft/run")
@allow(*READERS)
def solving():
    """The row of the last run, asked for while it is open; then the page comes anew."""
    run = last_run() or abort(404)
    response = make_response(render_template("schedule/_solving.html", run=run))
    if not run.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@pages.post("/<conference>/team/programme/draft/run/cancel")
@allow(*EDITORS)
def stop():
    """The solver stops at its next step; what it has found until then is offered."""
    job_service.cancel(last_run() or abort(404), clock.now())
    return redirect(url_for("schedule.draft"))


@pages.post("/<conference>/team/programme/draft/adopt/<code>")
@allow(*EDITORS)
def adopt(code):
    run = last_run()
    if run is None or run.code != code:
        abort(404)
    form = AdoptForm()
    edit, back = form.edit.data, form.back.data
    service.adopt_run(g.conference, run, by=me(), at=clock.now(), edit=edit, back=back)
    flash(_("The draft is as it was before.") if back else _("The plan is adopted."), "success")
    return redirect(url_for("schedule.draft"))


def last_run() -> JobRun | None:
    return db.session.scalar(jobs.latest(g.conference.id, SOLVE))


def last_solution(programme: Programme, plan) -> Solution | None:
    run = last_run()
    if run is None:
        return None
    result = run.result
    reasons = {entry["talk"]: entry["reason"] for entry in result.get("unplaced", ())}
    moves: list[diff.Change] = []
    if run.state is RunState.DONE and not result["adopted"]:
        found = puzzle.from_json(result["timetable"]).items()
        offered = Timetable((talk, spot) for talk, spot in found if spot.room in programme.room)
        moves = diff.diff(
            diff.entries(plan.problem, plan.timetable), diff.entries(plan.problem, offered)
        )
    may_go_back = bool(result.get("adopted")) and result["edit"] == programme.edit
    return Solution(run, reasons, moves, may_go_back)
