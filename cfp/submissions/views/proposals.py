"""Writing a proposal: a new one, a change to one, its preview."""

from __future__ import annotations

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.codes import known_number
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.errors import Refused
from cfp.invited import queries as invited_queries
from cfp.invited.models import Invitation
from cfp.invited.service import doors_of
from cfp.markdown import markdown
from cfp.people.service import log
from cfp.people.session import me
from cfp.questions import queries as question_queries
from cfp.questions import service as question_service
from cfp.questions.models import Question
from cfp.submissions import service
from cfp.submissions.forms import KEY, ProposalForm, proposal_form
from cfp.submissions.models import Submission, SubmissionState, UnsentEdit
from cfp.submissions.receipts import post_receipt
from cfp.submissions.views import pages
from cfp.submissions.views.found import own_or_404
from cfp.submissions.views.unsent import keep_by_itself, typed_before

AUTOSAVE = "X-Autosave"  # the header by which a script says that it saves by itself


@pages.route("/<conference>/proposals/new", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def new():
    """Write a proposal; its key is in the address, so that going back leads to the same one."""
    conference, key = current_conference(), request.args.get("key", "")
    doors = doors_of(conference, [me().id], clock.now())
    form = proposal_form(doors, me(), questions=_asked())
    if request.method == "POST":
        return _page(form)
    if not doors.are_open(None, clock.now()):
        return redirect(url_for("submissions.call"))
    if not KEY.fullmatch(key):
        wanted = request.args.get("format", None, known_number)
        return redirect(url_for("submissions.new", key=uuid.uuid4(), format=wanted))
    begun = service.find_begun(conference, key=key, by=me())
    if begun:
        return redirect(url_for("submissions.edit", code=begun.code))
    form.key.data, form.format_id.data = key, request.args.get("format", None, known_number)
    return _page(form)


@pages.route("/<conference>/proposals/<code>/edit", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def edit(code):
    """Change one's own proposal."""
    submission = own_or_404(code)
    answers = question_service.answers_of(submission.id)
    doors = doors_of(current_conference(), [s.person_id for s in submission.speakers], clock.now())
    unsent = service.find_unsent(submission, me())
    form = proposal_form(doors, me(), submission, _asked(), answers, **typed_before(unsent))
    return _page(form, submission, unsent)


@pages.post("/<conference>/proposals/preview")
@allow(Role.SIGNED_IN)
def preview():
    """See how an abstract will look."""
    text = request.form.get("abstract", "")[:20_000]
    return render_template("submissions/_preview.html", html=markdown(text))


def _asked() -> list[Question]:
    return list(db.session.scalars(question_queries.asked(current_conference())))


def _page(
    form: ProposalForm, submission: Submission | None = None, unsent: UnsentEdit | None = None
):
    """Keep what was sent, or show the form with what was typed and why it was not kept."""
    if AUTOSAVE in request.headers:
        return _save_by_itself(form, submission)
    if "preview" in request.form:  # without scripts the preview comes with the whole page
        return _form_page(form, submission, html=markdown(form.abstract.data))
    if not form.validate_on_submit():
        return _form_page(form, submission, unsent=unsent), form.status
    saved = other = None
    with form.refusals():
        try:
            kept = _keep(form, submission)
        except service.SavedElsewhere as elsewhere:
            submission = elsewhere.submission
            saved = service.content_of(submission)
            form.version.data = str(submission.version)
            raise
        except service.TypedElsewhere as elsewhere:
            other, form.kept.data = elsewhere.unsent, elsewhere.unsent.saved_by
            raise
    if form.errors:
        return _form_page(form, submission, saved=saved, other=other), 422
    handed_in = kept.state is SubmissionState.SUBMITTED
    said = _("“%(title)s” is handed in.") if handed_in else _("“%(title)s” is saved as a draft.")
    flash(said % {"title": kept.title}, "success")
    return redirect(url_for("submissions.show", code=kept.code))


def _save_by_itself(form: ProposalForm, submission: Submission | None):
    """Keep a draft in the background; the answer is for the script, its sentence for the person."""
    if submission is not None and submission.state is not SubmissionState.DRAFT:
        return keep_by_itself(form, submission)
    if not form.validate():
        sentence = next(iter([*form.form_errors, *(e for f in form for e in f.errors)]))
        return {"sentence": str(sentence)}, 422
    try:
        kept = _keep_text(form, submission, by_itself=True)
    except service.SavedElsewhere as elsewhere:
        return {"sentence": elsewhere.sentence}, 409
    except Refused as refused:
        return {"sentence": refused.sentence}, 422
    db.session.flush()
    url = url_for("submissions.edit", code=kept.code)
    return {"version": kept.version, "code": kept.code, "url": url}


def _keep(form: ProposalForm, submission: Submission | None) -> Submission:
    """Everything that the form says, and handing it in if that was pressed; all or nothing."""
    person, at = me(), clock.now()
    if submission is not None:
        service.check_unsent(submission, kept=form.kept.data, saves=form.saves(), by=person)
    submission = _keep_text(form, submission)
    service.forget_unsent(submission, person)
    service.remove(submission, form.remove.data or [], by=person, at=at)
    service.invite(submission, form.addresses(), by=person, at=at)
    if "hand_in" in request.form:
        service.hand_in(submission, by=person, at=at)
        post_receipt(submission, at=at)
    return submission


def _keep_text(
    form: ProposalForm, submission: Submission | None, *, by_itself: bool = False
) -> Submission:
    """The proposal itself, and what its author says of themselves; no letter goes out."""
    person, content, at = me(), form.content(), clock.now()
    seen, answers, saves = int(form.version.data), form.answers(), form.saves()
    if submission is None:
        submission, is_new = service.begin(
            current_conference(), content, key=form.key.data, by=person, at=at, saves=saves
        )
        seen = submission.version if is_new else 0  # a double click, or the back button
    service.change(
        submission,
        content,
        seen=seen,
        by=person,
        at=at,
        answers=answers,
        how=service.Saving(saves, by_itself=by_itself),
    )
    service.set_availability(person, submission.conference, form.availability(), at=at)
    if form.employer.data != person.employer:
        person.employer = form.employer.data
        log("changed profile", person, by=person, at=at, changed=["employer"])
    return submission


def _form_page(form, submission, *, saved=None, html=None, unsent=None, other=None) -> str:
    is_draft = submission is None or submission.state is not SubmissionState.SUBMITTED
    return render_template(
        "submissions/form.html",
        form=form,
        submission=submission,
        saved=saved,
        is_draft=is_draft,
        unsent=unsent,
        other=other,
        html=html,
        closes=form.doors.close_at(form.track_id.data),
        invited=_invited(submission),
    )


def _invited(submission: Submission | None) -> list[Invitation]:
    """The co-speakers who have not answered."""
    if submission is None:
        return []
    return list(db.session.scalars(invited_queries.to_speak(submission.id)))
