"""Letters to sponsors: the offer with the way to their desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cfp.mail import service as mail
from cfp.sponsors.links import desk_link
from cfp.sponsors.models import Agreement


@dataclass
class Addressee:
    """A contact: an address that belongs to no account."""

    email: str
    name: str
    language: str
    id: int | None = None


def offered(agreement: Agreement, at: datetime) -> int:
    """Tell everybody at the sponsor where the offer is; each has a link of their own."""
    sponsor, sent = agreement.sponsor, 0
    for contact in sponsor.contacts:
        to = Addressee(contact.email, contact.name, sponsor.language)
        sent += bool(
            mail.post(
                "sponsor_offer",
                to,
                at=at,
                conference_id=agreement.conference_id,
                key=f"sponsor_offer:{agreement.id}:{contact.id}",
                conference=agreement.conference,
                agreement=agreement,
                link=desk_link(contact),
            )
        )
    return sent
