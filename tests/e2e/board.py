"""A small edition for those who sit at the editor, and for those who read what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Conference, Publicity
from cfp.db import db
from cfp.people.passwords import hash_password
from cfp.schedule import service
from tests.e2e.installation import PASSWORD
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_person,
    make_room,
    make_submission,
    make_talk,
)

BEFORE = datetime(2027, 3, 1, tzinfo=UTC)
TITLES = ("Ash", "Birch", "Cedar", "Dogwood", "Elm")


def make_board() -> int:
    """Two rooms on two days; five sessions, of which Elm waits; an organiser and a chair."""
    conference = make_conference(slug="board", name="Board")
    for role, name in ((Role.ORGANISER, "Olga"), (Role.CHAIR, "Carl")):
        secret = {
            "password_hash": hash_password(PASSWORD),
            "email": f"{name}@example.org".lower(),
        }
        make_member(conference, role, make_person(name, **secret))
    for number in (1, 2):
        make_room(conference, f"Room {number}", position=number)
    lecture = make_format(conference)
    for title in TITLES:
        submission = make_submission(conference, title=title, format_id=lecture.id)
        make_talk(submission=submission)
    db.session.expire(conference)
    hours = time(9), time(12)
    service.set_openings(conference, conference.rooms, conference.days, hours, by=None, at=BEFORE)
    return conference.id


def lay_out(edition: int) -> None:
    """Ash and Birch at nine, Cedar and Dogwood at ten, on the first day; Birch only in Room 2."""
    conference = db.session.get_one(Conference, edition)
    talks = {talk.title: talk for talk in service.read_programme(conference).talks}
    spots = {
        talks[title]: (conference.rooms[n % 2], _at(conference, 9 + n // 2))
        for n, title in enumerate(TITLES[:4])
    }
    only = {"rooms": [conference.rooms[1].id]}
    service.set_condition(conference, talks["Birch"], only, by=None, at=BEFORE)
    service.put(conference, {**spots, talks["Elm"]: None}, by=None, at=BEFORE)
    service.pin(conference, *spots, pinned=False, by=None, at=BEFORE)


def publish(edition: int) -> None:
    """Everybody reads what stands in the draft."""
    conference = db.session.get_one(Conference, edition)
    conference.publicity = Publicity.PUBLIC
    service.release(conference, None, BEFORE, "1.0", unconfirmed=True)


def _at(conference: Conference, hour: int) -> datetime:
    wall = datetime.combine(conference.days[0], time(hour))
    return clock.from_wall(wall, conference.timezone)
