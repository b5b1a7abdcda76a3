"""The committee itself: who reviews and knows what, who was asked, who owes what."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.letters import way_in
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews.forms.committee import InvitationForm, InviteForm, TopicsForm
from cfp.reviews.models import ReviewerInvitation
from cfp.reviews.queries import committee as queries
from cfp.reviews.service import invitations as service
from cfp.reviews.service import reminders
from cfp.reviews.service.committee import members
from cfp.reviews.views.blueprint import pages, status


@pages.route("/<conference>/team/reviews/reviewers/", methods=["GET", "POST"])
@allow(Role.CHAIR, Role.ORGANISER)
def reviewers():
    form = InviteForm()
    if form.validate_on_submit():
        with form.refusals():
            asked = service.invite(g.conference, form.addresses(), by=me(), at=clock.now())
        if not form.errors:
            flash(
                ngettext("One person is invited.", "%(num)s people are invited.", len(asked)),
                "success",
            )
            return redirect(url_for("reviews.reviewers"))
    page = render_template(
        "reviews/reviewers.html",
        form=form,
        members=members(g.conference),
        asked=db.session.scalars(queries.invitations(g.conference.id)).all(),
        lasts=service.LASTS.days,
    )
    return page, status(form)


@pages.post("/<conference>/team/reviews/reviewers/<reviewer_asked>/revoke")
@allow(Role.CHAIR, Role.ORGANISER)
def revoke_invitation(reviewer_asked):
    select = queries.invitations(g.conference.id).where(ReviewerInvitation.code == reviewer_asked)
    found = db.session.scalar(select) or abort(404)
    if Form().validate_on_submit():
        service.revoke(found, by=me(), at=clock.now())
        flash(_("The invitation is taken back."), "success")
    return redirect(url_for("reviews.reviewers"))


@pages.get("/<conference>/team/reviews/due/")
@allow(Role.CHAIR, Role.ORGANISER)
def due():
    """Who owes what, and the one press that writes to all of them."""
    return render_template(
        "reviews/due.html", found=reminders.due_list(g.conference), before=reminders.BEFORE
    )


@pages.post("/<conference>/team/reviews/due/remind")
@allow(Role.CHAIR, Role.ORGANISER)
def remind():
    if Form().validate_on_submit():
        sent = reminders.remind(g.conference, by=me(), at=clock.now())
        flash(ngettext("One letter goes out.", "%(num)s letters go out.", sent), "success")
    return redirect(url_for("reviews.due"))


@pages.route("/<conference>/reviews/invitation/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def invitation(token):
    """What is asked of somebody, and their answer; whoever holds the link holds the letter."""
    found = db.session.scalar(queries.invitation(g.conference.id, token)) or abort(404)
    form = InvitationForm(g.conference)
    if form.validate_on_submit():
        return answered(found, form)
    page = render_template("reviews/invitation.html", form=form, found=found)
    return page, status(form)


def answered(found, form):
    """A yes leads to the desk, by way of a first sign-in where there is none yet."""
    if form.answer.data == "no":
        service.decline(found, at=clock.now())
        return redirect(request.path)
    chosen = form.topics.data or []
    person = service.accept(g.conference, found, form.name.data, chosen, at=clock.now())
    desk = url_for("reviews.bids")
    flash(_("Welcome to the committee!"), "success")
    if current_user.is_authenticated and current_user.id == person.id:
        return redirect(desk)
    return redirect(way_in(person, desk, clock.now()) or url_for("people.sign_in", next=desk))


@pages.post("/<conference>/reviews/topics")
@allow(Role.REVIEWER)
def topics():
    """What one is at home in; it counts when reviews are shared out."""
    form = TopicsForm(g.conference)
    if not form.validate_on_submit():
        abort(400)  # only boxes send this form
    service.name_topics(me(), g.conference, form.topics.data or [])
    flash(_("Thank you. It counts when reviews are shared out."), "success")
    return redirect(url_for("reviews.bids"))
