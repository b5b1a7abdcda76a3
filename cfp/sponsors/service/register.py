"""The register of sponsors: who they are, and the people there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries, vat_id
from cfp.sponsors.models import Contact, Sponsor

MOST_CONTACTS = 12


@dataclass(frozen=True)
class Company:
    """A company as somebody writes it down."""

    name: str
    legal_name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    vat_id: str = ""
    buyer_reference: str = ""
    website: str = ""
    about: str = ""
    language: str = "en"


def add(conference: Conference, company: Company, *, by: Person | None, at: datetime) -> Sponsor:
    """A sponsor to be; nothing is offered yet."""
    sponsor = Sponsor(conference_id=conference.id, created_at=at, name="")
    return _written(sponsor, company, by, at, "added a sponsor")


def change(sponsor: Sponsor, company: Company, *, by: Person | None, at: datetime) -> Sponsor:
    """Another address or name; agreements that were offered keep theirs."""
    return _written(sponsor, company, by, at, "changed a sponsor")


def _written(
    sponsor: Sponsor, company: Company, by: Person | None, at: datetime, what: str
) -> Sponsor:
    same = sa.select(Sponsor.id).where(
        Sponsor.conference_id == sponsor.conference_id,
        sa.func.lower(Sponsor.name) == company.name.lower(),
    )
    if sponsor.id is not None:
        same = same.where(Sponsor.id != sponsor.id)
    if db.session.scalar(same) is not None:
        raise Refused(_("A sponsor of this name is here already."), field="name")
    number = vat_id.compact(company.vat_id, company.country)
    if number is None:
        raise Refused(
            _("This is no VAT id of that country. Please check its digits."), field="vat_id"
        )
    for field, value in vars(company).items():
        setattr(sponsor, field, value)
    sponsor.vat_id = number
    db.session.add(sponsor)
    db.session.flush()
    log(what, sponsor, by=by, at=at, name=sponsor.name)
    return sponsor


def remove(sponsor: Sponsor, *, by: Person, at: datetime) -> None:
    """Whoever was offered nothing can go without a trace."""
    if db.session.scalar(queries.offered_to(sponsor)) is not None:
        raise Refused(_("Something was offered to this sponsor, so it stays in the books."))
    log("removed a sponsor", sponsor, by=by, at=at, name=sponsor.name)
    db.session.delete(sponsor)
    db.session.flush()


def change_self(contact: Contact, said: dict[str, str], *, at: datetime) -> Sponsor:
    """A sponsor changes its own address; country and VAT id, which decide the tax, stay."""
    sponsor = contact.sponsor
    known = {name: getattr(sponsor, name) for name in Company.__dataclass_fields__}
    company = Company(**known | said)
    return _written(sponsor, company, None, at, "changed by the sponsor itself")


def change_contact(
    contact: Contact, name: str, phone: str, *, gets_invoices: bool, at: datetime
) -> None:
    """How somebody is called and reached; the address that the link went to stays."""
    contact.name, contact.phone, contact.gets_invoices = name, phone, gets_invoices
    db.session.flush()
    log("changed a contact", contact.sponsor, by=None, at=at, contact=contact.code)


def add_colleague(of: Contact, name: str, email: str, phone: str, *, at: datetime) -> Contact:
    """Somebody at the sponsor names somebody else there; not without end."""
    if len(of.sponsor.contacts) >= MOST_CONTACTS:
        raise Refused(_("These are as many contacts as there can be. Please write to us."))
    return add_contact(of.sponsor, name, email, phone=phone, by=None, at=at)


def add_contact(
    sponsor: Sponsor,
    name: str,
    email: str,
    *,
    phone: str = "",
    by: Person | None,
    at: datetime,
) -> Contact:
    """Somebody there, who gets a link of their own to the sponsor's desk."""
    email = email.strip().lower()
    known = sa.select(Contact.id).where(Contact.sponsor_id == sponsor.id, Contact.email == email)
    if db.session.scalar(known) is not None:
        raise Refused(_("Somebody with this address is already here."), field="email")
    contact = Contact(name=name, email=email, phone=phone)
    sponsor.contacts.append(contact)
    db.session.flush()
    log("added a contact", sponsor, by=by, at=at, contact=contact.code)
    return contact


def remove_contact(contact: Contact, *, by: Person | None, at: datetime) -> None:
    """Their link opens nothing any more. The last one stays: somebody has to get the letters."""
    sponsor = contact.sponsor
    if len(sponsor.contacts) < 2:
        raise Refused(_("This is the only contact. Add another one first."))
    log("removed a contact", sponsor, by=by, at=at, contact=contact.code)
    sponsor.contacts.remove(contact)
    db.session.flush()


def change_link(contact: Contact, *, by: Person | None, at: datetime) -> None:
    """Links sent before open nothing any more."""
    contact.link_version += 1
    log("changed a contact's link", contact.sponsor, by=by, at=at, contact=contact.code)
    db.session.flush()
