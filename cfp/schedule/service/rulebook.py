"""How seriously an edition takes each rule, and what its rules go by: held everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule.decided import changed_levels
from cfp.schedule.problem import Level
from cfp.schedule.service.programme import hold_draft

MOST_SIMILAR = 60


def set_rules(
    conference: Conference,
    levels: Mapping[str, tuple[Level, int]],
    told: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    edit: int | None = None,
) -> None:
    """Keep levels and weights that are not as usual, and the numbers in ``told``.

    ``told`` has changeover, talks_per_day, similar, parallel, blocks, chairs and walks (of each two
    rooms, or of one and null, the minutes), as JSON has them.
    """
    draft = hold_draft(conference, edit)
    tracks = {track.id for track in conference.tracks}
    rooms = {room.id for room in conference.rooms}
    similar = [[a, b] for a, b in told.get("similar", ()) if a != b]
    if {track for pair in similar for track in pair} - tracks or len(similar) > MOST_SIMILAR:
        raise Refused(_("These tracks belong to another conference."))
    at_once = {str(room): n for room, n in told.get("parallel", {}).items() if room in rooms}
    kept = {
        "levels": changed_levels(levels),
        "changeover": told.get("changeover") or 0,
        "talks_per_day": told.get("talks_per_day"),
        "similar": similar,
        "parallel": {room: n for room, n in at_once.items() if n > 1},
        "blocks": bool(told.get("blocks")),
        "walks": _walks(told.get("walks", ()), rooms),
        "chairs": {str(t): who for t, who in told.get("chairs", {}).items() if who and t in tracks},
    }
    rulebook = {name: value for name, value in kept.items() if value}
    if rulebook != (draft.rulebook or {}):
        draft.rulebook = rulebook
        log("set the rules", draft, by=by, at=at, rules=rulebook)


def _walks(told: Iterable[tuple[int, int | None, int]], rooms: set[int]) -> list[list[int | None]]:
    """The ways as they are kept: between rooms of ours, and each of them once."""
    found: dict[tuple[int, int | None], int] = {}
    for a, b, minutes in told:
        if {a, b or a} - rooms:
            raise Refused(_("This room belongs to another conference."))
        if a == b:
            raise Refused(_("From a room to itself nobody walks. Please choose two rooms."))
        ends = (a, None) if b is None else (min(a, b), max(a, b))
        found[ends] = minutes
    return [[a, b, minutes] for (a, b), minutes in found.items()]
