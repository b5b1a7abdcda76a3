"""Letters to sponsors: the offer with the way to their desk."""

from __future__ import annotations

from datetime import datetime

from cfp.conference.models import Conference
from cfp.mail import service as mail
from cfp.sponsors.links import desk_link
from cfp.sponsors.models import Agreement, AgreementState, Application, Contact


def offered(agreement: Agreement, at: datetime) -> int:
    """Tell everybody at the sponsor where the offer is; each has a link of their own."""
    sponsor, sent = agreement.sponsor, 0
    for contact in sponsor.contacts:
        to = mail.Correspondent(contact.email, contact.name, sponsor.language)
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


def page(contact: Contact, at: datetime) -> None:
    """Give a contact the way to their desk; another version of the link is another letter."""
    sponsor = contact.sponsor
    mail.post(
        "sponsor_link",
        mail.Correspondent(contact.email, contact.name, sponsor.language),
        at=at,
        conference_id=sponsor.conference_id,
        key=f"sponsor_link:{contact.code}:{contact.link_version}",
        conference=sponsor.conference,
        sponsor=sponsor,
        link=desk_link(contact),
    )


def welcome(contact: Contact, standing: Agreement | None, at: datetime) -> bool:
    """Whoever is added while something stands gets what the others have had; else nothing yet."""
    if standing is None:
        return False
    if standing.state is AgreementState.OFFERED:
        offered(standing, at)
    else:
        page(contact, at)
    return True


def applied(application: Application, conference: Conference, at: datetime) -> None:
    """Tell who asked that it was heard, and whether the level is full."""
    to = mail.Correspondent(application.email, application.name, application.language)
    mail.post(
        "sponsor_applied",
        to,
        at=at,
        conference_id=conference.id,
        key=f"sponsor_applied:{application.code}",
        conference=conference,
        application=application,
    )


def not_taken(application: Application, conference: Conference, at: datetime) -> None:
    """Tell who asked that it will not be."""
    to = mail.Correspondent(application.email, application.name, application.language)
    mail.post(
        "sponsor_not_taken",
        to,
        at=at,
        conference_id=conference.id,
        key=f"sponsor_not_taken:{application.code}",
        conference=conference,
        application=application,
    )


def colleague(contact: Contact, of: Contact, at: datetime) -> None:
    """Give somebody new at a sponsor a link of their own."""
    sponsor = contact.sponsor
    mail.post(
        "sponsor_colleague",
        mail.Correspondent(contact.email, contact.name, sponsor.language),
        at=at,
        conference_id=sponsor.conference_id,
        key=f"sponsor_colleague:{contact.code}",
        conference=sponsor.conference,
        sponsor=sponsor,
        colleague=of.name,
        link=desk_link(contact),
    )
