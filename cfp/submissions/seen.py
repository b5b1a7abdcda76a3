"""What one person may see of a proposal: the function behind every blind page, list and file."""

from dataclasses import dataclass

from cfp.access import Role
from cfp.people.models import Person
from cfp.submissions.models import Submission

KNOWS_ALL = frozenset({Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR})


@dataclass(frozen=True)
class SeenSpeaker:
    """A speaker as far as the viewer may know them."""

    name: str
    employer: str
    biography: str
    code: str


@dataclass(frozen=True)
class Seen:
    """A proposal as one viewer sees it. ``speakers`` is None where reviews are blind."""

    code: str
    title: str
    abstract: str
    format: str
    minutes: int | None
    track: str
    track_colour: int | None
    level: str
    language: str
    notes: str
    recording_consent: bool | None
    travel_support: bool | None
    speakers: tuple[SeenSpeaker, ...] | None


def may_see_speakers(submission: Submission, person: Person, roles: frozenset[Role]) -> bool:
    """Those who run the edition, the speakers themselves, and reviewers where nothing is blind."""
    if roles & KNOWS_ALL or any(s.person_id == person.id for s in submission.speakers):
        return True
    return Role.REVIEWER in roles and not submission.conference.blind


def as_seen_by(submission: Submission, person: Person, roles: frozenset[Role]) -> Seen:
    """The proposal as ``person`` with ``roles`` in its edition may see it.

    Everything that shows a proposal to somebody who is not known to see all goes through here:
    HTML, PDF, CSV, API and mail alike.
    """
    open_eyed = may_see_speakers(submission, person, roles)
    return Seen(
        code=submission.code,
        title=submission.title,
        abstract=submission.abstract,
        format=submission.format.name if submission.format else "",
        minutes=submission.format.minutes if submission.format else None,
        track=submission.track.name if submission.track else "",
        track_colour=submission.track.colour if submission.track else None,
        level=submission.level.value if submission.level else "",
        language=submission.language,
        notes=submission.notes if open_eyed else "",
        recording_consent=submission.recording_consent if open_eyed else None,
        travel_support=submission.travel_support if open_eyed else None,
        speakers=tuple(
            SeenSpeaker(s.person.name, s.person.employer, s.person.biography, s.person.code)
            for s in submission.speakers
        )
        if open_eyed
        else None,
    )
