"""What a speaker's desk shows of the released schedule: where and when one is on stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g

from cfp.site.release import find_release
from cfp.site.views.blueprint import pages
from cfp.submissions.models import Submission


@dataclass(frozen=True)
class OnStage:
    """One place in the release; ``code`` leads to the public page."""

    code: str
    starts_at: datetime
    ends_at: datetime
    room: str


@pages.app_template_global()
def on_stage(submission: Submission) -> list[OnStage]:
    """The places of a proposal's sessions in the current release, in order."""
    parts = [submission.talk, *submission.later_parts] if submission.talk is not None else []
    codes = {part.code for part in parts if part is not None}
    if not codes:
        return []
    if "desk_release" not in g:
        g.desk_release = find_release()
    content: dict[str, Any] = g.desk_release.content if g.desk_release else {}
    rooms = {room["id"]: room["name"] for room in content.get("rooms", ())}
    found = [talk for talk in content.get("talks", ()) if talk["code"] in codes]
    return [
        OnStage(
            talk["code"],
            datetime.fromisoformat(talk["starts_at"]),
            datetime.fromisoformat(talk["ends_at"]),
            rooms.get(talk["room_id"], ""),
        )
        for talk in sorted(found, key=lambda talk: talk["starts_at"])
    ]
