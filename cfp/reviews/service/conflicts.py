"""Who must not judge what: detected from what we know, or declared by somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import conflicts as rules
from cfp.reviews import queries
from cfp.reviews.models import AssignmentState, DeclaredConflict
from cfp.submissions.models import Submission

MOST_WORDS = 300  # characters of a reason, as in the table


def of_edition(conference: Conference) -> list[rules.Conflict]:
    """Every reason against every pair; for the chair's eyes only."""
    reviewers = db.session.scalars(queries.reviewers(conference.id))
    return _detect(queries.who_speaks(conference.id), reviewers, queries.declared(conference.id))


def barred(person: Person, conference: Conference) -> set[Any]:
    """Ids of the proposals that this person must not judge."""
    declared = queries.declared(conference.id).where(DeclaredConflict.person_id == person.id)
    found = _detect(queries.who_speaks(conference.id), [person], declared)
    return {conflict.submission for conflict in found}


def is_barred(person: Person, submission: Submission) -> bool:
    """Whether anything speaks against this one pair."""
    who_speaks = queries.who_speaks(submission.conference_id).where(
        queries.beside(person, submission)
    )
    declared = queries.declared(submission.conference_id).where(
        DeclaredConflict.person_id == person.id, DeclaredConflict.submission_id == submission.id
    )
    found = _detect(who_speaks, [person], declared)
    return any(conflict.submission == submission.id for conflict in found)


def declare(
    submission: Submission, person: Person, reason: str, *, by: Person, at: datetime
) -> DeclaredConflict:
    """Write down that ``person`` must not judge this proposal, and take the review off them.

    The first reason stands. What is only a draft stays, so that its chair sees it refused.
    """
    known = db.session.scalar(
        queries.declared(submission.conference_id).where(
            DeclaredConflict.person_id == person.id,
            DeclaredConflict.submission_id == submission.id,
        )
    )
    if known is not None:
        return known
    declared = DeclaredConflict(
        submission_id=submission.id,
        person_id=person.id,
        declared_by_id=by.id,
        reason=reason[:MOST_WORDS],
        at=at,
    )
    db.session.add(declared)
    db.session.flush()
    log("declared conflict", submission, by=by, at=at, reviewer=person.id)
    for assignment in db.session.scalars(queries.owed(person, submission)):
        assignment.state, assignment.reason = AssignmentState.RECUSED, declared.reason
        log("recused", assignment, by=by, at=at)
    return declared


def lift(declared: DeclaredConflict, submission: Submission, *, by: Person, at: datetime) -> None:
    """Take a declared conflict back. What was handed back meanwhile stays handed back."""
    if by.id == declared.person_id:
        raise Refused(_("Please ask another chair to lift a conflict of your own."))
    log("lifted conflict", submission, by=by, at=at, reviewer=declared.person_id)
    db.session.delete(declared)


def _detect(
    who_speaks: sa.Select[int, str, int, str, str, str | None],
    reviewers: Iterable[Person],
    declared: sa.Select[DeclaredConflict],
) -> list[rules.Conflict]:
    rows = db.session.execute(who_speaks).all()
    proposals = [_proposal(list(group)) for _id, group in groupby(rows, key=lambda row: row[0])]
    speakers = {proposal.id: proposal.speakers for proposal in proposals}
    return rules.detect(
        proposals,
        [_someone(p.id, p.name, p.employer, p.email) for p in reviewers],
        [_declaration(d, speakers) for d in db.session.scalars(declared)],
    )


def _proposal(rows: list[Any]) -> rules.Proposal:
    submission, title = rows[0][:2]
    return rules.Proposal(submission, title, tuple(_someone(*row[2:]) for row in rows))


def _someone(key: int, name: str, employer: str, email: str | None) -> rules.Someone:
    return rules.Someone(key, name, employer, email or "")


def _declaration(
    declared: DeclaredConflict, speakers: dict[rules.Key, tuple[rules.Someone, ...]]
) -> rules.Declaration:
    side = rules.Side.CHAIR
    if declared.declared_by_id == declared.person_id:
        side = rules.Side.REVIEWER
    elif declared.declared_by_id in {s.id for s in speakers.get(declared.submission_id, ())}:
        side = rules.Side.SPEAKER
    return rules.Declaration(declared.person_id, declared.submission_id, side, declared.reason)
