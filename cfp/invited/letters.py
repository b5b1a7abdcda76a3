"""The letters with which invitations travel; to an address, whoever it belongs to."""

from __future__ import annotations

import re
from datetime import datetime

from cfp.invited.links import link_of
from cfp.invited.models import Invitation, Purpose
from cfp.mail import service as mail

KINDS = {
    Purpose.CO_SPEAKER: "invited_speaker",
    Purpose.LATE: "invited_late",
    Purpose.KEYNOTE: "invited_keynote",
}


def post(invitation: Invitation, *, at: datetime, title: str = "") -> None:
    """Send the link of an invitation, once for each new link; without an address nothing goes."""
    inviter = invitation.by.name if invitation.by else invitation.conference.name
    to = mail.Correspondent(
        invitation.email, invitation.name or invitation.email, invitation.language
    )
    mail.post(
        KINDS[invitation.purpose],
        to,
        at=at,
        conference_id=invitation.conference_id,
        key=f"invited:{invitation.id}:{invitation.serial}",
        conference=invitation.conference,
        inviter=without_links(inviter),
        title=without_links(title),
        note=invitation.note,
        until=invitation.until,
        format=invitation.format,
        link=link_of(invitation),
    )


def without_links(text: str) -> str:
    """What a stranger may put into our mail to others: words, no addresses to click on."""
    return re.sub(r"(?:\w+://|www\.)\S*", "\N{HORIZONTAL ELLIPSIS}", text, flags=re.IGNORECASE)
