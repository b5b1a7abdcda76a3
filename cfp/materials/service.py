"""Link a recording or slides to a talk, and take the link away."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask_babel import gettext as _

from cfp.access import Role
from cfp.db import db
from cfp.errors import Refused
from cfp.materials import queries
from cfp.materials.models import Material, MaterialKind
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions.models import Talk

MOST = 12  # links of one talk
EDITORS = frozenset({Role.ORGANISER, Role.CHAIR, Role.CREW})


def may_edit(talk_id: int, person: Person | None, roles: frozenset[Role]) -> bool:
    """The team, and whoever speaks in it."""
    if person is None:
        return False
    return bool(roles & EDITORS) or db.session.scalar(queries.speaks(talk_id, person)) is not None


def add(
    talk: Talk,
    kind: MaterialKind,
    url: str,
    title: str = "",
    shows_from: datetime | None = None,
    *,
    by: Person,
    at: datetime,
) -> Material:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or set(url) & set(" \\<>\"'"):
        raise Refused(_("Please give an address that begins with https://."), field="url")
    known = db.session.scalars(queries.of_talk(talk.id)).all()
    if any(one.url == url for one in known):
        raise Refused(_("This link is there already."), field="url")
    if len(known) >= MOST:
        raise Refused(_("A session has room for %(most)d links.", most=MOST))
    made = Material(
        talk=talk, kind=kind, url=url, title=title, shows_from=shows_from, added_by_id=by.id
    )
    db.session.add(made)
    db.session.flush()
    log("linked", made, by=by, at=at, conference_id=talk.conference_id, url=url, kind=kind.value)
    return made


def remove(material: Material, *, by: Person, at: datetime) -> None:
    log(
        "unlinked",
        material,
        by=by,
        at=at,
        conference_id=material.talk.conference_id,
        url=material.url,
    )
    db.session.delete(material)
    db.session.flush()


def shown(talk_id: int, at: datetime) -> list[Material]:
    """What everybody sees of a talk now."""
    return [one for one in db.session.scalars(queries.of_talk(talk_id)) if one.shows(at)]
