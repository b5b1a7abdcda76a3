"""Letters to speakers: how many wait, what each says, and the one press that sends them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.session import me
from cfp.submissions import letters as letter_service
from cfp.submissions import queries
from cfp.submissions.forms import SendForm
from cfp.submissions.models import Outcome
from cfp.submissions.views import pages
from cfp.submissions.views.found import entrusted_or_404


@pages.get("/<conference>/team/letters/")
@allow(Role.ORGANISER, Role.CHAIR)
def letters():
    """See which letters wait to be sent."""
    conference = current_conference()
    numbers = db.session.execute(queries.letter_counts(conference)).all()
    due = db.session.scalars(queries.letters_due(conference)).all()
    return render_template(
        "submissions/letters.html",
        due={one: [d for d in due if d.outcome is one] for one in Outcome},
        told={outcome: n for outcome, was_told, n in numbers if was_told},
        outcomes=Outcome,
        back=db.session.scalars(queries.letters_back(conference)).all(),
    )


@pages.get("/<conference>/team/letters/<code>/")
@allow(Role.ORGANISER, Role.CHAIR)
def letter(code):
    """Read a letter before it is sent."""
    submission = entrusted_or_404(code)
    if submission.decision is None:
        abort(404)
    composed = [
        letter_service.compose(submission.decision, speaker) for speaker in submission.speakers
    ]
    return render_template("submissions/letter.html", submission=submission, letters=composed)


@pages.post("/<conference>/team/letters/send")
@allow(Role.ORGANISER, Role.CHAIR)
def send_letters():
    """Send the letters of one kind."""
    form = SendForm()
    if not form.validate():
        abort(400)
    outcome, expected = Outcome(form.outcome.data), int(form.expected.data)
    silent = letter_service.send_letters(
        current_conference(), outcome, expected=expected, by=me(), at=clock.now()
    )
    said = ngettext("One decision is told.", "%(num)d decisions are told.", expected)
    flash(said, "success")
    if silent:
        names = ", ".join(speaker.person.name for speaker in silent)
        flash(
            _("No address is known of %(names)s. Please tell them yourself.", names=names),
            "warning",
        )
    return redirect(url_for("submissions.letters"))
