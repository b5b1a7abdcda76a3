"""The form editor: add a question, change it, put it in order, stop asking it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference, Format, Track
from cfp.conference.service.clone import Clone, taken_along
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.questions import queries
from cfp.questions.asking import CHOSEN, Kind, Readers
from cfp.questions.models import Question

MOST_QUESTIONS = 40


@dataclass(frozen=True)
class Wording:
    """All that an organiser decides about a question."""

    kind: Kind
    label: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    readers: Readers = Readers.TEAM
    formats: tuple[int, ...] = ()
    tracks: tuple[int, ...] = ()


def add(conference: Conference, wording: Wording, *, by: Person, at: datetime) -> Question:
    """A new question, at the end of the form."""
    _check(wording)
    there = db.session.scalars(queries.of_conference(conference)).all()
    if len(there) >= MOST_QUESTIONS:
        raise Refused(_("A form has room for %(n)s questions.", n=MOST_QUESTIONS))
    position = max((one.position for one in there), default=-1) + 1
    question = Question(conference_id=conference.id, position=position, **_columns(wording))
    db.session.add(question)
    db.session.flush()
    log("added question", question, by=by, at=at, label=question.label)
    return question


def change(question: Question, wording: Wording, *, by: Person, at: datetime) -> None:
    """Word a question anew. What was answered stays, so its kind stays too."""
    lock(question)
    _check(wording)
    if wording.kind is not question.kind and _count(question):
        raise Refused(
            _("It has been answered already. Stop asking it, and add another question instead."),
            field="kind",
        )
    new = _columns(wording)
    changed = {name: value for name, value in new.items() if getattr(question, name) != value}
    for name, value in changed.items():
        setattr(question, name, value)
    if changed:
        log("changed question", question, by=by, at=at, changed=sorted(changed))
    db.session.flush()


def set_asked(question: Question, *, asked: bool, by: Person, at: datetime) -> None:
    """Stop asking it, or ask it again; its answers stay either way."""
    if question.is_asked != asked:
        question.is_asked = asked
        log("asked again" if asked else "stopped asking", question, by=by, at=at)
        db.session.flush()


def remove(question: Question, *, by: Person, at: datetime) -> None:
    """Take away a question that nobody answered."""
    lock(question)
    if _count(question):
        raise Refused(_("It has been answered already. You can stop asking it instead."))
    log("removed question", question, by=by, at=at, label=question.label)
    db.session.delete(question)
    db.session.flush()


def move(question: Question, *, up: bool) -> None:
    """One place up or down; at the end of the form nothing happens."""
    conference = db.session.get_one(Conference, question.conference_id)
    there = list(db.session.scalars(queries.of_conference(conference)))
    here = there.index(question)
    there.insert(max(here - 1, 0) if up else here + 1, there.pop(here))
    for position, one in enumerate(there):
        one.position = position
    db.session.flush()


@taken_along
def copy_questions(clone: Clone) -> None:
    """Ask in a new edition what an earlier one asked; ids of formats and tracks are led over."""
    formats, tracks = clone.ids[Format], clone.ids[Track]
    for question in db.session.scalars(queries.asked(clone.source)):
        kept: dict[str, Any] = {one.name: getattr(question, one.name) for one in fields(Wording)}
        kept["formats"] = [formats[old] for old in question.formats if old in formats]
        kept["tracks"] = [tracks[old] for old in question.tracks if old in tracks]
        db.session.add(Question(conference_id=clone.target.id, position=question.position, **kept))
    db.session.flush()


def _count(question: Question) -> int:
    conference = db.session.get_one(Conference, question.conference_id)
    counts: dict[int, int] = dict(db.session.execute(queries.answer_counts(conference)).all())
    return counts.get(question.id, 0)


def _columns(wording: Wording) -> dict[str, Any]:
    columns = asdict(wording)
    return columns | {name: list(columns[name]) for name in ("choices", "formats", "tracks")}


def _check(wording: Wording) -> None:
    if not wording.label:
        raise Refused(_("Please say what you ask."), field="label")
    if wording.kind in CHOSEN and len(wording.choices) < 2:
        raise Refused(_("Please offer at least two answers, one a line."), field="choices")
    if wording.least is not None and wording.most is not None and wording.most < wording.least:
        raise Refused(_("This cannot be less than the least."), field="most")
    if wording.kind is Kind.FILE and wording.readers is Readers.REVIEWERS:
        raise Refused(
            _("Files often carry a name where nobody sees it. They stay with the team."),
            field="readers",
        )
