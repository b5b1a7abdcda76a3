"""What moved between two versions of a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cfp.schedule.problem import Problem, Timetable


@dataclass(frozen=True, slots=True)
class Entry:
    """A talk as a version shows it."""

    title: str
    room: str
    start: datetime
    minutes: int


class Kind(StrEnum):
    NEW = "new"
    DROPPED = "dropped"
    TIME = "moved in time"
    ROOM = "moved to another room"
    LENGTH = "longer or shorter"
    TITLE = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """One talk that differs, with all the ways in which it does."""

    talk: str
    kinds: tuple[Kind, ...]
    before: Entry | None
    after: Entry | None


def entries(problem: Problem, timetable: Timetable) -> dict[str, Entry]:
    """A timetable with what the problem knows about its talks; rooms by their ids."""
    return {
        name: Entry(problem.talk[name].title, place.room, place.start, problem.talk[name].minutes)
        for name, place in timetable.items()
        if name in problem.talk
    }


def diff(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[Change]:
    """What changed, in the order of the new programme; what was dropped comes last."""
    changes = [
        Change(name, kinds, before.get(name), after.get(name))
        for name in {**after, **before}
        if (kinds := tuple(_kinds(before.get(name), after.get(name))))
    ]
    return sorted(changes, key=lambda change: (change.after is None, _place_in_time(change)))


def _kinds(before: Entry | None, after: Entry | None) -> Iterator[Kind]:
    if before is None:
        yield Kind.NEW
        return
    if after is None:
        yield Kind.DROPPED
        return
    if before.start != after.start:
        yield Kind.TIME
    if before.room != after.room:
        yield Kind.ROOM
    if before.minutes != after.minutes:
        yield Kind.LENGTH
    if before.title != after.title:
        yield Kind.TITLE


def _place_in_time(change: Change) -> tuple[datetime, str, str]:
    entry = change.after or change.before
    assert entry is not None  # noqa: S101  (a change has at least one side)
    return entry.start, entry.room, change.talk
