"""Rooms, tracks and formats: add, change, put in order, take away what nothing needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp.conference import queries
from cfp.conference.models import Conference, Track
from cfp.conference.queries import Part
from cfp.conference.service.editions import plain
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log


def add_part(
    kind: type[Part], conference: Conference, values: dict[str, Any], *, by: Person, at: datetime
) -> Part:
    """A new one, at the end of the list."""
    there = db.session.scalars(queries.parts(kind, conference)).all()
    position = max((part.position for part in there), default=-1) + 1
    part = kind(conference_id=conference.id, position=position, **values)
    with _one_of_a_name():
        db.session.add(part)
    log("added", part, by=by, at=at, name=part.name)
    return part


def change_part(part: Part, values: dict[str, Any], *, by: Person, at: datetime) -> None:
    changed = {
        name: [plain(getattr(part, name)), plain(value)]
        for name, value in values.items()
        if getattr(part, name) != value
    }
    with _one_of_a_name():
        for name, value in values.items():
            setattr(part, name, value)
    if changed:
        log("changed", part, by=by, at=at, changed=changed)


def remove_part(part: Part, *, by: Person, at: datetime) -> None:
    """Take it away, unless something needs it; the database knows what does."""
    if isinstance(part, Track) and db.session.scalar(queries.chairs_of(part)):
        raise Refused(
            _("“%(name)s” has a track chair. Take the chair off the team first.", name=part.name)
        )
    name = part.name
    log("removed", part, by=by, at=at, name=name)
    try:
        with db.session.begin_nested():
            db.session.delete(part)
    except IntegrityError as needed:
        raise Refused(
            _("“%(name)s” is in use. Move what is in it elsewhere first.", name=name)
        ) from needed


def move_part(part: Part, *, up: bool) -> None:
    """One place up or down; at the end of the list nothing happens."""
    conference = db.session.get_one(Conference, part.conference_id)
    there = list(db.session.scalars(queries.parts(type(part), conference)))
    here = there.index(part)
    there.insert(max(here - 1, 0) if up else here + 1, there.pop(here))
    for position, one in enumerate(there):
        one.position = position
    db.session.flush()


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """The database refuses a second one of the same name, even if two people add it at once."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as twice:
        raise Refused(_("There is one of this name already."), field="name") from twice
