"""What somebody did to the draft, told in a sentence to those who did not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock, display
from cfp.conference.models import Conference
from cfp.db import db
from cfp.schedule.models import Step, StepKind
from cfp.submissions.models import Talk

MOST_NAMED = 3


def tell(conference: Conference, steps: Sequence[Step]) -> list[str]:
    """A sentence for each step, oldest first."""
    ids = {int(name) for step in steps for name in step.after}
    named = sa.select(Talk.id, Talk.title).where(Talk.id.in_(ids))
    titles = {str(id_): title for id_, title in db.session.execute(named)} if ids else {}
    return [_sentence(conference, step, titles) for step in steps]


def place_in_words(conference: Conference, room: str, starts_at: datetime) -> str:
    """On the conference's clock, such as: Room 2, Mon 10 May, 14:00."""
    local = clock.local(starts_at, conference.timezone)
    return f"{room}, {display.day(local.date(), 'EEE d MMM')}, {local:%H:%M}"


def _sentence(conference: Conference, step: Step, titles: dict[str, str]) -> str:
    who = step.by.name if step.by else _("Somebody")
    what = _names([titles.get(name, _("a session that is gone")) for name in step.after])
    sentences: dict[StepKind, str] = {
        StepKind.MOVED: _("%(who)s moved %(what)s.", who=who, what=what),
        StepKind.TOOK_OFF: _("%(who)s took %(what)s off the grid.", who=who, what=what),
        StepKind.SWAPPED: _("%(who)s swapped %(what)s.", who=who, what=what),
        StepKind.PINNED: _("%(who)s pinned %(what)s.", who=who, what=what),
        StepKind.UNPINNED: _("%(who)s unpinned %(what)s.", who=who, what=what),
        StepKind.UNDID: _("%(who)s took back a change of %(what)s.", who=who, what=what),
        StepKind.REDID: _("%(who)s redid a change of %(what)s.", who=who, what=what),
        StepKind.PLANNED: ngettext(
            "%(who)s adopted a plan that changed %(num)d session.",
            "%(who)s adopted a plan that changed %(num)d sessions.",
            len(step.after),
            who=who,
        ),
    }
    if step.kind is StepKind.MOVED and len(step.after) == 1:
        place = _place(conference, next(iter(step.after.values())))
        return str(_("%(who)s moved %(what)s to %(place)s.", who=who, what=what, place=place))
    return sentences[step.kind]


def _place(conference: Conference, stand: list[Any]) -> str:
    rooms = {room.id: room.name for room in conference.rooms}
    room = rooms.get(stand[0], _("a room that is gone"))
    return place_in_words(conference, room, datetime.fromisoformat(stand[1]))


def _names(titles: list[str]) -> str:
    """The first few by their titles, the others by their number."""
    named = [f"“{title}”" for title in titles[:MOST_NAMED]]
    more = len(titles) - len(named)
    if more:
        named.append(ngettext("%(num)d more", "%(num)d more", more))
    return ", ".join(named)
