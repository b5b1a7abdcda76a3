"""What all pages of reviews share: their blueprint, who is looking, and with whose eyes."""

from flask import Blueprint, abort, current_app, g, request, url_for
from flask_babel import gettext as _

from cfp.access import Role, allowed
from cfp.conference.current import memberships, roles_here
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews import queries
from cfp.submissions.models import Submission
from cfp.submissions.seen import Seen, as_seen_by

pages = Blueprint("reviews", __name__)

# At their desk also a chair who reviews is a reviewer, and reads blind where the edition is blind.
REVIEWER = frozenset({Role.REVIEWER})


KNOWS_ALL_TRACKS = frozenset({Role.ORGANISER, Role.CHAIR})


@pages.context_processor
def committee_pages():
    """The pages of the committee as far as this visitor may open them, in their order."""
    known = (
        (_("Progress"), "reviews.overview"),
        (_("Reviewers"), "reviews.reviewers"),
        (_("Conflicts"), "reviews.conflicts"),
        (_("Assignment"), "reviews.assignment"),
        (_("Due"), "reviews.due"),
        (_("Ranking"), "reviews.ranking"),
        (_("Selection"), "reviews.selection"),
    )
    return {
        "committee_pages": [
            {"label": label, "url": url_for(endpoint), "current": request.endpoint == endpoint}
            for label, endpoint in known
            if allowed(current_app, endpoint) & roles_here()
        ]
        if g.get("conference")
        else []
    }


def tracks_here() -> set[int] | None:
    """The tracks that a track chair leads; None for those who look after all of them."""
    if roles_here() & KNOWS_ALL_TRACKS:
        return None
    return {
        m.track_id
        for m in memberships()
        if m.conference_id == g.conference.id and m.role is Role.TRACK_CHAIR and m.track_id
    }


def seen(submission: Submission) -> Seen:
    return as_seen_by(submission, me(), REVIEWER)


def get_proposal_or_404(code: str) -> Submission:
    """The proposal of this edition; one that is not in the running does not exist here."""
    submission = db.session.scalar(queries.proposal(g.conference.id, code))
    return submission or abort(404)


def is_theirs_to_see(submission: Submission) -> bool:
    """Whether whoever runs the edition may read the verdicts on it: on their own nobody does."""
    tracks = tracks_here()
    is_own = any(speaker.person_id == me().id for speaker in submission.speakers)
    return not is_own and (tracks is None or submission.track_id in tracks)


def status(form: Form) -> int:
    """422 for a form that was sent and is not right, so that nothing of it is kept."""
    return 422 if form.is_submitted() else 200
