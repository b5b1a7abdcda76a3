"""The programme: a grid of three rooms and two days, the solver's plan, its release, its files."""

from __future__ import annotations

import contextvars
import json
from collections import Counter
from datetime import time

import jsonschema  # type: ignore[import-untyped]
from flask import current_app
from icalendar import Calendar
from lxml import etree

from cfp import clock
from cfp.conference.models import Room
from cfp.conference.service import parts
from cfp.db import db, transaction
from cfp.jobs import service as jobs
from cfp.schedule import puzzle, rules, service
from cfp.schedule.problem import Level
from cfp.schedule.service import releases
from cfp.schedule.tasks import SOLVE

from .job import Facts, Job, must, work

ROOMS, DAYS = 3, 2
OPEN, LUNCH = (time(9), time(18, 30)), (time(12, 30), time(13, 30))
STRICT = (Level.FORBID, Level.BLOCK_RELEASE)


def open_grid(job: Job) -> Facts:
    """Three rooms (the file's largest, if it names any), two days, and lunch."""
    with transaction():
        conference, by, at = job.conference, job.organiser, clock.now()
        for number in range(len(conference.rooms), ROOMS):
            values = {"name": f"Room {number + 1}", "capacity": 100}
            parts.add_part(Room, conference, values, by=by, at=at)
        db.session.expire(conference, ["rooms"])
        rooms = sorted(conference.rooms, key=lambda room: (-(room.capacity or 0), room.position))
        rooms, days = rooms[:ROOMS], conference.days[:DAYS]
        service.set_openings(conference, rooms, days, OPEN, by=by, at=at)
        for day in days:
            service.add_break(conference, "Lunch", day, LUNCH, by=by, at=at)
    return {"rooms": len(rooms), "days": len(days)}


def solve(job: Job) -> Facts:
    """The organiser asks for a plan; the worker puts it into the draft."""
    with transaction():
        conference, by = job.conference, job.organiser
        asked = {"seconds": job.seconds, "seed": 1, "asked_by": by.id}
        run = jobs.ask_once(SOLVE, by=by, at=clock.now(), conference_id=conference.id, **asked)
    result = work(run.id)
    must(result.get("adopted"), f"the plan is not in the draft: {result}")
    programme = service.read_programme(job.conference)
    problem = puzzle.problem_of(programme)
    found = list(rules.clashes(problem, puzzle.timetable_of(programme.placements)))
    strict = [clash.sentence for clash in found if clash.level in STRICT]
    must(not strict, " ".join(strict[:3]))
    minutes = sum(talk.minutes for talk in programme.talks)
    must(not programme.unplaced, f"{len(programme.unplaced)} talks have no place")
    return {
        "talks placed": len(programme.placements),
        "clashes": len(strict),
        "warnings": len(found) - len(strict),
        "minutes of talks": minutes,
        "proven best": "yes" if result["optimal"] else "no",
    }


def release(job: Job) -> Facts:
    """Freeze the draft as 1.0 and tell the speakers."""
    with transaction():
        made = releases.release(job.conference, job.organiser, clock.now(), "1.0")
        talks = len(made.released_content["talks"])
        must(talks == len(made.placements), "the release lacks talks")
    return {"talks released": talks}


def export(job: Job) -> Facts:
    """Fetch what apps read, as a stranger, and hold it against the published schemas."""
    talks = len(service.read_programme(job.conference).placements)
    formats = job.data / "formats"
    whole = etree.fromstring(_fetched(job, "schedule.xml"))
    etree.XMLSchema(etree.parse(formats / "schedule.xml.xsd")).assertValid(whole)
    as_json = json.loads(_fetched(job, "schedule.json"))
    schema = json.loads((formats / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft6Validator(schema).validate(as_json)
    days = as_json["schedule"]["conference"]["days"]
    found = Counter(
        {
            "schedule.xml": len(whole.findall(".//event")),
            "schedule.json": sum(len(room) for day in days for room in day["rooms"].values()),
            "schedule.ics": len(Calendar.from_ical(_fetched(job, "schedule.ics")).walk("VEVENT")),
        }
    )
    must(set(found.values()) == {talks}, f"{talks} talks became {dict(found)}")
    return {f"talks in {name}": number for name, number in found.items()}


def _fetched(job: Job, name: str) -> bytes:
    """In a context of its own: a request shares nothing with this stage."""
    browser = current_app.test_client()
    answer = contextvars.Context().run(browser.get, f"/{job.source.slug}/{name}")
    must(answer.status_code == 200, f"{name}: {answer.status}")
    return answer.get_data()
