"""A conference of a thousand talks, of which only the released schedule is there."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from cfp.codes import LETTERS
from cfp.conference.models import Conference
from cfp.db import db
from cfp.schedule import queries
from cfp.schedule.models import Schedule, ScheduleState
from cfp.schedule.service.content import digest_of
from tests.make import make_conference

SLUG = "large"
ROOMS_MORE = 4  # copies of every room, so that days are as wide as they are long


def add_large(model: Conference, talks: int = 1000) -> Conference:
    """Copy what ``model`` has released, into more rooms and on more days, until it is enough."""
    found = db.session.scalar(queries.current_release(model.id))
    assert found is not None  # noqa: S101  (it was released a moment ago)
    content = deepcopy(found.released_content)
    days = (model.ends_on - model.starts_on).days + 1
    copies = talks // len(content["talks"])
    rooms = content["rooms"]
    content["rooms"] = [
        room | {"id": _id(room["id"], n), "name": f"{room['name']}{'ABCD'[n]}", "guid": None}
        for n in range(ROOMS_MORE)
        for room in rooms
    ]
    content["talks"] = [
        _copy(talk, number, days) for number in range(copies) for talk in content["talks"]
    ]
    conference = make_conference(slug=SLUG, name="Large")
    conference.ends_on = conference.starts_on + timedelta(days=days * copies)
    content["conference"] |= {"slug": SLUG, "ends_on": conference.ends_on.isoformat()}
    db.session.add(
        Schedule(
            conference_id=conference.id,
            state=ScheduleState.RELEASED,
            number=1,
            version="1.0",
            released_at=found.released_at,
            released_content=content,
            digest=digest_of(content),
        )
    )
    db.session.flush()
    return conference


def _id(number: int, copy: int) -> int:
    return number + 100_000 * copy


def _copy(talk: dict[str, Any], number: int, days: int) -> dict[str, Any]:
    """The same talk under names of its own, in another room or on another day."""
    later = timedelta(days=days * (number // ROOMS_MORE))
    talk_id = _id(talk["id"], number)
    times = {
        key: (datetime.fromisoformat(talk[key]) + later).isoformat()
        for key in ("starts_at", "ends_at")
    }
    names = {"id": talk_id, "slot_id": talk_id, "code": _code(talk_id), "guid": f"copy {talk_id}"}
    return talk | times | names | {"room_id": _id(talk["room_id"], number % ROOMS_MORE)}


def _code(number: int) -> str:
    letters = ""
    for _place in range(6):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters
