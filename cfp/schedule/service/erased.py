"""Somebody is erased: their name leaves what was released, though a version never changes else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from cfp.db import db
from cfp.schedule.models import Alternative, Schedule, ScheduleState, Supposition
from cfp.schedule.service.content import Content, digest_of

NO_CODE = "ERASED"  # in the place of the code that named their page


def replace_in_releases(person_id: int, before: str, now: str) -> list[int]:
    """Speaker or chair, they are called ``now`` in every version.

    The text about them goes, and so do the texts of talks that were theirs alone.

    Returns the ids of the versions that this changed: what was printed of them is to be thrown
    away. Chairs of old versions are known by their name alone.
    """
    released = sa.select(Schedule).where(Schedule.state == ScheduleState.RELEASED)
    changed: list[int] = []
    for schedule in db.session.scalars(released):
        content = _without(schedule.released_content, person_id, before, now)
        if content != schedule.released_content:
            schedule.released_content, schedule.digest = content, digest_of(content)
            flag_modified(schedule, "released_content")
            changed.append(schedule.id)
    _in_questions(person_id, before, now)
    db.session.flush()
    return changed


def _without(content: Content, person_id: int, before: str, now: str) -> Content:
    """The content of a version with the person renamed."""

    def speaker(one: Mapping[str, Any]) -> Mapping[str, Any]:
        if one["id"] != person_id:
            return one
        return {**one, "name": now, "biography": "", "code": NO_CODE}

    def talk(one: Mapping[str, Any]) -> dict[str, Any]:
        renamed = {**one, "speakers": [speaker(each) for each in one["speakers"]]}
        if [each["id"] for each in one["speakers"]] == [person_id]:
            renamed |= {"abstract": "", "subtitle": ""}
        if "chairs" in one:
            renamed["chairs"] = [now if name == before else name for name in one["chairs"]]
        return renamed

    return content | {part: [talk(one) for one in content[part]] for part in ("talks", "cancelled")}


def _in_questions(person_id: int, before: str, now: str) -> None:
    """What if they cancel? The question is named after them."""
    asked = sa.select(Alternative).where(Alternative.kind == Supposition.SPEAKER_CANCELS)
    for alternative in db.session.scalars(asked):
        if alternative.supposed.get("person") == person_id:
            alternative.name = alternative.name.replace(before, now)
