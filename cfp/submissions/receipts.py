"""Mail around handing in: the receipt."""

from __future__ import annotations

from datetime import datetime

from cfp.mail import service as mail
from cfp.submissions.links import own_page
from cfp.submissions.models import Submission


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
