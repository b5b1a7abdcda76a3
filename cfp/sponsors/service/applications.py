"""Somebody asks to become a sponsor; the organisers take it in, or say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import letters, queries
from cfp.sponsors.models import Application, ApplicationState, Level, Sponsor
from cfp.sponsors.service import places, register
from cfp.sponsors.service.register import Company


@dataclass(frozen=True)
class Applicant:
    """Who asks, in their own words."""

    company: str
    name: str
    email: str
    website: str = ""
    message: str = ""
    language: str = "en"


def apply(conference: Conference, level: Level, who: Applicant, *, at: datetime) -> Application:
    """Ask for a level, full or not; the same address asks for the same level once."""
    plan = db.session.scalar(queries.sponsoring(conference))
    if plan is None or not plan.is_open:
        raise Refused(_("No sponsors are looked for at the moment."))
    if level.conference_id != conference.id:
        raise Refused(_("This level is of another edition."))
    email = who.email.strip().lower()
    known: Application | None = db.session.scalar(queries.application_of(level, email))
    if known is not None:
        return known
    made = Application(
        conference_id=conference.id,
        level=level,
        at=at,
        **vars(who) | {"email": email},
    )
    db.session.add(made)
    db.session.flush()
    log("asked to sponsor", made, by=None, at=at, level=level.name)
    letters.applied(made, conference, at)
    return made


def take_in(application: Application, *, by: Person, at: datetime) -> Sponsor:
    """Make it a sponsor; of a full level it stands in line since it asked."""
    _open(application)
    conference = db.session.get_one(Conference, application.conference_id)
    sponsor = db.session.scalar(queries.sponsor_named(conference, application.company))
    if sponsor is None:
        company = Company(
            application.company, website=application.website, language=application.language
        )
        sponsor = register.add(conference, company, by=by, at=at)
    if application.email not in {contact.email for contact in sponsor.contacts}:
        register.add_contact(sponsor, application.name, application.email, by=by, at=at)
    if application.level.left == 0:
        places.wait(application.level, sponsor, by=by, at=at, since=application.at)
    application.state, application.sponsor = ApplicationState.TAKEN, sponsor
    db.session.flush()
    return sponsor


def decline(application: Application, *, by: Person, at: datetime) -> None:
    """Say no, in a letter."""
    _open(application)
    application.state = ApplicationState.DECLINED
    db.session.flush()
    conference = db.session.get_one(Conference, application.conference_id)
    letters.not_taken(application, conference, at)
    log("declined an application", application, by=by, at=at)


def _open(application: Application) -> None:
    lock(application)
    if application.state is not ApplicationState.NEW:
        raise Refused(_("Somebody has answered this already."))
