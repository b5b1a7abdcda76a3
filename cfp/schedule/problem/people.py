"""Who has to be there, and when that is possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum


class Answer(StrEnum):
    """What a person says about a stretch of time."""

    YES = "yes"
    IF_NEED_BE = "if need be"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Availability:
    start: datetime
    end: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person; `otherwise` holds outside the stated times; `zone` only for remote speakers."""

    id: str
    name: str
    availability: tuple[Availability, ...] = ()
    otherwise: Answer = Answer.YES
    zone: tzinfo | None = None
    talks_per_day: int | None = None
