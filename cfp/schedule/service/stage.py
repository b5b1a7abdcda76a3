"""Who chairs a session, and which session opens a block: what a release announces of it."""

from __future__ import annotations

from typing import Any

from cfp.schedule import puzzle
from cfp.schedule.puzzle import Programme
from cfp.schedule.rules.blocks import blocks
from cfp.submissions.models import Talk


def announced_of(programme: Programme) -> dict[str, dict[str, Any]]:
    """For each placed session what is to be said beside its text; nothing for most."""
    found: dict[str, dict[str, Any]] = {}
    opening = openers(programme) if programme.decided.blocks else set()
    for name, talk in programme.talk.items():
        chairs = [chair.name for chair in puzzle.chairs_of(programme, talk)]
        told = {"chairs": chairs, "opens_block": name in opening}
        found[name] = {key: value for key, value in told.items() if value}
    return found


def block_of(programme: Programme, talk: Talk) -> list[Talk]:
    """The session and all others between the same two breaks of its room."""
    problem, placed = puzzle.problem_of(programme), programme.placed
    here = placed.get(str(talk.id))
    if here is None:
        return [talk]
    at = problem.minute(here.starts_at)
    around = blocks(problem).get(str(here.room_id), ())
    begin, end = next(((a, b) for a, b in around if a <= at < b), (at, at + 1))
    return [
        other.talk
        for other in placed.values()
        if other.room_id == here.room_id and begin <= problem.minute(other.starts_at) < end
    ]


def openers(programme: Programme) -> set[str]:
    """The first session of each block that has a track."""
    problem = puzzle.problem_of(programme)
    first: dict[tuple[str, int], tuple[int, str]] = {}
    for name, placement in programme.placed.items():
        start, room = problem.minute(placement.starts_at), str(placement.room_id)
        for begin, end in blocks(problem).get(room, ()):
            if begin <= start < end and programme.talk[name].track_id is not None:
                known = first.get((room, begin), (start, name))
                first[room, begin] = min(known, (start, name))
    return {name for _start, name in first.values()}
