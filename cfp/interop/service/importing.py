"""One import from its first row to its last: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db
from cfp.interop.imported import Imported, ImportedTalk
from cfp.interop.service.edition import Edition, new_conference
from cfp.interop.service.persons import Persons
from cfp.interop.service.programme import announce, take_back
from cfp.interop.service.proposals import fill, values_of
from cfp.interop.service.report import Report
from cfp.people.models import Person
from cfp.people.service import log
from cfp.sentences import stored
from cfp.submissions.models import Outcome, Submission, SubmissionState


class Kind(Enum):
    """What a file's talks become: proposals to be judged, or a programme that is decided."""

    PROPOSALS = "proposals"
    PROGRAMME = "programme"


NEVER_TAKEN = {"withdrawn", "rejected", "declined", "cancelled", "canceled", "deleted"}


def import_file(
    imported: Imported,
    conference: Conference | None,
    kind: Kind,
    *,
    slug: str,
    by: Person,
    at: datetime,
) -> tuple[Conference, Report]:
    """Bring ``conference`` (a new one named ``slug`` if None) to what the file says.

    Talks are matched by the key that the file gives them, or by our own code. What vanished from
    a complete file is cancelled (withdrawn, for proposals), never deleted. The caller owns the
    transaction: rolled back, it was a dry run.
    """
    conference = conference or new_conference(imported, slug, by=by, at=at)
    known, ours = _known(conference), _ours(conference)
    report = Report(repairs=list(imported.repairs), refused=list(imported.refused))
    work = _Import(Edition(conference, imported), Persons(known.values(), at), kind, report, by, at)
    for talk in imported.talks:
        work.take(talk, known.pop(talk.key, None) or ours.get(talk.code))
    if imported.complete:
        work.take_back(known.values())
    db.session.flush()
    outcome = stored(report.summary)
    log("imported", conference, by=by, at=at, conference_id=conference.id, outcome=outcome)
    return conference, report


def _known(conference: Conference) -> dict[str, Submission]:
    """What an earlier import brought, by its key."""
    found = db.session.scalars(
        sa.select(Submission).where(
            Submission.conference_id == conference.id,
            Submission.source_key.is_not(None),
            ~Submission.source_key.startswith("form:"),
        )
    )
    return {submission.source_key or "": submission for submission in found}


def _ours(conference: Conference) -> dict[str, Submission]:
    """What was proposed here, by its code: an export of ours comes home."""
    found = db.session.scalars(
        sa.select(Submission).where(
            Submission.conference_id == conference.id, Submission.state != SubmissionState.DRAFT
        )
    )
    return {submission.code: submission for submission in found}


@dataclass(frozen=True)
class _Import:
    """One import while it runs."""

    edition: Edition
    persons: Persons
    kind: Kind
    report: Report
    by: Person
    at: datetime

    def take(self, talk: ImportedTalk, known: Submission | None) -> None:
        submission = known or self._new(talk)
        changed = fill(submission, values_of(talk, self.edition))
        changed |= self.persons.seat(submission, talk)
        db.session.flush()
        if talk.state.lower() in NEVER_TAKEN and not _is_told_so(submission, talk):
            changed |= take_back(submission, by=self.by, at=self.at)
        elif self.kind is Kind.PROGRAMME:
            changed |= announce(submission, talk, self.edition, by=self.by, at=self.at)
        report = self.report
        lines = report.new if known is None else report.changed if changed else report.unchanged
        lines.append(talk.title)

    def take_back(self, vanished: Iterable[Submission]) -> None:
        for submission in vanished:
            if take_back(submission, by=self.by, at=self.at):
                self.report.cancelled.append(submission.title)

    def _new(self, talk: ImportedTalk) -> Submission:
        submission = Submission(
            conference_id=self.edition.conference.id,
            source_key=talk.key,
            title=talk.title,
            format_id=self.edition.format_of(talk).id,
            state=SubmissionState.SUBMITTED,
            created_by_id=self.by.id,
            created_at=self.at,
            submitted_at=self.at,
        )
        db.session.add(submission)
        return submission


def _is_told_so(submission: Submission, talk: ImportedTalk) -> bool:
    """Whether we rejected it ourselves: then it stands there as what was proposed."""
    decision = submission.decision
    is_rejected = decision is not None and decision.outcome is Outcome.REJECT
    return is_rejected and talk.state.lower() == "rejected"
