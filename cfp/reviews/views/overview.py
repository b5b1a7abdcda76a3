"""How far the reviews are, and what the committee does next."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock, plot
from cfp.access import Role, allow
from cfp.db import db
from cfp.people.session import me
from cfp.reviews import queries
from cfp.reviews.forms.verdict import SCALE
from cfp.reviews.service import assignments
from cfp.reviews.service.progress import Step, progress_of
from cfp.reviews.views.blueprint import pages, tracks_here


@pages.get("/<conference>/team/reviews/")
@allow(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR)
def overview():
    progress = progress_of(g.conference, clock.now())
    return render_template(
        "reviews/overview.html",
        progress=progress,
        Step=Step,
        picture=distribution(progress.scores),
        may_take_back=tracks_here() is None,
    )


@pages.post("/<conference>/team/reviews/<code>/take-back")
@allow(Role.CHAIR, Role.ORGANISER)
def take_back(code):
    person = db.session.scalar(queries.asked_here(g.conference.id, code)) or abort(404)
    number = assignments.take_back(person, g.conference, by=me(), at=clock.now())
    flash(
        _(
            "%(n)s reviews were taken off the list of %(name)s. Fill them again on this page.",
            n=number,
            name=person.name,
        ),
        "success",
    )
    return redirect(url_for("reviews.assignment"))


def distribution(scores):
    """How often each sentence of the scale was chosen; nothing while there are no reviews."""
    if not scores:
        return None
    wording = plot.GERMAN if str(get_locale()) == "de" else plot.ENGLISH
    bars = [plot.Bar(f"{step}: {words}", scores.get(step, 0)) for step, words in SCALE.items()]
    return plot.bars(_("Scores given"), bars, look=plot.Look(wording=wording))
