"""Bidding: what a reviewer would like to read, would not mind, would rather not, or must not."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.people.session import me
from cfp.reviews.forms.committee import TopicsForm
from cfp.reviews.forms.verdict import BIDS, BidForm, ReasonForm
from cfp.reviews.models import BidValue
from cfp.reviews.queries import committee
from cfp.reviews.service import conflicts, wishes
from cfp.reviews.views.blueprint import get_proposal_or_404, pages, seen, status


@pages.get("/<conference>/reviews/bids/")
@allow(Role.REVIEWER)
def bids():
    found = wishes.to_bid_on(
        me(),
        g.conference,
        track=request.args.get("track", type=int),
        unanswered=request.args.get("show") == "open",
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "reviews/bids.html",
        found=found,
        listed=[(seen(submission), found.bids.get(submission.id)) for submission in found.items],
        words=BIDS,
        topics=topics_form(),
        track=request.args.get("track", type=int),
        kept=kept(),
        is_over=clock.is_past(g.conference.reviews_due_at, clock.now()),
    )


@pages.post("/<conference>/reviews/bids/<code>/")
@allow(Role.REVIEWER)
def bid(code):
    submission = get_biddable_or_404(code)
    form = BidForm()
    if not form.validate_on_submit():
        abort(400)  # only the three buttons send this form
    value = BidValue(form.value.data)
    wishes.wish(me(), submission, value, at=clock.now())
    if "HX-Request" in request.headers:
        return render_template(
            "reviews/_bid.html",
            proposal=seen(submission),
            bid=value,
            words=BIDS,
            kept=kept(),
            is_over=False,
        )
    return redirect(url_for("reviews.bids", **kept(), _anchor=f"proposal-{code}"))


@pages.route("/<conference>/reviews/bids/<code>/conflict", methods=["GET", "POST"])
@allow(Role.REVIEWER)
def declare_conflict(code):
    submission = get_biddable_or_404(code)
    form = ReasonForm()
    if form.validate_on_submit():
        conflicts.declare(submission, me(), form.reason.data, by=me(), at=clock.now())
        flash(_("Thank you. You will not be asked to review this proposal."), "success")
        return redirect(url_for("reviews.bids"))
    return (
        render_template("reviews/conflict.html", form=form, proposal=seen(submission)),
        status(form),
    )


def topics_form():
    """The boxes as they were ticked last."""
    said = db.session.scalars(committee.topics_of(me(), g.conference.id))
    return TopicsForm(g.conference, formdata=None, data={"topics": [t.track_id for t in said]})


def kept():
    """The filters of the list, and nothing else that an address may hold."""
    return {name: request.args[name] for name in ("track", "show", "page") if name in request.args}


def get_biddable_or_404(code):
    """What one knows for a conflict does not exist here; what only the chair knows does."""
    submission = get_proposal_or_404(code)
    return abort(404) if conflicts.is_known_to(me(), submission) else submission
