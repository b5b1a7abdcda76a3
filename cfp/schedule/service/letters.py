"""The letter about a release: to exactly those speakers whose slots are new, moved or gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import current_app, has_request_context, render_template, url_for
from flask_babel import force_locale

from cfp import display
from cfp.conference.models import Conference
from cfp.db import db
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.schedule import queries
from cfp.schedule.models import Schedule
from cfp.schedule.service.content import Change, Content, concerned, room_names


@dataclass(frozen=True)
class Slot:
    """A talk's place as a speaker reads it."""

    title: str
    now: str | None
    before: str | None


@dataclass(frozen=True)
class Letter:
    """What a release means for one person: all their slots that are new, elsewhere or gone."""

    person: Person
    slots: list[Slot]


def letters(conference: Conference, content: Content, last: Content | None) -> Iterator[Letter]:
    """To everybody concerned by the step from one version to the next, and to nobody else."""
    changes = concerned(last, content)
    rooms = {**room_names(last), **room_names(content)}
    for person in db.session.scalars(queries.people(set(changes))):
        slots = [_slot(change, conference, rooms, person.language) for change in changes[person.id]]
        yield Letter(person, slots)


def tell_speakers(
    conference: Conference, schedule: Schedule, last: Content | None, *, at: datetime
) -> int:
    """Write to everybody concerned, once a release; returns to how many."""
    told = 0
    for letter in letters(conference, schedule.released_content, last):
        message = mail.post(
            "schedule_changed",
            letter.person,
            at=at,
            conference_id=conference.id,
            key=f"schedule:{schedule.id}:{letter.person.id}",
            conference=conference,
            slots=letter.slots,
            address=_address(conference),
        )
        told += message is not None
    return told


def preview(letter: Letter, conference: Conference) -> str:
    """The letter as it would be sent, its subject on the first line."""
    with force_locale(letter.person.language):
        text = render_template(
            "mail/schedule_changed.txt",
            person=letter.person,
            conference=conference,
            slots=letter.slots,
            address=_address(conference),
        )
    return text.strip()


def _slot(change: Change, conference: Conference, rooms: Mapping[str, str], language: str) -> Slot:
    def where(talk: Mapping[str, Any] | None) -> str | None:
        if talk is None:
            return None
        starts_at = datetime.fromisoformat(talk["starts_at"])
        zone = ZoneInfo(conference.timezone)
        pattern = display.date_pattern("EEEE d MMMM, HH:mm", language)
        when = format_datetime(starts_at, pattern, zone, locale=language)
        return f"{when}, {rooms[str(talk['room_id'])]}"

    title = (change.after or change.before or {})["title"]
    return Slot(title, where(change.after), where(change.before))


def _address(conference: Conference) -> str | None:
    """Where the schedule is read; the command line does not know under which name it is served."""
    if not has_request_context() or "site.schedule" not in current_app.view_functions:
        return None
    return url_for("site.schedule", conference=conference.slug, _external=True)
