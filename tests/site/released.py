"""A conference of one day whose schedule is out, to be looked at by strangers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.schedule.models import Break, Placement
from cfp.schedule.service import releases
from cfp.submissions.models import Talk
from tests.make import (
    make_conference,
    make_opening,
    make_person,
    make_placement,
    make_room,
    make_schedule,
    make_talk,
    make_track,
)

NINE = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)  # nine o'clock in Berlin
BEFORE = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HERE = "/demo"


def released(talks: int = 4, rooms: int = 2, **values: object) -> Conference:
    """That many talks of 40 minutes, one after the other in each room, released as 1.0."""
    conference = make_conference(slug="demo", **values)
    track = make_track(conference, colour=3)
    places = [make_room(conference, f"Room {n}", position=n) for n in range(rooms)]
    for room in places:
        make_opening(room, NINE, hours=14)
    draft = make_schedule(conference)
    for n in range(talks):
        speaker = make_person(f"Speaker {n}")
        talk = make_talk(conference, title=f"Talk {n}", speakers=[speaker], track_id=track.id)
        starts = NINE + timedelta(minutes=40 * (n // rooms))
        make_placement(draft, talk, places[n % rooms], starts)
    db.session.flush()
    release(conference, "1.0", "First version")
    return conference


def release(conference: Conference, version: str, note: str = "", at: datetime = BEFORE) -> None:
    with transaction():
        releases.release(conference, make_person("Ines"), at, version, note)


def talk_named(title: str) -> Talk:
    return db.session.query(Talk).filter_by(title=title).one()


def placement_of(title: str) -> Placement:
    """Where the draft has it."""
    talk = talk_named(title)
    found = db.session.query(Placement).filter_by(talk_id=talk.id).order_by(Placement.id)
    return found.first()


def move(title: str, minutes: int) -> None:
    """Later in the draft by so much."""
    with transaction():
        place = placement_of(title)
        place.starts_at += timedelta(minutes=minutes)
        place.ends_at += timedelta(minutes=minutes)


def drop(title: str) -> None:
    """Out of the draft."""
    with transaction():
        db.session.delete(placement_of(title))


def pause(conference: Conference, title: str, minutes: int) -> None:
    """A break in all rooms, so many minutes after nine."""
    starts = NINE + timedelta(minutes=minutes)
    with transaction():
        db.session.add(
            Break(
                conference_id=conference.id,
                title=title,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=20),
            )
        )


def entry(starts: str, minutes: int = 40, **more: Any) -> dict[str, Any]:
    """A talk as a release holds it."""
    begins = datetime.fromisoformat(starts)
    talk = {"id": 1, "code": "SNOW01", "title": "Snow", "room_id": 1, "track_id": None}
    times = {"starts_at": begins.isoformat(), "subtitle": "", "abstract": "", "speakers": []}
    ends = (begins + timedelta(minutes=minutes)).isoformat()
    return talk | times | {"ends_at": ends, "language": "en", "format": "Talk"} | more


def content(*talks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A release of these talks."""
    about = {"timezone": "Europe/Berlin", "starts_on": "2027-05-10", "ends_on": "2027-05-11"}
    rooms = [{"id": 1, "name": "Hall"}, {"id": 2, "name": "Attic"}]
    made = {"conference": about, "talks": list(talks), "cancelled": [], "breaks": []}
    return made | {"rooms": rooms, "tracks": []} | more


def titles(page: str) -> list[str]:
    """The sessions in a page, in its order."""
    return re.findall(r'class="talk-title"><a href="[^"]*">([^<]*)<', page)
