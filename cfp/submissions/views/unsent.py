"""Changes to a handed-in proposal that are typed and kept, and not handed in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import FileField
from wtforms.validators import ValidationError

from cfp import clock
from cfp.access import Role, allow
from cfp.errors import Refused
from cfp.people.session import me
from cfp.questions import service as question_service
from cfp.questions.forms import DROP
from cfp.submissions import service
from cfp.submissions.forms import ProposalForm, proposal_form
from cfp.submissions.models import Submission, UnsentEdit
from cfp.submissions.views import pages
from cfp.submissions.views.found import own_or_404

OURS = {"csrf_token", "key", "version", "unheard", "kept"}  # of the form, and no words of anybody
MOST, LONGEST = 100, 20_000  # values of a field, characters of a value: more is no typing


@pages.post("/<conference>/proposals/<code>/unsent/discard")
@allow(Role.SIGNED_IN)
def discard_unsent(code):
    """Throw away the changes that one typed and did not hand in."""
    service.forget_unsent(own_or_404(code), me())
    flash(_("Your changes are gone. What you handed in stands."), "success")
    return redirect(url_for("submissions.show", code=code))


def typed_before(unsent: UnsentEdit | None) -> dict[str, Any]:
    """For the form: what was typed and not handed in, as it stood there."""
    if unsent is None or request.method == "POST":
        return {}
    ours = {"version": [str(unsent.seen)], "kept": [unsent.saved_by]}
    return {"formdata": MultiDict(unsent.typed | ours)}


def keep_by_itself(form: ProposalForm, submission: Submission):
    """Keep what is typed over a handed-in proposal; the answer is for the script."""
    seen, person = form.version.data, me()
    before: dict[str, Any] = {"kept": form.kept.data, "saves": form.saves(), "by": person}
    try:
        form.validate_version(form.version)
        if not _says_something_else(form, submission):
            service.check_unsent(submission, **before)
            service.forget_unsent(submission, person)
            return {"version": seen, "kept": "", "sentence": _("This is what you handed in.")}
        unsent = service.keep_unsent(
            submission, _typed(form), seen=int(seen), at=clock.now(), **before
        )
    except ValidationError as wrong:
        return {"sentence": str(wrong)}, 409
    except Refused as refused:
        return {"sentence": refused.sentence}, 409
    return {"version": seen, "kept": unsent.saved_by}


def _words(form: ProposalForm) -> list[str]:
    """The fields in which somebody says something; a file cannot be put back into a form."""
    return [
        field.name
        for field in form
        if field.name not in OURS and not isinstance(field, FileField) and DROP not in field.name
    ]


def _typed(form: ProposalForm) -> service.Typed:
    sent = {name: request.form.getlist(name)[:MOST] for name in _words(form)}
    return {
        name: [value[:LONGEST].replace("\0", "") for value in values]
        for name, values in sent.items()
        if values
    }


def _says_something_else(form: ProposalForm, submission: Submission) -> bool:
    """Whether the form differs from what is handed in, and said of oneself."""
    answers = question_service.answers_of(submission.id)
    stands = proposal_form(form.doors, me(), submission, form.questions, answers, formdata=None)
    return any(
        form[name].process_errors or (form[name].data or None) != (stands[name].data or None)
        for name in _words(form)
    )
