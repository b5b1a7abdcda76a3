"""Where and when there is room: rooms, opening hours, breaks, ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Room:
    """A room; `parallel` talks at once (posters), more than one only where that is meant."""

    id: str
    name: str
    capacity: int | None = None
    equipment: frozenset[str] = frozenset()
    records: bool = True
    parallel: int = 1


@dataclass(frozen=True, slots=True)
class SlotRaster:
    """When a talk may start: every so many minutes from the opening on, or at these times only."""

    every: int = 5
    starts: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A room is open for talks; an opening that passes midnight belongs to the day it began."""

    room: str
    start: datetime
    end: datetime
    raster: SlotRaster = SlotRaster()


@dataclass(frozen=True, slots=True)
class Break:
    """Time without talks, in these rooms or (none named) in all."""

    id: str
    name: str
    start: datetime
    end: datetime
    rooms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Walk:
    """Minutes between two rooms, in either direction."""

    a: str
    b: str
    minutes: int
