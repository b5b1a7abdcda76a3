"""The offer of another length: made by the chair, answered by a speaker."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me, visitor
from cfp.reviews.forms.choosing import LengthForm, VoteForm
from cfp.reviews.queries import choosing as queries
from cfp.reviews.service import lengths as service
from cfp.reviews.views.blueprint import get_proposal_or_404, is_theirs_to_see, pages, status


@pages.route("/<conference>/team/ranking/<code>/length/", methods=["GET", "POST"])
@allow(Role.CHAIR)
def offer_length(code):
    submission = get_proposal_or_404(code)
    if not is_theirs_to_see(submission):
        abort(404)
    form = LengthForm(submission)
    if form.validate_on_submit():
        chosen = next(one for one in g.conference.formats if one.id == form.format.data)
        with form.refusals():
            service.offer(submission, chosen, form.note.data, by=me(), at=clock.now())
        if not form.errors:
            flash(_("The speakers are asked. Nothing changes before they say yes."), "success")
            return redirect(url_for("reviews.offer_length", code=code))
    found = db.session.scalars(queries.offers_on(submission.id)).all()
    page = render_template("reviews/length.html", form=form, submission=submission, found=found)
    return page, status(form)


@pages.post("/<conference>/team/ranking/<code>/length/<offered>/take-back")
@allow(Role.CHAIR)
def take_back_length(code, offered):
    submission = get_proposal_or_404(code)
    found = db.session.scalar(queries.offer(g.conference.id, offered))
    if found is None or found.submission_id != submission.id or not is_theirs_to_see(submission):
        abort(404)
    if Form().validate_on_submit():
        service.take_back(found, by=me(), at=clock.now())
        flash(_("The offer is taken back."), "success")
    return redirect(url_for("reviews.offer_length", code=code))


@pages.route("/<conference>/length/<code>/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def length_by_link(code, token):
    """Answer by the link of one's letter."""
    found = db.session.scalar(queries.offered_by_link(g.conference.id, code, token))
    by = visitor()
    return answered(found or abort(404), by if by and speaks(found, by) else None)


@pages.route("/<conference>/my/length/<offered>", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def length(offered):
    """Answer from one's desk."""
    found = db.session.scalar(queries.offered_to(g.conference.id, offered, me()))
    return answered(found or abort(404), me())


def speaks(offer, person):
    return any(speaker.person_id == person.id for speaker in offer.submission.speakers)


def answered(offer, by):
    form = VoteForm()
    if form.validate_on_submit():
        service.answer(offer, yes=form.value.data == "yes", by=by, at=clock.now())
        return redirect(request.path)
    page = render_template("reviews/length_offer.html", form=form, offer=offer)
    return page, status(form)


@pages.app_template_global()
def open_length_offers(submission):
    """What the speaker's desk shows of offers that wait for an answer."""
    return [
        one
        for one in db.session.scalars(queries.offers_on(submission.id))
        if one.answered_at is None
    ]
