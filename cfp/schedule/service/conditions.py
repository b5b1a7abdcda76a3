"""What a session needs: equipment, seats, a chair, rooms chosen for it, to come after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule.service.programme import hold_draft
from cfp.submissions.models import Talk


def set_condition(
    conference: Conference,
    talk: Talk,
    said: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> None:
    """Keep what ``decided.Condition`` names, as JSON has it; nothing of it is no condition."""
    if talk.conference_id != conference.id:
        raise Refused(_("This session belongs to another conference."))
    draft = hold_draft(conference, edit)
    known = dict(draft.conditions or {})
    kept = {name: value for name, value in said.items() if value}
    if kept == known.get(str(talk.id), {}):
        return
    if kept.get("after"):
        _check_course(known, talk.id, kept["after"])
    known.pop(str(talk.id), None)
    draft.conditions = known | ({str(talk.id): kept} if kept else {})
    log("said what it needs", talk, by=by, at=at, **kept)


def set_chairs(
    conference: Conference,
    talks: Iterable[Talk],
    chairs: list[int],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """These people chair all these sessions; whatever else they need stays."""
    draft = hold_draft(conference, None)
    for talk in talks:
        known = (draft.conditions or {}).get(str(talk.id), {})
        set_condition(conference, talk, known | {"chairs": chairs}, by=by, at=at)


def _check_course(known: Mapping[str, Any], talk: int, after: int) -> None:
    """A part follows one other, and is followed by one; nothing follows itself in the end."""
    follows = {int(name): said["after"] for name, said in known.items() if said.get("after")}
    if after in {before for name, before in follows.items() if name != talk}:
        raise Refused(_("Another session follows that one already."), field="after")
    before: int | None = after
    for _step in range(len(follows) + 1):
        if before == talk:
            raise Refused(_("A session cannot follow itself."), field="after")
        before = follows.get(before) if before is not None else None
