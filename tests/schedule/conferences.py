"""Real conferences as puzzles: their talks, rooms, days and hours, but not their plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cfp.schedule.problem import Opening, Place, Problem, Room, SlotRaster, Speaker, Talk, Timetable

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "schedules"
NAMES = (
    "kielux-2020",
    "democon-pretalx",
    "rc3-2020",
    "pyconfr-2025",
    "debconf-2023",
    "31c3-2014",
    "emf-2018",
)
NIGHT = timedelta(hours=5)  # what begins before five in the morning belongs to the day before


def read(name: str) -> tuple[Problem, Timetable]:
    """A conference as a puzzle, each room open from its first start to its last end of a day.

    Where the real plan is no plan (two talks at once in a room) one of them has to move.
    """
    data = json.loads((FOLDER / name / "norm.json").read_text(encoding="utf-8"))
    rows = [row for row in data["talks"] if row["duration_min"] and row["start"]]
    starts = {key: datetime.fromisoformat(row["start"]) for key, row in _named(rows).items()}
    talks = tuple(_talk(key, row) for key, row in _named(rows).items())
    rooms = tuple(Room(r["name"], r["name"], r.get("capacity")) for r in data["rooms"])
    plan = Timetable((t.id, Place(_named(rows)[t.id]["room"], starts[t.id])) for t in talks)
    openings = tuple(_openings(talks, plan))
    people = {s["id"]: s["name"] for row in rows for s in row.get("speakers", ())}
    speakers = tuple(Speaker(str(key), name) for key, name in people.items())
    return Problem(talks=talks, rooms=rooms, openings=openings, speakers=speakers), plan


def _named(rows):
    """Rows by an id that is really different for each; real feeds repeat theirs."""
    return {f"{number}-{row['id']}": row for number, row in enumerate(rows)}


def _talk(key, row):
    return Talk(
        id=key,
        title=row["title"],
        minutes=row["duration_min"],
        speakers=tuple(dict.fromkeys(str(s["id"]) for s in row.get("speakers", ()))),
        track=row.get("track") or None,
        format=row.get("type") or None,
    )


def _openings(talks, plan):
    """One opening a room and day; the raster is what all its starts have in common."""
    spans = {}
    for talk in talks:
        place = plan[talk.id]
        day = (place.start - NIGHT).date()
        spans.setdefault((place.room, day), []).append((place.start, plan.end(talk)))
    for (room, _), times in sorted(spans.items()):
        first, last = min(s for s, _ in times), max(e for _, e in times)
        raster = SlotRaster(every=5)
        yield Opening(room, first.astimezone(UTC), last.astimezone(UTC), raster)
