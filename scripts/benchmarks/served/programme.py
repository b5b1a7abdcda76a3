"""A programme of 200 sessions to edit: four days, five rooms, six tracks, nearly all placed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Conference, Room
from cfp.db import db
from cfp.people.models import Person
from cfp.schedule import service
from cfp.submissions.models import Talk
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_person,
    make_room,
    make_submission,
    make_talk,
    make_track,
)

BEFORE = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
FIRST, DAYS, ROOMS, A_DAY, WAITING = date(2027, 5, 10), 4, 5, 10, 5


@dataclass(frozen=True)
class Programme:
    conference: Conference
    organiser: Person
    rooms: list[Room]
    talks: list[Talk]


def programme(talks: int = DAYS * ROOMS * A_DAY) -> Programme:
    """All but five of the talks stand in the grid, ten a day and room."""
    last = FIRST + timedelta(days=DAYS - 1)
    conference = make_conference(slug="crowded", starts_on=FIRST, ends_on=last, walk_minutes=5)
    tracks = [make_track(conference, f"Track {n}", colour=n + 1) for n in range(6)]
    lecture = make_format(conference, "Talk", 40)
    organiser = make_member(conference, Role.ORGANISER)
    rooms = [make_room(conference, f"Room {n}", position=n) for n in range(ROOMS)]
    crowd = [make_person(f"Speaker {n}") for n in range(talks * 4 // 5)]
    made = [
        make_talk(
            submission=make_submission(
                conference,
                title=f"What we learnt in the year {n} about things of the kind {n % 7}",
                format_id=lecture.id,
                track_id=tracks[n % len(tracks)].id,
                speakers=[crowd[n % len(crowd)]],
            )
        )
        for n in range(talks)
    ]
    db.session.expire(conference)
    hours = time(9), time(17, 30)
    service.set_openings(conference, rooms, conference.days, hours, by=organiser, at=BEFORE)
    spots = {
        talk: (rooms[n % ROOMS], _start(conference, n // ROOMS))
        for n, talk in enumerate(made[:-WAITING])
    }
    service.put(conference, spots, by=organiser, at=BEFORE)
    return Programme(conference, organiser, rooms, made)


def _start(conference: Conference, number: int) -> datetime:
    """The start of the n-th slot: ten a day from nine o'clock on."""
    day, slot = divmod(number, A_DAY)
    nine = datetime.combine(FIRST + timedelta(days=day), time(9))
    return clock.from_wall(nine + timedelta(minutes=50 * slot), conference.timezone)
