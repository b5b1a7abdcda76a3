"""The letter about a release: to exactly those speakers whose slots are new, moved or gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import current_app, has_request_context, url_for

from cfp import display
from cfp.conference.models import Conference
from cfp.db import db
from cfp.mail import service as mail
from cfp.schedule import queries
from cfp.schedule.models import Schedule
from cfp.schedule.service.content import Change, Content, concerned, room_names


@dataclass(frozen=True)
class Slot:
    """A talk's place as a speaker reads it."""

    title: str
    now: str | None
    before: str | None


def tell_speakers(
    conference: Conference, schedule: Schedule, last: Content | None, *, at: datetime
) -> int:
    """Write to everybody concerned, once a release; returns to how many."""
    changes = concerned(last, schedule.released_content)
    rooms = {**room_names(last), **room_names(schedule.released_content)}
    told = 0
    for person in db.session.scalars(queries.people(set(changes))):
        slots = [_slot(change, conference, rooms, person.language) for change in changes[person.id]]
        message = mail.post(
            "schedule_changed",
            person,
            at=at,
            conference_id=conference.id,
            key=f"schedule:{schedule.id}:{person.id}",
            conference=conference,
            slots=slots,
            address=_address(conference),
        )
        told += message is not None
    return told


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
