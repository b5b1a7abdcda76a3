"""Mail to speakers beside the committee's letters: a receipt, an answer to a wish."""

from __future__ import annotations

from datetime import datetime

from cfp.mail import service as mail
from cfp.submissions.links import own_page
from cfp.submissions.models import ChangeRequest, RequestState, Submission


def post_receipt(submission: Submission, *, at: datetime) -> None:
    """Tell all speakers that the proposal arrived; once, however often it is handed in."""
    for speaker in submission.speakers:
        mail.post(
            "submitted",
            speaker.person,
            at=at,
            conference_id=submission.conference_id,
            key=f"submitted:{submission.id}:{speaker.person_id}",
            conference=submission.conference,
            title=submission.title,
            page=own_page(submission),
        )


def post_change(request: ChangeRequest, *, at: datetime) -> None:
    """Tell whoever asked for a change what the organisers said; once."""
    submission = request.submission
    mail.post(
        "change_answered",
        request.by,
        at=at,
        conference_id=submission.conference_id,
        key=f"change:{request.id}",
        conference=submission.conference,
        title=submission.talk.title if submission.talk else submission.title,
        agreed=request.state is RequestState.AGREED,
        answer=request.answer,
        page=own_page(submission),
    )
