"""What released schedules keep of somebody who is erased: when something took place, not who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.people.erasing import ERASED, Fate, Line, forgets
from cfp.people.models import Person
from cfp.schedule.models import Schedule, ScheduleState
from cfp.schedule.service.erased import replace_in_releases


def releases_about(person: Person) -> list[Schedule]:
    """Those in which they speak or chair, whether or not they are still on the talks."""
    released = sa.select(Schedule).where(Schedule.state == ScheduleState.RELEASED)
    found = db.session.scalars(released.execution_options(yield_per=20))
    return [one for one in found if any(_names(talk, person) for talk in _talks(one))]


def _talks(schedule: Schedule) -> list[dict[str, Any]]:
    content = schedule.released_content
    return [*content.get("talks", ()), *content.get("cancelled", ())]


def _names(talk: dict[str, Any], person: Person) -> bool:
    speaks = any(one["id"] == person.id for one in talk["speakers"])
    return speaks or person.name in talk.get("chairs", ())


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    why = _(
        "They say what took place when. Your name, the text about you and the texts that were"
        " yours alone are taken out; copies that others made are not in our hands."
    )
    number = len(releases_about(person))
    yield Line(_("Released schedules that name you"), number, Fate.NAMELESS, why)


def _forget(person: Person, _at: datetime) -> None:
    replace_in_releases(person.id, person.name, ERASED)


forgets(_tell, _forget)
