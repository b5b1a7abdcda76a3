"""What a proposal says, and what it must say before it is kept, and before it is read."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flask_babel import gettext as _

from cfp.conference.models import Conference, Format, FormatKind
from cfp.errors import Refused
from cfp.invited.service import Doors
from cfp.submissions.models import Level, Submission


@dataclass(frozen=True)
class Content:
    """What the form of a proposal says; nothing else of a submission can be written with it."""

    title: str
    abstract: str = ""
    track_id: int | None = None
    format_id: int | None = None
    level: Level | None = None
    language: str = "en"
    notes: str = ""
    recording_consent: bool = True
    travel_support: bool = False
    travel_sponsor: bool = False
    people_most: int | None = None


def content_of(submission: Submission) -> Content:
    return Content(**{field.name: getattr(submission, field.name) for field in fields(Content)})


def check_content(doors: Doors, content: Content, known: int | None = None) -> None:
    """``known`` is the format that the proposal has; a keynote's stays choosable for it."""
    conference = doors.conference
    if not content.title:
        raise Refused(_("A draft needs a title; the rest can follow."), field="title")
    if content.track_id is not None and content.track_id not in {t.id for t in conference.tracks}:
        raise Refused(_("Please choose a track of this conference."), field="track_id")
    if content.format_id is not None and content.format_id not in {
        f.id for f in choosable(doors, known)
    }:
        raise Refused(_("Please choose a format of this conference."), field="format_id")


def choosable(doors: Doors, known: int | None = None) -> list[Format]:
    """The formats that somebody may choose: a keynote's only by invitation."""
    return [
        one
        for one in doors.conference.formats
        if one.kind is not FormatKind.KEYNOTE or one.id in doors.keynotes or one.id == known
    ]


def check_complete(conference: Conference, content: Content) -> None:
    """What must be there before the committee reads it, in the order of the form."""
    if not content.abstract:
        raise Refused(
            _("Please say what it is about; this is what the committee judges."), "abstract"
        )
    if content.track_id is None and conference.tracks:
        raise Refused(_("Please choose a track."), field="track_id")
    if content.format_id is None:
        raise Refused(_("Please choose a format."), field="format_id")
    kinds = {one.id: one.kind for one in conference.formats}
    if kinds[content.format_id] is FormatKind.OFFER and content.people_most is None:
        raise Refused(_("Please say how many people you take along."), field="people_most")
