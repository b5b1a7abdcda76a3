"""The team's list of proposals, and everything about one of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.codes import known_number
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.forms import clean_line
from cfp.people.session import me
from cfp.questions.service import answers_of
from cfp.submissions import queries, service
from cfp.submissions.forms import DecisionForm, language_name, level_names
from cfp.submissions.models import Outcome, SubmissionState
from cfp.submissions.seen import answers_as_seen_by, as_seen_by
from cfp.submissions.views import pages
from cfp.submissions.views.found import entrusted_or_404

PER_PAGE = 100
FILTERS = ("q", "state", "track", "format", "outcome")
# What the record of a proposal tells the team; the committee's own affairs are not among it.
TOLD = (
    *(
        "drafted",
        "edited",
        "submitted",
        "withdrawn",
        "invited speaker",
        "joined",
        "removed speaker",
        "left",
    ),
    *("changed talk", "asked for a change", "agreed to a change", "refused a change"),
    *("decided", "undid decision", "told", "confirmed", "declined", "talk moved"),
)


def filtered():
    """The proposals that the visitor looks after, narrowed and sorted as the address says."""
    asked = request.args
    everything = queries.visible_to(me(), roles_here(), current_conference())
    some = queries.matching(
        everything,
        q=clean_line(asked.get("q")),
        state=asked.get("state", ""),
        track=asked.get("track", None, known_number),
        format_=asked.get("format", None, known_number),
        outcome=asked.get("outcome", ""),
    )
    return everything, queries.in_order(some, asked.get("sort", "-submitted"))


@pages.get("/<conference>/team/proposals/")
@allow(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR)
def listing():
    """See all proposals."""
    everything, some = filtered()
    page = max(request.args.get("page", 1, known_number), 1)
    found = db.paginate(
        some.options(*queries.with_all()), page=page, per_page=PER_PAGE, error_out=False
    )
    return render_template(
        "submissions/listing.html",
        found=found,
        counts=db.session.execute(queries.counts(everything)).all(),
        drafts=db.session.scalar(queries.drafts(current_conference())),
        asked={name: request.args.get(name, "") for name in FILTERS},
        sort=request.args.get("sort", "-submitted"),
        states=SubmissionState,
        may_write=bool(roles_here() & queries.OVERSEERS),
        may_import=Role.ORGANISER in roles_here(),
    )


@pages.get("/<conference>/team/proposals/<code>/")
@allow(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR)
def detail(code):
    """See everything about a proposal."""
    submission = entrusted_or_404(code)
    return _detail(submission, DecisionForm(obj=submission.decision)), 200


@pages.post("/<conference>/team/proposals/<code>/decide")
@allow(Role.CHAIR)
def decide(code):
    """Decide about one proposal."""
    submission = entrusted_or_404(code)
    form = DecisionForm(obj=submission.decision)
    if not form.validate():
        return _detail(submission, form), 422
    outcome = Outcome(form.outcome.data)
    service.decide(submission, outcome, by=me(), at=clock.now(), reason=form.reason.data)
    flash(_("Decided. The speakers hear of it when you send the letters."), "success")
    return redirect(url_for("submissions.detail", code=code))


@pages.post("/<conference>/team/proposals/<code>/undo")
@allow(Role.CHAIR)
def undo(code):
    """Take back a decision nobody was told of."""
    service.undo_decision(entrusted_or_404(code), by=me(), at=clock.now())
    flash(_("The decision is taken back."), "success")
    return redirect(url_for("submissions.detail", code=code))


def _detail(submission, form) -> str:
    return render_template(
        "submissions/detail.html",
        submission=submission,
        seen=as_seen_by(submission, me(), roles_here()),
        answers=answers_as_seen_by(submission, answers_of(submission.id), me(), roles_here()),
        entries=db.session.scalars(queries.log_of(submission, TOLD)).all(),
        form=form,
        levels=level_names(),
        language_name=language_name,
        may_decide=Role.CHAIR in roles_here(),
    )
