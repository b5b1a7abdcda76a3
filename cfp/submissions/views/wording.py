"""What the committee's letters say: read, changed, tried on anybody, and set back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.display import LANGUAGES
from cfp.forms import Form
from cfp.people.session import me
from cfp.submissions import letters as letter_service
from cfp.submissions import queries
from cfp.submissions import wording as service
from cfp.submissions.forms import WordingForm
from cfp.submissions.views import pages


@pages.get("/<conference>/team/letters/words/")
@allow(Role.ORGANISER, Role.CHAIR)
def wordings():
    """See whose words each letter has."""
    found = [
        (kind, language, service.words_of(current_conference(), kind, language))
        for kind in service.KINDS
        for language in LANGUAGES
    ]
    return render_template("submissions/wordings.html", found=found, titles=titles())


@pages.route("/<conference>/team/letters/words/<letter_kind>/<tongue>", methods=["GET", "POST"])
@allow(Role.ORGANISER, Role.CHAIR)
def wording(letter_kind, tongue):
    """Change the words of a letter, and try them on anybody who proposed something."""
    conference = get_conference_or_404(letter_kind, tongue)
    now = service.words_of(conference, letter_kind, tongue)
    form = WordingForm(data={"subject": now.subject, "body": now.body})
    if form.validate_on_submit():
        words = service.Words(form.subject.data, form.body.data)
        with form.refusals():
            service.keep(conference, letter_kind, tongue, words, by=me(), at=clock.now())
        if not form.errors:
            flash(_("These words are kept. Nothing is sent yet."), "success")
            return redirect(request.full_path.rstrip("?"))
    people = db.session.scalars(queries.who_gets_letters(conference)).all()
    chosen = next((one for one in people if named(one) == request.args.get("to")), None)
    page = render_template(
        "submissions/wording.html",
        form=form,
        kind=letter_kind,
        language=tongue,
        is_own=now.is_own,
        words=service.WORDS,
        titles=titles(),
        named=named,
        people=people,
        preview=letter_service.tried(letter_kind, chosen) if chosen else None,
    )
    return page, 422 if form.is_submitted() else 200


@pages.post("/<conference>/team/letters/words/<letter_kind>/<tongue>/reset")
@allow(Role.ORGANISER, Role.CHAIR)
def reset_wording(letter_kind, tongue):
    """Write our own words again."""
    conference = get_conference_or_404(letter_kind, tongue)
    if Form().validate_on_submit():
        service.reset(conference, letter_kind, tongue, by=me(), at=clock.now())
        flash(_("The letter has our own words again."), "success")
    return redirect(url_for("submissions.wording", letter_kind=letter_kind, tongue=tongue))


def get_conference_or_404(kind, language):
    if kind not in service.KINDS or language not in LANGUAGES:
        abort(404)
    return current_conference()


def named(speaker):
    """How an address names one speaker of one proposal."""
    return f"{speaker.submission.code}-{speaker.person.code}"


def titles():
    return {
        "accepted": _("Accepted"),
        "waitlisted": _("Waiting list"),
        "declined": _("Declined"),
        "confirm_please": _("Reminder to answer"),
    }
