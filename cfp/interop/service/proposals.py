"""A talk of a file as the text of a submission."""

from __future__ import annotations

from typing import Any

from cfp.interop.imported import ImportedTalk
from cfp.interop.service.edition import Edition
from cfp.submissions.models import Level, Submission

LONGEST_ABSTRACT = 100_000


def values_of(talk: ImportedTalk, edition: Edition) -> dict[str, Any]:
    """The columns of a submission that the file decides."""
    track = edition.track(talk.track)
    parts = [talk.abstract, talk.description if talk.description != talk.abstract else ""]
    return {
        "title": talk.title,
        "abstract": "\n\n".join(part for part in parts if part)[:LONGEST_ABSTRACT],
        "format_id": edition.format_of(talk).id,
        "track_id": track.id if track else None,
        "level": Level(talk.level) if talk.level else None,
        "language": talk.language[:8] or "en",
        "notes": talk.notes,
        "recording_consent": not talk.do_not_record,
    }


def fill(thing: Submission, values: dict[str, Any]) -> bool:
    """Set what differs; True if anything did."""
    differing = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in differing.items():
        setattr(thing, name, value)
    return bool(differing)
