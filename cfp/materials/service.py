"""Link a recording to a talk or hand its slides over, and take them away."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask_babel import gettext as _

from cfp.access import Role
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.materials import queries
from cfp.materials.models import Material, MaterialKind
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions.models import Talk
from cfp.uploads import SLIDES, Sent, take_in

MOST, MOST_FILES = 12, 3  # of one talk
MOST_MEGABYTES = 15
EDITORS = frozenset({Role.ORGANISER, Role.CHAIR, Role.CREW})


def may_edit(talk_id: int, person: Person | None, roles: frozenset[Role]) -> bool:
    """The team, and whoever speaks in it."""
    if person is None:
        return False
    return bool(roles & EDITORS) or db.session.scalar(queries.speaks(talk_id, person)) is not None


def add(
    talk: Talk,
    kind: MaterialKind,
    what: str | Sent,
    title: str = "",
    shows_from: datetime | None = None,
    *,
    by: Person,
    at: datetime,
) -> Material:
    """An address, or a file: its bytes are kept by us and handed out to save."""
    lock(talk)  # two files at once are counted in turn
    known = list(db.session.scalars(queries.of_talk(talk.id)))
    if len(known) >= MOST:
        raise Refused(_("A session has room for %(most)d links.", most=MOST))
    made = Material(talk=talk, kind=kind, title=title, shows_from=shows_from, added_by_id=by.id)
    if isinstance(what, Sent):
        _fill(made, what, known)
    else:
        made.url = _checked(what, known)
    db.session.add(made)
    db.session.flush()
    told = {"url": made.url, "file": made.file_name, "kind": kind.value}
    log("linked", made, by=by, at=at, conference_id=talk.conference_id, **told)
    return made


def _checked(url: str, known: list[Material]) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or set(url) & set(" \\<>\"'"):
        raise Refused(_("Please give an address that begins with https://."), field="url")
    if any(one.url == url for one in known):
        raise Refused(_("This link is there already."), field="url")
    return url


def _fill(made: Material, sent: Sent, known: list[Material]) -> None:
    if sum(bool(one.file_name) for one in known) >= MOST_FILES:
        raise Refused(_("A session has room for %(n)s files.", n=MOST_FILES), field="slides")
    taken = take_in(sent, SLIDES, most=MOST_MEGABYTES, field="slides")
    made.file_name, made.media_type = taken.name, taken.sort.media_type
    made.size, made.data = len(taken.data), taken.data


def remove(material: Material, *, by: Person, at: datetime) -> None:
    log(
        "unlinked",
        material,
        by=by,
        at=at,
        conference_id=material.talk.conference_id,
        url=material.url,
        file=material.file_name,
    )
    db.session.delete(material)
    db.session.flush()


def shown(talk_id: int, at: datetime) -> list[Material]:
    """What everybody sees of a talk now."""
    return [one for one in db.session.scalars(queries.of_talk(talk_id)) if one.shows(at)]
