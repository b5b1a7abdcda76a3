"""A new edition takes after an earlier one: its parts, its rules, and what other rooms keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cfp import clock
from cfp.conference import queries
from cfp.conference.models import Conference, Format, Room, Track
from cfp.conference.queries import Part
from cfp.conference.service.plan import DEADLINES, plan_of
from cfp.db import db

GOALS = ("talks_least", "talks_most")
PARTS: tuple[tuple[type[Part], tuple[str, ...]], ...] = (
    (Room, ("name", "capacity", "equipment", "records", "position")),
    (Track, ("name", "description", "colour", "position", *GOALS, "call_closes_at")),
    (Format, ("name", "description", "minutes", "kind", "position", "talks_wanted")),
)


@dataclass
class Clone:
    """An edition that takes after another: which part became which, and how far its days lie."""

    source: Conference
    target: Conference
    shift: timedelta
    ids: dict[type[Part], dict[int, int]] = field(default_factory=dict)


Along = Callable[[Clone], None]
_along: list[Along] = []


def taken_along(copy: Along) -> Along:
    """What a room above keeps of an edition and copies into a clone of it."""
    _along.append(copy)
    return copy


def furnish_like(source: Conference, conference: Conference) -> None:
    """Copy rooms, tracks, formats and rules; shift the deadlines by as many days as the start."""
    clone = Clone(source, conference, conference.starts_on - source.starts_on)
    for kind, names in PARTS:
        clone.ids[kind] = _copy_parts(clone, kind, names)
    for name, value in asdict(plan_of(source)).items():
        setattr(conference, name, _shifted(clone, value) if name in DEADLINES else value)
    conference.organisers_need_factor = source.organisers_need_factor
    for copy in _along:
        copy(clone)


def _shifted(clone: Clone, moment: datetime | None) -> datetime | None:
    """The same time of the day, as many days later as the new edition begins."""
    if moment is None:
        return None
    wall = clock.local(moment, clone.source.timezone).replace(tzinfo=None) + clone.shift
    return clock.from_wall(wall, clone.target.timezone)


def _copy_parts(clone: Clone, kind: type[Part], names: tuple[str, ...]) -> dict[int, int]:
    """The parts of one kind; returns which became which."""
    found = {}
    for part in db.session.scalars(queries.parts(kind, clone.source)):
        copied: dict[str, Any] = {name: getattr(part, name) for name in names}
        if "call_closes_at" in copied:
            copied["call_closes_at"] = _shifted(clone, copied["call_closes_at"])
        new = kind(conference_id=clone.target.id, **copied)
        db.session.add(new)
        db.session.flush()
        found[part.id] = new.id
    return found
