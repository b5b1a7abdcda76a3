"""Travel sponsors: offered by speakers with their proposals, named once the organisers agree."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors.models import TravelSponsor
from cfp.sponsors.queries import travel as queries
from cfp.submissions.queries import travel_sponsors


def offered(conference: Conference) -> list[tuple[str, bool]]:
    """Employers that may be named, and whether they are."""
    agreed = {one.employer for one in db.session.scalars(queries.agreed(conference))}
    names = db.session.scalars(travel_sponsors(conference)).all()
    return [(name, name in agreed) for name in sorted(names, key=str.lower)]


def named(conference: Conference) -> list[str]:
    """Whom the public reads."""
    return [*db.session.scalars(queries.named(conference))]


def agree(conference: Conference, employer: str, *, by: Person, at: datetime) -> None:
    """Name it in public, for as long as one of its speakers comes and still wants it."""
    if employer not in db.session.scalars(travel_sponsors(conference)).all():
        raise Refused(_("No speaker who is confirmed has offered this name."))
    if _of(conference, employer) is None:
        made = TravelSponsor(
            conference_id=conference.id, employer=employer, agreed_at=at, agreed_by=by
        )
        db.session.add(made)
        db.session.flush()
        log("named a travel sponsor", made, by=by, at=at, employer=employer)


def unname(conference: Conference, employer: str, *, by: Person, at: datetime) -> None:
    """Not to be named any more."""
    found = _of(conference, employer)
    if found is not None:
        log("no longer names a travel sponsor", found, by=by, at=at, employer=employer)
        db.session.delete(found)
        db.session.flush()


def _of(conference: Conference, employer: str) -> TravelSponsor | None:
    return db.session.scalars(
        queries.agreed(conference).where(TravelSponsor.employer == employer)
    ).first()
