"""The programme and the door signs of a release as pages for paper, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import force_locale

from cfp.site import programme, sheet
from cfp.site.models import PaperKind
from cfp.site.programme import Entry


@dataclass(frozen=True)
class Sign:
    """What hangs at a door for a day: what happens in there, breaks of the house included."""

    room: Mapping[str, Any]
    date: date
    entries: list[Entry]


def page_of(kind: PaperKind, content: Mapping[str, Any], language: str) -> str:
    """HTML for paper."""
    days = programme.days(content)
    with force_locale(language):
        return render_template(
            f"site/paper/{kind.value}.html",
            content=content,
            days=days,
            signs=signs(days),
            rows_of=sheet.rows_of,
            language=language,
        )


def signs(days: list[programme.Day]) -> list[Sign]:
    """One for each room and day in use, room by room as one walks through the house."""
    found = [
        Sign(room, day.date, here)
        for day in days
        for room in day.rooms
        if (here := [entry for entry in day.entries if _is_there(entry, room)])
    ]
    order = {room["id"]: place for day in days for place, room in enumerate(day.rooms)}
    return sorted(found, key=lambda sign: (order[sign.room["id"]], sign.room["id"], sign.date))


def _is_there(entry: Entry, room: Mapping[str, Any]) -> bool:
    if entry.cancelled:
        return False
    if entry.room is None:
        return entry.talk is None
    return bool(entry.room["id"] == room["id"])
