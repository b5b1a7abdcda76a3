"""Why something does not fit: what counts say, what contradicts itself, and the ways out."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.db import db
from cfp.errors import Refused
from cfp.jobs import queries as jobs
from cfp.jobs import service as job_service
from cfp.jobs.models import RunState
from cfp.people.session import me
from cfp.schedule import puzzle, rules, service
from cfp.schedule.forms import WaiverForm
from cfp.schedule.problem import Problem
from cfp.schedule.puzzle import Programme
from cfp.schedule.tasks import EXPLAIN
from cfp.schedule.views.blueprint import EDITORS, READERS, pages

SECONDS = 12


@pages.get("/<conference>/team/programme/why/")
@allow(*READERS)
def why():
    return why_page()


@pages.post("/<conference>/team/programme/why/ask")
@allow(*EDITORS)
def ask_why():
    """Let the worker look for the reasons."""
    ask = {"by": me(), "at": clock.now(), "conference_id": g.conference.id}
    job_service.ask_once(EXPLAIN, seconds=SECONDS, **ask)
    return redirect(url_for("schedule.why"))


@pages.post("/<conference>/team/programme/why/waive")
@allow(*EDITORS)
def waive():
    """Give in at one point: unpin, or set a rule aside for one subject; or take that back."""
    form = WaiverForm()
    rule, subject, edit = form.rule.data or "", form.subject.data or "", form.edit.data
    act = {"by": me(), "at": clock.now(), "edit": edit}
    try:
        if form.back.data:
            service.hold_again(g.conference, rule, subject, **act)
        elif rule == "pins":
            unpin(subject, act)
        else:
            service.set_aside(g.conference, rule, subject, **act)
    except Refused as refused:
        return why_page(refused.sentence), 409
    if form.gate.data:
        flash(_("That stops no release any more."), "success")
        return redirect(url_for("schedule.release"))
    flash(_("Done. Ask again whether everything fits now."), "success")
    return redirect(url_for("schedule.why"))


def unpin(subject, act):
    programme = service.read_programme(g.conference)
    talk = programme.talk.get(subject)
    if talk is None:
        raise Refused(_("This session is not on the grid any more."))
    service.pin(g.conference, talk, pinned=False, **act)


def why_page(refusal=None):
    programme = service.read_programme(g.conference)
    run = db.session.scalar(jobs.latest(g.conference.id, EXPLAIN))
    found = run.result if run is not None and run.state is RunState.DONE else None
    return render_template(
        "schedule/why.html",
        programme=programme,
        run=run,
        found=found,
        stale=found is not None and found["edit"] != programme.edit,
        aside=set_aside_of(programme),
        refusal=refusal,
    )


def set_aside_of(programme: Programme) -> list[tuple[str, str, str, str]]:
    """What was set aside: the rule and its subject, as they are stored and as they are called."""
    problem = puzzle.problem_of(programme)
    return [
        (waiver.rule, waiver.subject, rules.rule(waiver.rule).name, called(problem, waiver.subject))
        for waiver in sorted(problem.rules.waivers, key=lambda one: (one.rule, one.subject))
    ]


def called(problem: Problem, subject: str) -> str:
    """A subject by the name that people know."""
    names = {talk.id: talk.title for talk in problem.talks}
    others = {speaker.id: speaker.name for speaker in problem.speakers}
    breaks = {pause.id: pause.name for pause in problem.breaks}
    parts = subject.split(" + ")
    return ", ".join(names.get(one) or others.get(one) or breaks.get(one) or one for one in parts)
