"""An edition is created, described, given its deadlines."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.access import Role
from cfp.conference import queries
from cfp.conference.models import Conference, Membership, Publicity
from cfp.conference.service.clone import furnish_like
from cfp.conference.service.plan import Plan
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.second_factor import factor_of
from cfp.people.service import log

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MOST_DAYS = 31


@dataclass(frozen=True)
class Basics:
    """What an edition is called, where and when it is, and who sees it."""

    name: str
    starts_on: date
    ends_on: date
    timezone: str = "Europe/Berlin"
    tagline: str = ""
    about: str = ""
    venue: str = ""
    city: str = ""
    accent: int = 255
    publicity: Publicity = Publicity.DRAFT
    organisers_need_factor: bool = False


def create_edition(
    slug: str,
    basics: Basics,
    *,
    reserved: Collection[str],
    by: Person,
    at: datetime,
    source: Conference | None = None,
) -> Conference:
    """A new edition whose creator organises and chairs it; furnished like ``source``, if given.

    ``reserved`` are the words that begin other addresses of this installation.
    """
    if not SLUG.fullmatch(slug):
        raise Refused(_("Small letters, digits and hyphens, please: foss-2027."), field="slug")
    taken = slug in reserved or db.session.scalar(queries.by_slug(slug)) is not None
    if taken:
        raise Refused(_("This address is taken."), field="slug")
    _check(basics)
    conference = Conference(slug=slug, created_at=at, **asdict(basics))
    try:
        with db.session.begin_nested():
            db.session.add(conference)
    except IntegrityError as taken_meanwhile:
        raise Refused(_("This address is taken."), field="slug") from taken_meanwhile
    for role in (Role.ORGANISER, Role.CHAIR):
        db.session.add(Membership(conference=conference, person=by, role=role))
    if source is not None:
        furnish_like(source, conference)
    db.session.flush()
    log("created", conference, by=by, at=at, conference_id=conference.id)
    return conference


def describe(conference: Conference, basics: Basics, *, by: Person, at: datetime) -> None:
    """Write new basics; the address of an edition never changes."""
    _check(basics)
    if basics.organisers_need_factor and factor_of(by) is None:
        sentence = _("Please set up your own second factor first, under Account.")
        raise Refused(sentence, field="organisers_need_factor")
    _write(conference, basics, by=by, at=at)


def plan(conference: Conference, new: Plan, *, by: Person, at: datetime) -> None:
    """Write new deadlines and rules of the call."""
    opens, closes = new.call_opens_at, new.call_closes_at
    if closes is not None and opens is None:
        raise Refused(_("A call that closes has to open first."), field="call_opens_at")
    if opens is not None and closes is not None and closes <= opens:
        raise Refused(_("The call has to close after it opens."), field="call_closes_at")
    _write(conference, new, by=by, at=at)


def _check(basics: Basics) -> None:
    if basics.ends_on < basics.starts_on:
        raise Refused(_("The last day cannot be before the first."), field="ends_on")
    if (basics.ends_on - basics.starts_on).days >= MOST_DAYS:
        raise Refused(_("An edition lasts at most %(n)s days.", n=MOST_DAYS), field="ends_on")
    if not clock.is_zone(basics.timezone):
        raise Refused(_("Please choose a time zone such as Europe/Berlin."), field="timezone")
    if basics.accent not in range(0, 360, 15):
        raise Refused(_("Please choose one of the colours."), field="accent")


def _write(conference: Conference, new: Basics | Plan, *, by: Person, at: datetime) -> None:
    """Write what is different, and remember what it was."""
    changed: dict[str, list[Any]] = {}
    for name, value in asdict(new).items():
        before = getattr(conference, name)
        if value != before:
            changed[name] = [plain(before), plain(value)]
            setattr(conference, name, value)
    if changed:
        db.session.flush()
        log("changed", conference, by=by, at=at, conference_id=conference.id, changed=changed)


def plain(value: Any) -> Any:
    """A value as the log keeps it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
