"""What one person may see of a proposal: the function behind every blind page, list and file."""

from collections.abc import Iterable
from dataclasses import dataclass

from cfp.access import Role
from cfp.people.models import Person
from cfp.questions.asking import Kind, Readers
from cfp.questions.models import Answer
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
    travel_sponsor: bool | None
    people_most: int | None
    speakers: tuple[SeenSpeaker, ...] | None


@dataclass(frozen=True)
class SeenAnswer:
    """An answer to a question of the organisers; ``file`` is the code of a file, if it is one."""

    label: str
    kind: str
    text: str
    file: str | None = None
    size: int = 0


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
        travel_sponsor=submission.travel_sponsor if open_eyed else None,
        people_most=submission.people_most,
        speakers=tuple(
            SeenSpeaker(s.person.name, s.person.employer, s.person.biography, s.person.code)
            for s in submission.speakers
        )
        if open_eyed
        else None,
    )


def answers_as_seen_by(
    submission: Submission, answers: Iterable[Answer], person: Person, roles: frozenset[Role]
) -> tuple[SeenAnswer, ...]:
    """The answers on a proposal that ``person`` may read, where its format and track are asked.

    Where reviews are blind, reviewers get those that an organiser marked for them; never files.
    """
    open_eyed = may_see_speakers(submission, person, roles)
    gets_files = open_eyed and (bool(roles & KNOWS_ALL) or Role.REVIEWER not in roles)
    return tuple(
        SeenAnswer(
            label=answer.question.label,
            kind=answer.question.kind.value,
            text=answer.text,
            file=answer.file.code if answer.file else None,
            size=answer.file.size if answer.file else 0,
        )
        for answer in answers
        if answer.question.rules.applies(submission.format_id, submission.track_id)
        and (open_eyed or answer.question.readers is Readers.REVIEWERS)
        and (gets_files or answer.question.kind is not Kind.FILE)
    )
