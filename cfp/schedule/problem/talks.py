"""What is to be placed, and what talks have to do with each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk to place. `rooms`: only these, if any; `part`: its number within `part_of`."""

    id: str
    title: str
    minutes: int
    speakers: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    track: str | None = None
    format: str | None = None
    level: int | None = None
    popularity: int = 0
    audience: int | None = None
    needs: frozenset[str] = frozenset()
    recorded: bool = True
    part_of: str | None = None
    part: int = 1
    sponsored: bool = False
    plenary: bool = False
    priority: int = 1
    rooms: frozenset[str] = frozenset()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who has to be there: speakers and session chairs."""
        return tuple(dict.fromkeys(self.speakers + self.chairs))


@dataclass(frozen=True, slots=True)
class Pin:
    """A talk fixed by hand: to a room, to a start, or to both."""

    talk: str
    room: str | None = None
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A speaker's wish for a talk: within these times, in this room, or both."""

    talk: str
    start: datetime | None = None
    end: datetime | None = None
    room: str | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Demand:
    """Two talks that the same visitors want, and how strongly.

    `told`: whether so many want both that it may be said.
    """

    a: str
    b: str
    weight: int = 1
    told: bool = True


@dataclass(frozen=True, slots=True)
class Similarity:
    """Two tracks with the same audience, and how similar they are."""

    a: str
    b: str
    weight: int = 1
