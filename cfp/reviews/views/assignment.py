"""Sharing out the reviews: ask for a plan, look at the draft, publish it or throw it away."""

from itertools import groupby

from flask import abort, flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.display import said
from cfp.jobs import queries as job_queries
from cfp.jobs import service as jobs
from cfp.people.session import me
from cfp.reviews import queries
from cfp.reviews.forms.committee import PlanForm
from cfp.reviews.models import AssignmentState
from cfp.reviews.service import assignments
from cfp.reviews.service.progress import progress_of
from cfp.reviews.tasks import ASSIGN
from cfp.reviews.views.blueprint import pages, status
from cfp.submissions.models import Submission


@pages.route("/<conference>/team/reviews/assignment/", methods=["GET", "POST"])
@allow(Role.CHAIR, Role.ORGANISER)
def assignment():
    form = PlanForm(data={"each": g.conference.reviews_each})
    if form.validate_on_submit():
        asked = {name: value for name, value in form.data.items() if name != "csrf_token"}
        asked["seed"] = asked["seed"] or 0
        jobs.ask_once(ASSIGN, by=me(), at=clock.now(), conference_id=g.conference.id, **asked)
        return redirect(url_for("reviews.assignment"))
    run = db.session.scalar(job_queries.latest(g.conference.id, ASSIGN))
    return (
        render_template(
            "reviews/assignment.html",
            form=form,
            run=run,
            progress=progress_of(g.conference, clock.now()),
            draft=draft(),
            shortfalls=shortfalls(run),
        ),
        status(form),
    )


@pages.get("/<conference>/team/reviews/assignment/<code>/")
@allow(Role.CHAIR, Role.ORGANISER)
def assignment_run(code):
    """The run as a row that asks for itself again; once it has ended, the page as a whole."""
    run = db.session.scalar(job_queries.by_code(g.conference.id, code))
    if run is None or run.job != ASSIGN:
        abort(404)
    response = make_response(render_template("reviews/_run.html", run=run))
    if not run.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@pages.post("/<conference>/team/reviews/assignment/publish")
@allow(Role.CHAIR, Role.ORGANISER)
def publish_assignment():
    number = assignments.publish(g.conference, by=me(), at=clock.now())
    flash(
        ngettext(
            "One review was given to its reviewer.",
            "%(num)s reviews were given to their reviewers.",
            number,
        ),
        "success",
    )
    return redirect(url_for("reviews.overview"))


@pages.post("/<conference>/team/reviews/assignment/discard")
@allow(Role.CHAIR, Role.ORGANISER)
def discard_assignment():
    assignments.discard_draft(g.conference, by=me(), at=clock.now())
    flash(_("The draft is gone. Nobody has heard of it."), "success")
    return redirect(url_for("reviews.assignment"))


def draft():
    """(reviewer, titles) for each reviewer whom the draft gives something.

    Who reviews one's own proposal is not told, to a chair as little as to any other speaker.
    """
    own = set(db.session.scalars(queries.own(me(), g.conference.id)))
    found = db.session.scalars(queries.assignments(g.conference.id, AssignmentState.DRAFT)).all()
    by_name = sorted(found, key=lambda one: (one.person.name, one.person_id))
    return [
        (reviewer, sorted(one.submission.title for one in given if one.submission_id not in own))
        for reviewer, given in groupby(by_name, key=lambda one: one.person)
    ]


def shortfalls(run):
    """(title, how many are missing, why) for what the latest plan could not meet."""
    short = {one["submission"]: one for one in (run.result if run else {}).get("shortfalls", [])}
    columns = queries.proposals(g.conference.id).with_only_columns(Submission.id, Submission.title)
    titles = db.session.execute(columns.where(Submission.id.in_(short)).order_by(Submission.title))
    return [(title, short[key]["missing"], said(short[key]["reason"])) for key, title in titles]
