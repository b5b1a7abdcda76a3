"""From rows to the puzzle and back: what the rule book and the solver see of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cfp.schedule import ingredients, models, problem
from cfp.schedule.ingredients import chairs_of, expected_heads, stars_of
from cfp.schedule.problem import Pin, Place, Problem, SlotRaster, Timetable
from cfp.schedule.rows import Programme

__all__ = [
    "Programme",
    "as_json",
    "chairs_of",
    "end_of",
    "expected_heads",
    "from_json",
    "problem_of",
    "stars_of",
    "timetable_of",
]


def problem_of(programme: Programme, *, hold_all: bool = False) -> Problem:
    """The puzzle: talks and rooms by their ids, people by theirs, tracks by their names.

    With ``hold_all`` everything that has a place is held there, as if it were pinned.
    """
    conference, told = programme.conference, programme.decided
    return Problem(
        talks=ingredients.talks_of(programme),
        rooms=tuple(
            ingredients.room_of(room, told.parallel.get(room.id, 1)) for room in programme.rooms
        ),
        openings=tuple(
            problem.Opening(
                str(opening.room_id),
                opening.starts_at,
                opening.ends_at,
                SlotRaster(every=opening.raster_minutes or conference.raster_minutes),
            )
            for opening in programme.openings
        ),
        breaks=tuple(
            shut
            for pause in programme.breaks
            if (shut := ingredients.break_of(programme, pause)) is not None
        ),
        speakers=ingredients.speakers_of(programme),
        pins=tuple(
            Pin(str(placement.talk_id), str(placement.room_id), placement.starts_at)
            for placement in programme.placements
            if placement.pinned or hold_all
        ),
        wishes=ingredients.wishes_of(programme),
        demand=ingredients.demand_of(programme),
        similar_tracks=ingredients.similar_tracks_of(programme),
        walks=ingredients.walks_of(programme),
        walk_minutes=conference.walk_minutes,
        talks_per_day=told.talks_per_day,
        changeover_minutes=told.changeover,
        published=ingredients.published_of(programme),
        rules=told.rules,
        zone=ZoneInfo(conference.timezone),
    )


def timetable_of(placements: Iterable[models.Placement]) -> Timetable:
    return Timetable(
        (str(placement.talk_id), Place(str(placement.room_id), placement.starts_at))
        for placement in placements
    )


def end_of(placement: models.Placement) -> datetime:
    """When the placed talk is over, also if its length changed after it was placed."""
    return placement.starts_at + timedelta(minutes=placement.talk.minutes)


def as_json(timetable: Mapping[str, Place]) -> dict[str, list[str]]:
    """A timetable for a job's result: talk -> [room, start in ISO]."""
    return {talk: [place.room, place.start.isoformat()] for talk, place in timetable.items()}


def from_json(written: Mapping[str, Any]) -> Timetable:
    return Timetable(
        (talk, Place(room, datetime.fromisoformat(start)))
        for talk, (room, start) in written.items()
    )
