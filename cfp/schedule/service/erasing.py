"""What released schedules keep of somebody who is erased: when something took place, not who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.people.erasing import ERASED, Fate, Line, forgets, like_any, without, words_of
from cfp.people.models import Person
from cfp.schedule.models import Alternative, Schedule
from cfp.schedule.service.content import digest_of

ERASED_CODE = "ERASED"


def releases_about(person: Person) -> list[Schedule]:
    """Those in which they speak or are named, whether or not they are still on the talks."""
    select = sa.select(Schedule).where(Schedule.number.is_not(None))
    found = db.session.scalars(select.execution_options(yield_per=20))
    return [one for one in found if _rewritten(one.released_content, person) is not None]


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    yield Line(
        _("Released schedules that name you"),
        len(releases_about(person)),
        Fate.NAMELESS,
        _(
            "They say what took place when. Your name, the text about you and the texts that were"
            " yours alone are taken out; copies that others made are not in our hands."
        ),
    )


def _forget(person: Person, _at: datetime) -> None:
    for schedule in releases_about(person):
        content = _rewritten(schedule.released_content, person)
        if content is not None:
            schedule.released_content, schedule.digest = content, digest_of(content)
    words = words_of(person)
    select = sa.select(Alternative).where(like_any(Alternative.name, words))
    for alternative in db.session.scalars(select):
        alternative.name = without(alternative.name, words)
    db.session.flush()


def _rewritten(content: dict[str, Any], person: Person) -> dict[str, Any] | None:
    """The content without the person; None where nothing of them stands in it."""
    changed = without(content, words_of(person))
    for talk in (*changed.get("talks", ()), *changed.get("cancelled", ())):
        mine = [one for one in talk["speakers"] if one["id"] == person.id]
        for speaker in mine:
            speaker |= {"name": ERASED, "biography": "", "code": ERASED_CODE}
        if mine and len(talk["speakers"]) == 1:
            talk["abstract"] = talk["subtitle"] = ""
    return changed if changed != content else None


forgets(_tell, _forget)
