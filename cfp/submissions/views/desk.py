"""The speaker's desk: where all one's proposals stand, and what is next for each."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.invited import queries as invited_queries
from cfp.invited.service import doors_of
from cfp.people.session import me
from cfp.questions.service import answers_of
from cfp.submissions import queries, service
from cfp.submissions.forms import AnswerForm
from cfp.submissions.models import Submission
from cfp.submissions.seen import answers_as_seen_by
from cfp.submissions.service import talks
from cfp.submissions.standing import Standing, standing
from cfp.submissions.views import pages
from cfp.submissions.views.call import phase_of
from cfp.submissions.views.found import own_or_404


@pages.get("/<conference>/my/")
@allow(Role.SIGNED_IN)
def desk():
    """See where one's own proposals stand."""
    conference, order = current_conference(), (Standing.ACCEPTED, Standing.DRAFT)
    mine = db.session.scalars(queries.own(me(), conference)).all()
    at = clock.now()
    doors = doors_of(conference, [me().id], at)
    found = [(one, standing(one, me(), doors, at)) for one in mine]
    found.sort(key=lambda one: order.index(one[1]) if one[1] in order else len(order))
    phase = "open" if doors.are_open(None, at) else phase_of(conference, at)
    unsent = db.session.scalars(queries.unsent(me(), [one.id for one in mine])).all()
    return render_template(
        "submissions/desk.html",
        found=found,
        phase=phase,
        doors=doors,
        unsent={one.submission_id for one in unsent},
    )


@pages.get("/<conference>/proposals/<code>/")
@allow(Role.SIGNED_IN)
def show(code):
    """Read one's own proposal."""
    return _show(own_or_404(code), AnswerForm()), 200


@pages.post("/<conference>/proposals/<code>/withdraw")
@allow(Role.SIGNED_IN)
def withdraw(code):
    """Withdraw one's own proposal."""
    submission = own_or_404(code)
    service.withdraw(submission, by=me(), at=clock.now())
    flash(_("“%(title)s” is withdrawn.", title=submission.title), "success")
    return redirect(url_for("submissions.show", code=code))


@pages.post("/<conference>/proposals/<code>/restore")
@allow(Role.SIGNED_IN)
def restore(code):
    """Hand in again what one withdrew."""
    submission = own_or_404(code)
    service.hand_in(submission, by=me(), at=clock.now())
    flash(_("“%(title)s” is handed in.", title=submission.title), "success")
    return redirect(url_for("submissions.show", code=code))


@pages.post("/<conference>/proposals/<code>/discard")
@allow(Role.SIGNED_IN)
def discard(code):
    """Throw one's own draft away."""
    service.discard(own_or_404(code), by=me(), at=clock.now())
    flash(_("The draft is gone."), "success")
    return redirect(url_for("submissions.desk"))


@pages.post("/<conference>/proposals/<code>/leave")
@allow(Role.SIGNED_IN)
def leave(code):
    """Take oneself off a proposal."""
    service.leave(own_or_404(code), by=me(), at=clock.now())
    flash(_("You are no longer a speaker of this proposal."), "success")
    return redirect(url_for("submissions.desk"))


@pages.post("/<conference>/proposals/<code>/answer")
@allow(Role.SIGNED_IN)
def respond(code):
    """Confirm or decline one's own talk."""
    submission = own_or_404(code)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(submission, form), 422
    mine = next(s for s in submission.speakers if s.person_id == me().id)
    if form.answer.data == "yes":
        service.confirm(mine, at=clock.now())
        flash(_("Thank you. See you there!"), "success")
    else:
        service.decline(mine, at=clock.now())
        flash(_("Thank you for telling us."), "success")
    return redirect(url_for("submissions.show", code=code))


def _show(submission: Submission, form: AnswerForm) -> str:
    at, people = clock.now(), [speaker.person_id for speaker in submission.speakers]
    doors = doors_of(submission.conference, people, at)
    return render_template(
        "submissions/show.html",
        submission=submission,
        where=standing(submission, me(), doors, at),
        doors=doors,
        may_change=talks.may_change(submission),
        wishes=db.session.scalars(queries.requests_of(submission)).all(),
        unsent=service.find_unsent(submission, me()),
        is_open=doors.are_open(submission.track_id, at),
        invited=db.session.scalars(invited_queries.to_speak(submission.id)).all(),
        at=at,
        form=form,
        me=me(),
        answers=answers_as_seen_by(
            submission, answers_of(submission.id), me(), frozenset({Role.SIGNED_IN})
        ),
    )
