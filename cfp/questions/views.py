"""The form editor of the organisers, and the files that speakers sent."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.conference.views.settings import frame
from cfp.db import db
from cfp.people.session import me
from cfp.questions import queries, service
from cfp.questions.forms import kind_names, question_form
from cfp.questions.models import Question

pages = Blueprint("questions", __name__)
LIST = "/<conference>/team/settings/questions/"


@pages.get(LIST)
@allow(Role.ORGANISER, Role.CHAIR)
def listing():
    """See what the form of a proposal asks."""
    conference = current_conference()
    return render_template(
        "questions/listing.html",
        found=db.session.scalars(queries.of_conference(conference)).all(),
        counts=dict(db.session.execute(queries.answer_counts(conference)).all()),
        kinds=kind_names(),
        **frame(),
    )


@pages.route(f"{LIST}new", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def new():
    """Add a question to the form of a proposal."""
    form = question_form(current_conference())
    if form.validate_on_submit():
        with form.refusals():
            service.add(current_conference(), form.wording(), by=me(), at=clock.now())
        if not form.errors:
            flash(_("“%(name)s” is asked from now on.", name=form.label.data), "success")
            return redirect(url_for("questions.listing"))
    return render_template("questions/question.html", form=form, question=None), form.status


@pages.route(f"{LIST}<asked>", methods=["GET", "POST"])
@allow(Role.ORGANISER)
def question(asked):
    """Word a question of the form anew."""
    found = _get(asked)
    form = question_form(current_conference(), found)
    if form.validate_on_submit():
        with form.refusals():
            service.change(found, form.wording(), by=me(), at=clock.now())
        if not form.errors:
            flash(_("“%(name)s” is saved.", name=form.label.data), "success")
            return redirect(url_for("questions.listing"))
    return render_template("questions/question.html", form=form, question=found), form.status


@pages.post(f"{LIST}<asked>/<any(up, down):way>")
@allow(Role.ORGANISER)
def move(asked, way):
    """Put the questions in order."""
    service.move(_get(asked), up=way == "up")
    return redirect(url_for("questions.listing"))


@pages.post(f"{LIST}<asked>/<any(ask, stop):ask_or_stop>")
@allow(Role.ORGANISER)
def switch(asked, ask_or_stop):
    """Stop asking a question, or ask it again."""
    service.set_asked(_get(asked), asked=ask_or_stop == "ask", by=me(), at=clock.now())
    return redirect(url_for("questions.listing"))


@pages.post(f"{LIST}<asked>/remove")
@allow(Role.ORGANISER)
def remove(asked):
    """Remove a question that nobody answered."""
    found = _get(asked)
    name = found.label
    service.remove(found, by=me(), at=clock.now())
    flash(_("“%(name)s” is removed.", name=name), "success")
    return redirect(url_for("questions.listing"))


def _get(asked: str) -> Question:
    found: Question | None = db.session.scalar(
        queries.of_conference(current_conference()).where(Question.code == asked)
    )
    return found or abort(404)
