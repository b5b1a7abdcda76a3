"""Letters to sponsors: the offer with the way to their desk."""

from __future__ import annotations

from datetime import datetime

from cfp.conference.models import Conference
from cfp.mail import service as mail
from cfp.sponsors.links import desk_link
from cfp.sponsors.models import Agreement, AgreementState, Application, Contact


def offered(agreement: Agreement, at: datetime) -> int:
    """Tell everybody at the sponsor where the offer is; each has a link of their own."""
    return sum(
        _with_link("sponsor_offer", one, f"{agreement.id}:{one.id}", at, agreement=agreement)
        for one in agreement.sponsor.contacts
    )


def page(contact: Contact, at: datetime) -> None:
    """Give a contact the way to their desk; another version of the link is another letter."""
    _with_link("sponsor_link", contact, f"{contact.code}:{contact.link_version}", at)


def colleague(contact: Contact, of: Contact, at: datetime) -> None:
    """Give somebody new at a sponsor a link of their own."""
    _with_link("sponsor_colleague", contact, contact.code, at, colleague=of.name)


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
    _answer("sponsor_applied", application, conference, at)


def not_taken(application: Application, conference: Conference, at: datetime) -> None:
    """Tell who asked that it will not be."""
    _answer("sponsor_not_taken", application, conference, at)


def _with_link(kind: str, contact: Contact, once: str, at: datetime, **more: object) -> bool:
    """A letter with the way to the desk, one for each ``once``; says whether it is a new one."""
    sponsor = contact.sponsor
    sent = mail.post(
        kind,
        mail.Correspondent(contact.email, contact.name, sponsor.language),
        at=at,
        conference_id=sponsor.conference_id,
        key=f"{kind}:{once}",
        conference=sponsor.conference,
        sponsor=sponsor,
        link=desk_link(contact),
        **more,
    )
    return bool(sent)


def _answer(kind: str, application: Application, conference: Conference, at: datetime) -> None:
    mail.post(
        kind,
        mail.Correspondent(application.email, application.name, application.language),
        at=at,
        conference_id=conference.id,
        key=f"{kind}:{application.code}",
        conference=conference,
        application=application,
    )
