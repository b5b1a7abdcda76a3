"""The words of the committee's letters: ours, or those that an edition writes instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.display import said
from cfp.errors import Refused
from cfp.mail import placeholders, queries
from cfp.mail.models import Wording
from cfp.people.models import Person
from cfp.people.service import log

WORDS = ("name", "title", "conference", "link", "page", "confirm_by")
NEEDED: Mapping[str, tuple[str, ...]] = {"accepted": ("link",), "confirm_please": ("link",)}
KINDS = ("accepted", "waitlisted", "declined", "confirm_please")


@dataclass(frozen=True)
class Words:
    """Subject and body of a letter, with words in braces that are filled in for each person."""

    subject: str
    body: str
    is_own: bool = False


def words_of(conference: Conference, kind: str, language: str) -> Words:
    """What this edition writes in this language: its own words, else ours."""
    own = db.session.scalar(queries.wording(conference.id, kind, language))
    return Words(own.subject, own.body, is_own=True) if own else ours(kind, language)


def ours(kind: str, language: str) -> Words:
    """Our own words, with braces where each person's come."""
    braces = {word: f"{{{word}}}" for word in WORDS}
    with force_locale(language):
        return rendered(kind, braces)


def rendered(kind: str, values: Mapping[str, str]) -> Words:
    """Our template filled in. Not render_template(): a letter has no navigation around it."""
    things = {
        "person": SimpleNamespace(name=values["name"]),
        "conference": SimpleNamespace(name=values["conference"]),
    }
    text = current_app.jinja_env.get_template(f"mail/{kind}.txt").render({**values, **things})
    subject, _newline, body = text.strip().partition("\n")
    return Words(" ".join(subject.split()), body.strip())


def filled(conference: Conference, kind: str, language: str, values: Mapping[str, str]) -> Words:
    """The letter to one person; a sentence without a date is left out of ours, not of one's own."""
    own = db.session.scalar(queries.wording(conference.id, kind, language))
    if own is None:
        return rendered(kind, values)
    subject = " ".join(placeholders.fill(own.subject, values).split())
    return Words(subject, placeholders.fill(own.body, values), is_own=True)


def faults(kind: str, subject: str, body: str) -> list[str]:
    """What is wrong with these words, in the reader's language."""
    found = [*placeholders.faults(subject, WORDS)]
    found += placeholders.faults(body, WORDS, NEEDED.get(kind, ()))
    return [said(sentence) for sentence in dict.fromkeys(found)]


def keep(
    conference: Conference,
    kind: str,
    language: str,
    words: Words,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Write these words from now on; wrong ones are refused with the first fault."""
    wrong = faults(kind, words.subject, words.body)
    if wrong:
        raise Refused(wrong[0], field="body")
    own = db.session.scalar(queries.wording(conference.id, kind, language))
    if own is None:
        own = Wording(conference_id=conference.id, kind=kind, language=language)
        db.session.add(own)
    own.subject, own.body, own.changed_at = words.subject, words.body, at
    db.session.flush()
    log("worded letter", own, by=by, at=at, kind=kind, language=language)


def reset(conference: Conference, kind: str, language: str, *, by: Person, at: datetime) -> None:
    """Write our own words again."""
    own = db.session.scalar(queries.wording(conference.id, kind, language))
    if own is not None:
        log("reset letter", own, by=by, at=at, kind=kind, language=language)
        db.session.delete(own)
        db.session.flush()


def check(conference: Conference, kind: str, values: Mapping[str, str]) -> None:
    """Refuse to send what would have a hole in it: a word for which there is nothing to fill in."""
    for own in db.session.scalars(queries.wordings(conference.id).where(Wording.kind == kind)):
        missing = placeholders.unfilled(f"{own.subject}\n{own.body}", values)
        if missing:
            raise Refused(
                _(
                    "The letter speaks of {%(word)s}, and there is nothing to fill in. "
                    "Please set it, or change the words.",
                    word=missing[0],
                )
            )
