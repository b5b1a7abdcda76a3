"""The doors of an edition and the phones at them: made by the box office, and taken back."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.codes import hashed, new_code
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.links import scanner_token
from cfp.tickets.models import Door, Product, Scanner
from cfp.tickets.queries import doors as queries

SEEN_EVERY = timedelta(minutes=1)


def add_door(
    conference: Conference, name: str, products: Sequence[Product], *, by: Person, at: datetime
) -> Door:
    """A further door; without products it takes every admission."""
    known = sa.select(Door.id).where(Door.conference_id == conference.id, Door.name == name)
    if db.session.scalar(known) is not None:
        raise Refused(_("There is a door of this name already."), field="name")
    door = Door(conference_id=conference.id, name=name, products=[*products])
    db.session.add(door)
    db.session.flush()
    log("door added", door, by=by, at=at, name=name)
    return door


def remove_door(door: Door, *, by: Person, at: datetime) -> None:
    """Close a door for good; who went through it stays written, its phones take admissions."""
    log("door removed", door, by=by, at=at, name=door.name)
    db.session.delete(door)
    db.session.flush()


def add_scanner(
    conference: Conference, name: str, door: Door | None, *, by: Person, at: datetime
) -> Scanner:
    """Let a phone ask at the door. Its token is derived, and only the hash is kept."""
    scanner = Scanner(
        conference=conference, code=new_code(), name=name, door=door, made_by_id=by.id, made_at=at
    )
    scanner.token_hash = hashed(scanner_token(scanner))
    db.session.add(scanner)
    db.session.flush()
    log("scanner added", scanner, by=by, at=at, name=name)
    return scanner


def revoke(scanner: Scanner, *, by: Person, at: datetime) -> None:
    """From the next request on this phone hears nothing any more."""
    if scanner.revoked_at is not None:
        raise Refused(_("This scanner is revoked already."))
    scanner.revoked_at = at
    log("scanner revoked", scanner, by=by, at=at, name=scanner.name)


def scanner_of(conference: Conference, token: str) -> Scanner | None:
    """The scanner that a token belongs to, unless it is revoked; compared in constant time."""
    code = token.partition("-")[0]
    found = db.session.scalar(queries.scanner_by_code(conference, code)) if code else None
    stored = found.token_hash if found else ""
    if not hmac.compare_digest(stored, hashed(token)) or found is None or found.revoked_at:
        return None
    return found


def note_seen(scanner: Scanner, at: datetime) -> None:
    """Remember that it is alive, once a minute: its row is not to be a queue."""
    if scanner.seen_at is None or at - scanner.seen_at > SEEN_EVERY:
        scanner.seen_at = at
