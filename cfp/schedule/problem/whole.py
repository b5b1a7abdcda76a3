"""The whole puzzle as the organisers hand it over; no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property

from cfp.schedule.problem.people import Availability, Speaker
from cfp.schedule.problem.rooms import Break, Opening, Room, Walk
from cfp.schedule.problem.rulebook import RuleBook
from cfp.schedule.problem.talks import Demand, Pin, Similarity, Talk, Wish
from cfp.schedule.problem.timetable import Timetable


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything that one run of the solver, or one look at the editor, has to know."""

    talks: tuple[Talk, ...]
    rooms: tuple[Room, ...]
    openings: tuple[Opening, ...]
    breaks: tuple[Break, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    pins: tuple[Pin, ...] = ()
    wishes: tuple[Wish, ...] = ()
    demand: tuple[Demand, ...] = ()
    similar_tracks: tuple[Similarity, ...] = ()
    walks: tuple[Walk, ...] = ()
    walk_minutes: int = 0
    talks_per_day: int | None = None
    changeover_minutes: int = 0
    published: Timetable | None = None
    rules: RuleBook = field(default_factory=RuleBook)
    zone: tzinfo = UTC

    worked_out: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for sentence in _mistakes(self):
            raise ValueError(sentence)

    @cached_property
    def talk(self) -> dict[str, Talk]:
        return {talk.id: talk for talk in self.talks}

    @cached_property
    def room(self) -> dict[str, Room]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Everybody on a talk; who is not described is always available."""
        named = {person: Speaker(person, person) for talk in self.talks for person in talk.people}
        return named | {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def talks_of(self) -> dict[str, list[Talk]]:
        found: dict[str, list[Talk]] = {}
        for talk in self.talks:
            for person in talk.people:
                found.setdefault(person, []).append(talk)
        return found

    @cached_property
    def _walk(self) -> dict[tuple[str, str], int]:
        there = {(walk.a, walk.b): walk.minutes for walk in self.walks}
        return there | {(walk.b, walk.a): walk.minutes for walk in self.walks}

    def walking(self, a: str, b: str) -> int:
        """Minutes from room to room."""
        return 0 if a == b else self._walk.get((a, b), self.walk_minutes)

    @cached_property
    def pin(self) -> dict[str, list[Pin]]:
        found: dict[str, list[Pin]] = {}
        for pin in self.pins:
            found.setdefault(pin.talk, []).append(pin)
        return found

    @cached_property
    def origin(self) -> datetime:
        """Midnight (UTC) before the first opening; the zero of `minute`."""
        first = min(
            (opening.start for opening in self.openings), default=datetime(2000, 1, 1, tzinfo=UTC)
        )
        return first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    def minute(self, moment: datetime) -> int:
        return int((moment - self.origin) // timedelta(minutes=1))

    def moment(self, minute: int) -> datetime:
        return (self.origin + timedelta(minutes=minute)).astimezone(self.zone)

    def day_of(self, opening: Opening) -> date:
        return opening.start.astimezone(self.zone).date()

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(sorted({self.day_of(opening) for opening in self.openings}))


def _mistakes(problem: Problem) -> Iterator[str]:
    """What would make every answer wrong: the same id twice, naive times, unknown names."""
    if len(problem.talk) != len(problem.talks) or len(problem.room) != len(problem.rooms):
        yield "two talks or two rooms have the same id"
    for talk in problem.talks:
        if talk.minutes <= 0:
            yield f"the talk {talk.id} has no length"
    yield from _bad_times(problem)
    yield from _unknown_names(problem)


def _bad_times(problem: Problem) -> Iterator[str]:
    spans: list[Opening | Break | Availability] = [*problem.openings, *problem.breaks]
    spans += [known for speaker in problem.speakers for known in speaker.availability]
    for span in spans:
        if span.start.tzinfo is None or span.end.tzinfo is None:
            yield f"a time without a zone: {span}"
        elif span.end <= span.start:
            yield f"it ends before it starts: {span}"
    for opening in problem.openings:
        if opening.raster.every <= 0:
            yield f"a raster needs minutes: {opening}"


def _unknown_names(problem: Problem) -> Iterator[str]:
    talks = [pin.talk for pin in problem.pins] + [wish.talk for wish in problem.wishes]
    talks += [end for pair in problem.demand for end in (pair.a, pair.b)]
    rooms = [opening.room for opening in problem.openings]
    rooms += [pin.room for pin in problem.pins if pin.room]
    for name in talks:
        if name not in problem.talk:
            yield f"there is no talk {name}"
    for name in rooms:
        if name not in problem.room:
            yield f"there is no room {name}"
