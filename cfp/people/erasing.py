"""A person is erased: what is deleted, what loses its name, what has to stay and why.

Each room says what it keeps of a person, and forgets it; the rooms above people register here.
Whoever decided, paid or reviewed leaves a row without a name, so that what happened stays true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.codes import new_code
from cfp.db import Model, db, lock
from cfp.mail.models import Attachment, Message, MessageState
from cfp.people import queries
from cfp.people.models import LogEntry, MailedLink, Person, SecondFactor, SignIn
from cfp.people.service import log

ERASED = "[erased]"
LEAST_NAME = 5  # characters, two words: a shorter name stands in too many sentences


class Fate(Enum):
    """What becomes of something."""

    DELETED = "deleted"
    NAMELESS = "nameless"
    KEPT = "kept"


@dataclass(frozen=True)
class Line:
    """So many of something, what becomes of them, and why it is not simply deleted."""

    what: str
    count: int
    fate: Fate = Fate.DELETED
    why: str = ""


@dataclass(frozen=True)
class Room:
    """What a room tells of a person, and how it forgets them."""

    tell: Callable[[Person, datetime], Iterable[Line]]
    forget: Callable[[Person, datetime], None]


_rooms: list[Room] = []
_sealed: set[str] = {"schedule"}  # the schedule rewrites its releases itself


def forgets(
    tell: Callable[[Person, datetime], Iterable[Line]],
    forget: Callable[[Person, datetime], None],
    *,
    first: bool = False,
) -> None:
    """A room above keeps something of people; ``first``, as long as the others know of them."""
    _rooms.insert(0 if first else len(_rooms), Room(tell, forget))


def told(person: Person, at: datetime) -> list[Line]:
    """What would happen, line by line; nothing is said of what there is none of."""
    own = [
        Line(_("Your account: name, address, password, employer, text about you"), 1),
        Line(_("Devices on which you are signed in, and mailed links"), _count(SignIn, person)),
        Line(_("Letters to you"), _letters(person)),
        Line(
            _("Entries of the log of what you did"),
            db.session.scalar(queries.how_many_entries(person)) or 0,
            Fate.NAMELESS,
            _("What happened stays true; it no longer says that it was you."),
        ),
    ]
    lines = [*own, *(line for room in _rooms for line in room.tell(person, at))]
    return [line for line in lines if line.count]


def erase(person: Person, *, at: datetime) -> None:
    """Forget the person in every room; the row that others point to keeps neither name nor mail.

    :class:`Refused`, before anything is changed, where somebody else has to take over first.
    """
    lock(person)
    words = words_of(person)
    for room in _rooms:
        room.forget(person, at)
    db.session.flush()
    _forget_letters(person)
    _sweep(words)
    _sweep_own_entries(person)
    for model in (SignIn, MailedLink, SecondFactor):
        db.session.execute(sa.delete(model).where(model.person_id == person.id))
    person.name, person.email, person.code = ERASED, None, new_code()
    person.email_confirmed_at = person.password_hash = None
    person.employer = person.biography = ""
    person.is_admin = False
    db.session.flush()
    log("erased", person, by=None, at=at)
    db.session.flush()


def words_of(person: Person) -> list[str]:
    """By what somebody is found in records: the address, and a name that is one beyond doubt."""
    is_telling = len(person.name) >= LEAST_NAME and " " in person.name
    return [word for word in (person.email, person.name if is_telling else None) if word]


def without(value: Any, words: Iterable[str | re.Pattern[str]]) -> Any:
    """A text, or what JSON holds, in which none of the words stands."""
    if isinstance(value, str):
        for word in words:
            pattern = re.compile(re.escape(word)) if isinstance(word, str) else word
            value = pattern.sub(ERASED, value)
        return value
    if isinstance(value, list):
        return [without(one, words) for one in value]
    if isinstance(value, dict):
        return {without(key, words): without(one, words) for key, one in value.items()}
    return value


def sealed(*tables: str) -> None:
    """These are kept by law or by contract, as they are: nobody rewrites them."""
    _sealed.update(tables)


def like_any(column: Any, words: Iterable[str]) -> sa.ColumnElement[bool]:
    """Whether a text or JSON column holds one of the words, as it is stored."""
    stored = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    text = sa.cast(column, sa.Text)
    return sa.or_(sa.false(), *(text.contains(form, autoescape=True) for form in stored))


def _count(model: Any, person: Person) -> int:
    found = sa.select(sa.func.count()).select_from(model).where(model.person_id == person.id)
    return db.session.scalar(found) or 0


def _to(person: Person) -> sa.ColumnElement[bool]:
    by_address = Message.to == person.email if person.email else sa.false()
    return sa.or_(Message.person_id == person.id, by_address)


def _letters(person: Person) -> int:
    found = sa.select(sa.func.count()).select_from(Message).where(_to(person))
    return db.session.scalar(found) or 0


def _forget_letters(person: Person) -> None:
    """What waits is not sent; of what was sent the key stays, so that nothing is sent twice."""
    mine = sa.select(Message.id).where(_to(person))
    db.session.execute(sa.delete(Attachment).where(Attachment.message_id.in_(mine)))
    unsent = Message.state.in_((MessageState.WAITING, MessageState.FAILED))
    db.session.execute(sa.delete(Message).where(_to(person), unsent))
    nothing = {"to": "", "subject": ERASED, "body": "", "error": "", "bounce": None}
    db.session.execute(sa.update(Message).where(_to(person)).values(**nothing, person_id=None))


def _sweep(words: list[str]) -> None:
    """Take name and address out of what we wrote ourselves: letters to others, log, results."""
    for table in Model.metadata.sorted_tables:
        if table.name in _sealed:
            continue
        texts = ("subject", "body") if table.name == "message" else ()
        for column in table.c:
            if isinstance(column.type, sa.JSON) or column.name in texts:
                _rewrite(table, column, words)


def _sweep_own_entries(person: Person) -> None:
    """A name too short to be looked for everywhere still goes from what is logged of themselves."""
    theirs = sa.or_(
        LogEntry.person_id == person.id,
        sa.and_(LogEntry.subject == Person.__name__, LogEntry.subject_id == person.id),
    )
    if not person.name:
        return
    as_a_word = re.compile(rf"(?<!\w){re.escape(person.name)}(?!\w)")
    for entry in db.session.scalars(sa.select(LogEntry).where(theirs)):
        entry.details = without(entry.details, [as_a_word])


def _rewrite(table: sa.Table, column: sa.Column[Any], words: list[str]) -> None:
    keys = list(table.primary_key)
    select = sa.select(column, *keys).where(like_any(column, words))
    for value, *known in db.session.execute(select).all():
        this = sa.and_(*(key == one for key, one in zip(keys, known, strict=True)))
        changed = {column.name: without(value, words)}
        db.session.execute(sa.update(table).where(this).values(**changed))
