"""The link of an invitation: read it, and say yes or no, with or without an account."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.errors import Refused
from cfp.invited import letters, queries
from cfp.invited import service as invitations
from cfp.invited.forms import InvitedForm
from cfp.invited.links import fits
from cfp.invited.models import Invitation, Purpose
from cfp.people import queries as people
from cfp.people import session
from cfp.people.models import Person
from cfp.people.service import welcome
from cfp.people.session import me
from cfp.submissions import service
from cfp.submissions.models import Submission
from cfp.submissions.views import pages
from cfp.submissions.views.found import own_or_404


@pages.route("/<conference>/invited/<invited>/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def invited(invited, token):
    """Answer an invitation by its link."""
    found = db.session.scalar(queries.with_code(current_conference(), invited))
    if found is None or not fits(found, token):
        abort(404)
    form = InvitedForm()
    if form.validate_on_submit():
        with form.refusals():
            return _answer(found, form)
    return _page(found, form), form.status


@pages.post(
    "/<conference>/proposals/<code>/invitations/<invited>/<any(again, take_back):again_or_not>"
)
@allow(Role.SIGNED_IN)
def co_speaker(code, invited, again_or_not):
    """Send the invitation of a co-speaker again, or take it back."""
    submission = own_or_404(code)
    found = db.session.scalar(queries.with_code(current_conference(), invited))
    if found is None or found.submission_id != submission.id:
        abort(404)
    if again_or_not == "again":
        service.invite_again(submission, found, by=me(), at=clock.now())
        flash(_("The letter to %(name)s is on its way.", name=found.email), "success")
    else:
        invitations.take_back(found, by=me(), at=clock.now())
        flash(_("The invitation is taken back."), "success")
    return redirect(url_for("submissions.show", code=code))


def _answer(found: Invitation, form: InvitedForm):
    at = clock.now()
    if form.answer.data == "no":
        invitations.decline(found, at=at)
        return redirect(request.path)
    person = _whoever_says_yes(found, form)
    submission = db.session.get(Submission, found.submission_id) if found.submission_id else None
    if submission is not None:
        service.join(submission, found, by=person, at=at)
        where = url_for("submissions.show", code=submission.code)
    else:
        invitations.take_up(found, by=person, at=at)
        where = url_for("submissions.new", format=found.format_id)
    if not current_user.is_authenticated:
        session.begin(person, at)
    flash(_("Welcome, %(name)s.", name=person.name), "success")
    return redirect(where)


def _whoever_says_yes(found: Invitation, form: InvitedForm) -> Person:
    """Who is signed in; else the owner of the address, whose letter proves it is theirs."""
    if current_user.is_authenticated:
        return me()
    if not found.email:
        raise Refused(_("Please sign in first, then open the link again."))
    if not form.name.data:
        raise Refused(_("Please say your name."), field="name")
    person = welcome(form.name.data, found.email, at=clock.now())
    if person is None:
        raise Refused(_("Please sign in first, then open the link again."))
    return person


def _page(found: Invitation, form: InvitedForm) -> str:
    known = db.session.scalar(people.person_by_email(found.email)) if found.email else None
    submission = db.session.get(Submission, found.submission_id) if found.submission_id else None
    return render_template(
        "submissions/invited.html",
        form=form,
        invitation=found,
        submission=submission,
        inviter=letters.without_links(found.by.name) if found.by else None,
        waits=found.waits(clock.now()),
        # who may come in by the link alone: nobody proved this address before
        is_new=bool(found.email) and (known is None or known.email_confirmed_at is None),
        purposes=Purpose,
    )
