"""The deadlines of an edition, and what its committee works by."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from cfp.conference.models import Conference

DEADLINES = ("call_opens_at", "call_closes_at", "reviews_due_at", "confirm_by")


@dataclass(frozen=True)
class Plan:
    """The call and its deadlines, and what the committee works by."""

    call_text: str = ""
    call_opens_at: datetime | None = None
    call_closes_at: datetime | None = None
    reviews_due_at: datetime | None = None
    confirm_by: datetime | None = None
    blind: bool = True
    reviews_each: int = 3
    talks_wanted: int | None = None
    takes_wishes: bool = False
    moves_up: bool = True
    raster_minutes: int = 5
    walk_minutes: int = 0


def plan_of(conference: Conference) -> Plan:
    return Plan(**{field.name: getattr(conference, field.name) for field in fields(Plan)})
