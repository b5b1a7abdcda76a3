"""What an edition still needs before its call can open, its committee work, its letters go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class Edition(Protocol):
    """As much of an edition as the checklist looks at."""

    about: Any
    venue: Any
    call_text: Any
    call_opens_at: Any
    call_closes_at: Any
    reviews_due_at: Any
    confirm_by: Any
    reviews_each: Any
    rooms: Any
    tracks: Any
    formats: Any


@dataclass(frozen=True)
class Item:
    """One thing to have: ``key`` names it, ``tab`` is where it is filled in."""

    key: str
    tab: str
    done: bool


def checklist(edition: Edition, *, is_public: bool, reviewers: int) -> list[Item]:
    """Everything, in the order in which it is needed, and whether it is there."""
    wanted = [
        ("about", "basics", bool(edition.about and edition.venue)),
        ("formats", "formats", bool(edition.formats)),
        ("tracks", "tracks", bool(edition.tracks)),
        ("call_text", "plan", bool(edition.call_text)),
        ("call_dates", "plan", bool(edition.call_opens_at and edition.call_closes_at)),
        ("public", "basics", is_public),
        ("reviewers", "team", reviewers >= edition.reviews_each),
        ("reviews_due", "plan", edition.reviews_due_at is not None),
        ("confirm_by", "plan", edition.confirm_by is not None),
        ("rooms", "rooms", bool(edition.rooms)),
    ]
    return [Item(key, tab, done) for key, tab, done in wanted]
