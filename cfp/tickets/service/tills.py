"""Cash at the end of a day: what each box should hold, and what was found in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sheets import amount
from cfp.tickets.models import TillCount
from cfp.tickets.queries import tills as queries
from cfp.tickets.till import Box, Key, Move, boxes


def boxes_of(conference: Conference) -> dict[Key, Box]:
    """Every box of an edition by day and person: two statements."""
    moves = [Move(*row) for row in db.session.execute(queries.cash(conference))]
    counted: dict[Key, Box] = {
        (one.day, one.person_id): Box(
            start=one.start_cents, counted=one.counted_cents, note=one.note
        )
        for one in db.session.scalars(queries.counts(conference))
    }
    return boxes(moves, counted, conference.timezone)


def count(
    conference: Conference,
    person_id: int,
    day: date,
    found: Box,
    *,
    by: Person,
    at: datetime,
) -> TillCount:
    """Write down the change that was put in and what was counted; counted again, it is replaced."""
    known = db.session.scalar(queries.count_of(conference, person_id, day))
    if known is None:
        known = _begin(conference, person_id, day)
    lock(known)
    known.start_cents, known.counted_cents = found.start, found.counted
    known.note, known.at = found.note, at
    db.session.flush()
    log("cash counted", known, by=by, at=at, start=found.start, cents=found.counted)
    return known


def _begin(conference: Conference, person_id: int, day: date) -> TillCount:
    new = TillCount(conference_id=conference.id, person_id=person_id, day=day)
    try:
        with db.session.begin_nested():
            db.session.add(new)
    except IntegrityError:  # a colleague counts the same box in this very moment
        return db.session.scalars(queries.count_of(conference, person_id, day)).one()
    return new


def table(conference: Conference) -> tuple[list[str], list[list[Any]]]:
    """Every box of every day, for a spreadsheet."""
    found = boxes_of(conference)
    names = names_of(found)
    head = ["day", "who", "taken", "given_back", "change_put_in", "should_be_there"]
    rows = [
        [
            day,
            names.get(who or 0, ""),
            *map(amount, (box.taken, box.back, box.start, box.expected)),
            *("" if cents is None else amount(cents) for cents in (box.counted, box.difference)),
            box.note,
        ]
        for (day, who), box in found.items()
    ]
    return [*head, "counted", "difference", "note"], rows


def names_of(found: dict[Key, Box]) -> dict[int, str]:
    """What those are called whose boxes these are."""
    ids = {who for _day, who in found if who is not None}
    return dict(db.session.execute(queries.names(ids)).all()) if ids else {}
