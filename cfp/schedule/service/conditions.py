"""What a session needs on stage: to be heard by all, equipment, seats for so many."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Keep ``plenary``, ``equipment`` and ``audience``; nothing of it is no condition."""
    if talk.conference_id != conference.id:
        raise Refused(_("This session belongs to another conference."))
    draft = hold_draft(conference, edit)
    known = dict(draft.conditions or {})
    kept = {name: value for name, value in said.items() if value}
    if kept == known.get(str(talk.id), {}):
        return
    known.pop(str(talk.id), None)
    draft.conditions = known | ({str(talk.id): kept} if kept else {})
    log("said what it needs", talk, by=by, at=at, **kept)
