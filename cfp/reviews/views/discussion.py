"""Saying why, and standing behind what others say: on the desk and beside the verdicts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews.forms.verdict import ArgumentForm, OpinionForm
from cfp.reviews.models import Argument, Side
from cfp.reviews.queries import discussion as queries
from cfp.reviews.service import discussion as service
from cfp.reviews.service import reviews
from cfp.reviews.views.blueprint import get_proposal_or_404, is_theirs_to_see, pages

COMMITTEE = (Role.REVIEWER, Role.CHAIR, Role.TRACK_CHAIR)
OVERSEERS = frozenset({Role.CHAIR, Role.TRACK_CHAIR})


@pages.post("/<conference>/reviews/<code>/arguments/")
@allow(*COMMITTEE)
def argue(code):
    submission, form = get_discussed_or_404(code), ArgumentForm()
    if form.validate_on_submit():
        with form.refusals():
            service.argue(submission, Side(form.side.data), form.text.data, by=me(), at=clock.now())
    if form.errors:
        here = {"form": form, "code": code, "back": back(code), "on": request.form.get("on", "")}
        return render_template("reviews/argue.html", **here), 422
    return redirect(back(code))


@pages.post("/<conference>/reviews/<code>/arguments/<argument>/opinion")
@allow(*COMMITTEE)
def weigh(code, argument):
    found, form = get_argument_or_404(code, argument), OpinionForm()
    if not form.validate_on_submit():
        abort(400)  # only the three buttons send this form
    agrees = {"yes": True, "no": False}.get(form.value.data)
    service.agree(found, agrees=agrees, by=me(), at=clock.now())
    return redirect(back(code))


@pages.post("/<conference>/reviews/<code>/arguments/<argument>/withdraw")
@allow(*COMMITTEE)
def withdraw_argument(code, argument):
    found = get_argument_or_404(code, argument)
    if Form().validate_on_submit():
        service.withdraw(found, by=me(), at=clock.now())
        flash(_("Your argument is taken back."), "success")
    return redirect(back(code))


def get_discussed_or_404(code):
    """Open to whoever has written their own review, and to the chairs; not to its speakers."""
    submission = get_proposal_or_404(code)
    if roles_here() & OVERSEERS and is_theirs_to_see(submission):
        return submission
    owed = reviews.owed_by(me(), submission.conference) if Role.REVIEWER in roles_here() else []
    mine = next((one for one in owed if one.submission.id == submission.id), None)
    return submission if mine and reviews.may_read_others(mine) else abort(404)


def get_argument_or_404(code, argument) -> Argument:
    select = queries.arguments_on(get_discussed_or_404(code))
    return db.session.scalar(select.where(Argument.code == argument)) or abort(404)


def back(code):
    """The page from which the argument was sent: the desk's, or that of the verdicts."""
    page = "verdicts" if request.form.get("on") == "verdicts" else "review"
    return url_for(f"reviews.{page}", code=code, _anchor="discussion")
