"""Mail around handing in: the receipt, and the invitation of a co-speaker."""

from __future__ import annotations

import re
from datetime import datetime

from cfp.conference.letters import way_in
from cfp.mail import service as mail
from cfp.people.models import Person
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


def post_invitation(submission: Submission, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that they were named as a speaker; who is new here gets a way in."""
    page = own_page(submission)
    mail.post(
        "invited_speaker",
        person,
        at=at,
        conference_id=submission.conference_id,
        key=f"invited:{submission.id}:{person.id}",
        conference=submission.conference,
        inviter=without_links(by.name),
        title=without_links(submission.title),
        page=page,
        link=way_in(person, page, at),
    )


def without_links(text: str) -> str:
    """What a stranger may put into our mail to others: words, no addresses to click on."""
    return re.sub(r"(?:\w+://|www\.)\S*", "\N{HORIZONTAL ELLIPSIS}", text, flags=re.IGNORECASE)
