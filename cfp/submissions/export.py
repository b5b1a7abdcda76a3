"""Proposals as a table for spreadsheets, as one person may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cfp.access import Role
from cfp.people.models import Person
from cfp.questions.models import Answer, Question
from cfp.sheets import Table
from cfp.submissions.models import Submission
from cfp.submissions.seen import answers_as_seen_by, as_seen_by

HEADER = (
    *("code", "title", "speakers", "employers", "track", "format", "minutes", "level"),
    *("language", "state", "submitted_at", "outcome", "told_at", "recording_consent"),
    *("travel_support", "travel_sponsor", "people_most", "abstract", "notes"),
)


def as_table(
    submissions: Iterable[Submission],
    person: Person,
    roles: frozenset[Role],
    questions: Sequence[Question] = (),
    answers: Mapping[int, Sequence[Answer]] | None = None,
) -> Table:
    """One row a proposal, a column for each question."""
    answers, rows = answers or {}, []
    for submission in submissions:
        seen = answers_as_seen_by(submission, answers.get(submission.id, ()), person, roles)
        texts = {answer.label: answer.text for answer in seen}
        rows.append([*_row(submission, person, roles), *(texts.get(q.label) for q in questions)])
    return Table("proposals", [*HEADER, *(question.label for question in questions)], rows)


def _row(submission: Submission, person: Person, roles: frozenset[Role]) -> list[object]:
    seen = as_seen_by(submission, person, roles)
    speakers = seen.speakers or ()
    decision, handed_in = submission.decision, submission.submitted_at
    told = decision.told_at if decision else None
    return [
        seen.code,
        seen.title,
        "; ".join(speaker.name for speaker in speakers),
        "; ".join(speaker.employer for speaker in speakers if speaker.employer),
        seen.track,
        seen.format,
        seen.minutes,
        seen.level,
        seen.language,
        submission.state.value,
        handed_in.isoformat() if handed_in else None,
        decision.outcome.value if decision else None,
        told.isoformat() if told else None,
        seen.recording_consent,
        seen.travel_support,
        seen.travel_sponsor,
        seen.people_most,
        seen.abstract,
        seen.notes,
    ]
