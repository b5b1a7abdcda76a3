"""After the yes: when a speaker can be there, how they come, what should be different."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.session import me
from cfp.submissions import queries
from cfp.submissions.forms import StayForm, TalkForm, availability_form
from cfp.submissions.service import stays, talks
from cfp.submissions.service.availability import set_exactly
from cfp.submissions.views import pages
from cfp.submissions.views.found import own_or_404


@pages.route("/<conference>/my/availability", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def availability():
    """Say when one can be there."""
    form = availability_form(current_conference(), me())
    if form.validate_on_submit():
        set_exactly(me(), current_conference(), form.said(), at=clock.now())
        flash(_("Your days are saved."), "success")
        return redirect(url_for("submissions.desk"))
    return render_template("submissions/availability.html", form=form), form.status


@pages.route("/<conference>/my/stay", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def stay():
    """Say how one travels and where one sleeps."""
    form = StayForm(obj=db.session.scalar(queries.stay_of(me(), current_conference())))
    if form.validate_on_submit():
        with form.refusals():
            stays.set_stay(me(), current_conference(), form.needs(), at=clock.now())
        if not form.errors:
            flash(_("Travel and hotel are saved."), "success")
            return redirect(url_for("submissions.desk"))
    return render_template("submissions/stay.html", form=form), form.status


@pages.route("/<conference>/proposals/<code>/session", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def talk(code):
    """Change what is announced of one's accepted talk, or ask for it."""
    submission = own_or_404(code)
    if not talks.may_change(submission):
        return redirect(url_for("submissions.show", code=code))
    form = TalkForm(submission, me())
    if form.validate_on_submit():
        with form.refusals():
            talks.change_freely(submission, form.free(), by=me(), at=clock.now())
            asked = talks.ask_for(
                submission, form.wanted(), why=form.why.data, by=me(), at=clock.now()
            )
        if not form.errors:
            said = _("Saved. The organisers decide about the rest.") if asked else _("Saved.")
            flash(said, "success")
            return redirect(url_for("submissions.show", code=code))
    page = render_template(
        "submissions/talk.html",
        form=form,
        submission=submission,
        waiting=db.session.scalar(queries.open_request(submission)),
    )
    return page, form.status


@pages.post("/<conference>/proposals/<code>/session/leave-it")
@allow(Role.SIGNED_IN)
def leave_it(code):
    """Withdraw what one asked the organisers for."""
    talks.withdraw_request(own_or_404(code), by=me(), at=clock.now())
    flash(_("Your wish is withdrawn."), "success")
    return redirect(url_for("submissions.show", code=code))
