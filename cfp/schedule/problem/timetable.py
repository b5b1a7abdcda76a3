"""Which talk is where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cfp.schedule.problem.talks import Talk


@dataclass(frozen=True, slots=True, order=True)
class Place:
    room: str
    start: datetime


class Timetable(Mapping[str, Place]):
    """Which talk is where and when. Immutable; talks that are missing are not placed."""

    def __init__(self, places: Mapping[str, Place] | Iterable[tuple[str, Place]] = ()) -> None:
        self._places = dict(places)

    def __getitem__(self, talk: str) -> Place:
        return self._places[talk]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return f"Timetable({self._places!r})"

    def end(self, talk: Talk) -> datetime:
        return self[talk.id].start + timedelta(minutes=talk.minutes)

    def moved(self, talk: str, place: Place) -> Timetable:
        """The same timetable with this talk there."""
        return Timetable(self._places | {talk: place})

    def without(self, *talks: str) -> Timetable:
        return Timetable((t, place) for t, place in self.items() if t not in talks)
