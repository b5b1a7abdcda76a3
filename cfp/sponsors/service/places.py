"""The places of a level: taken by one guarded step, and by those who wait in their order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sponsors import queries
from cfp.sponsors.models import Level, LevelWaiting, Sponsor

LEVEL: Any = Level.__table__
WAITING: Any = LevelWaiting.__table__


class LevelFull(Refused):
    """Nobody more has room in this level."""

    def __init__(self, level: Level) -> None:
        super().__init__(_("“%(level)s” is full.", level=level.name), field="level")


class OthersFirst(Refused):
    """Somebody has waited longer."""

    def __init__(self, level: Level, first: str) -> None:
        super().__init__(
            _(
                "%(first)s waits for “%(level)s” and comes first.",
                first=first,
                level=level.name,
            ),
            field="level",
        )


def take(level: Level, sponsor: Sponsor) -> None:
    """A place for the sponsor, in one conditional UPDATE: if there is one, and nobody is before.

    Two who ask at the same moment queue at the row, and what the second finds is true.
    """
    mine = sa.alias(WAITING, "mine")
    sooner = sa.or_(
        mine.c.since < WAITING.c.since,
        sa.and_(mine.c.since == WAITING.c.since, mine.c.id < WAITING.c.id),
    )
    am_sooner = sa.exists().where(
        mine.c.level_id == level.id, mine.c.sponsor_id == sponsor.id, sooner
    )
    before = sa.exists().where(
        WAITING.c.level_id == level.id, WAITING.c.sponsor_id != sponsor.id, ~am_sooner
    )
    room = sa.or_(LEVEL.c.cap.is_(None), LEVEL.c.taken < LEVEL.c.cap)
    update = sa.update(LEVEL).where(LEVEL.c.id == level.id, room, ~before)
    done: Any = db.session.execute(update.values(taken=LEVEL.c.taken + 1))
    db.session.expire(level, ["taken", "cap"])
    if done.rowcount != 1:
        raise _refusal(level, sponsor)
    db.session.execute(
        sa.delete(LevelWaiting).where(
            LevelWaiting.level_id == level.id, LevelWaiting.sponsor_id == sponsor.id
        )
    )


def _refusal(level: Level, sponsor: Sponsor) -> Refused:
    first = db.session.scalars(queries.line_for(level).limit(1)).first()
    if level.left == 0 or first is None or first.sponsor_id == sponsor.id:
        return LevelFull(level)
    return OthersFirst(level, first.sponsor.name)


def give_back(level: Level) -> None:
    """An offer or agreement has ended; its place is free."""
    db.session.execute(
        sa.update(LEVEL).where(LEVEL.c.id == level.id).values(taken=LEVEL.c.taken - 1)
    )
    db.session.expire(level, ["taken"])


def resize(level: Level, cap: int | None) -> None:
    """Another number of places; never fewer than are taken."""
    update = sa.update(LEVEL).where(LEVEL.c.id == level.id)
    if cap is not None:
        update = update.where(LEVEL.c.taken <= cap)
    done: Any = db.session.execute(update.values(cap=cap))
    db.session.expire(level, ["taken", "cap"])
    if done.rowcount != 1:
        sentence = _("%(n)s are taken already; it cannot be fewer.", n=level.taken)
        raise Refused(sentence, field="cap")


def wait(
    level: Level,
    sponsor: Sponsor,
    *,
    by: Person | None,
    at: datetime,
    since: datetime | None = None,
) -> LevelWaiting:
    """Stand in line for a level, as of ``since``; twice is once."""
    known = db.session.scalars(
        queries.line_for(level).where(LevelWaiting.sponsor_id == sponsor.id)
    ).first()
    if known is not None:
        return known
    entry = LevelWaiting(level=level, sponsor=sponsor, since=since or at)
    db.session.add(entry)
    db.session.flush()
    log("waits for a level", sponsor, by=by, at=at, level=level.name)
    return entry


def lines_of(sponsor: Sponsor) -> list[tuple[Level, int]]:
    """For which levels a sponsor waits, and as which in each line, counted from 1."""
    found: dict[int, list[LevelWaiting]] = {}
    for entry in db.session.scalars(queries.all_waiting(sponsor.conference)):
        found.setdefault(entry.level_id, []).append(entry)
    return [
        (entry.level, number)
        for line in found.values()
        for number, entry in enumerate(line, start=1)
        if entry.sponsor_id == sponsor.id
    ]


def moves(conference: Conference) -> list[tuple[Level, Sponsor]]:
    """Levels with room for which somebody waits, and who comes first."""
    first: dict[int, LevelWaiting] = {}
    for entry in db.session.scalars(queries.all_waiting(conference)):
        first.setdefault(entry.level_id, entry)
    return [(one.level, one.sponsor) for one in first.values() if one.level.left != 0]


def leave(entry: LevelWaiting, *, by: Person | None, at: datetime) -> None:
    """Go out of the line."""
    log("waits no longer", entry.sponsor, by=by, at=at, level=entry.level.name)
    db.session.delete(entry)
    db.session.flush()
