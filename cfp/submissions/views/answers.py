"""The link in a letter of acceptance: an answer without signing in."""

from __future__ import annotations

from flask import abort, redirect, render_template, request

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.submissions import queries, service
from cfp.submissions.forms import AnswerForm
from cfp.submissions.links import speaker_with
from cfp.submissions.views import pages


@pages.route("/<conference>/confirm/<code>/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def confirm(code, token):
    """Answer by the link of one's letter."""
    submission = db.session.scalar(queries.by_code(current_conference(), code))
    speaker = speaker_with(submission, token) if submission else None
    if speaker is None:
        abort(404)
    form = AnswerForm()
    if form.validate_on_submit():
        say = service.confirm if form.answer.data == "yes" else service.decline
        say(speaker, at=clock.now())
        return redirect(request.path)
    page = render_template(
        "submissions/confirm.html", form=form, submission=submission, speaker=speaker
    )
    return page, 422 if form.is_submitted() else 200
