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
from cfp.reviews.models import Assignment, AssignmentState, DeclaredConflict
from cfp.reviews.queries import conflicts as among
from cfp.submissions.models import Submission

MOST_WORDS = 300  # characters of a reason, as in the table
NO_NEWS = frozenset({rules.Kind.OWN, rules.Kind.DECLARED})


def of_edition(conference: Conference) -> list[rules.Conflict]:
    """Every reason against every pair; for the chair's eyes only."""
    reviewers = db.session.scalars(queries.reviewers(conference.id))
    return _detect(conference.id, reviewers, queries.declared(conference.id))


def known_to(
    person: Person, conference: Conference, only: sa.ColumnElement[bool] | None = None
) -> set[Any]:
    """Ids of the proposals that this person is told they must not judge.

    Where reviews are blind that is their own and what they declared. Whatever else was found stays
    with the chair: who writes another employer into their profile, or asks somebody to speak with
    them, would see by what vanishes from a list whose proposals these are.
    """
    declared = queries.declared(conference.id).where(DeclaredConflict.person_id == person.id)
    if conference.blind:
        declared = declared.where(DeclaredConflict.declared_by_id == person.id)
    found = _detect(conference.id, [person], declared, only)
    return {conflict.submission for conflict in found if conflict.kind in _told(conference)}


def is_known_to(person: Person, submission: Submission) -> bool:
    """Whether this person is told that this one proposal is not theirs to judge."""
    only = among.beside(person, submission)
    return submission.id in known_to(person, submission.conference, only)


def known_pairs(conference: Conference) -> set[rules.Pair]:
    """All that the reviewers know for a conflict. What was declared is on nobody's list anyway."""
    told = _told(conference)
    return {conflict.pair for conflict in of_edition(conference) if conflict.kind in told}


def _told(conference: Conference) -> frozenset[rules.Kind]:
    return NO_NEWS if conference.blind else frozenset(rules.Kind)


def came_up(conference: Conference, found: Iterable[rules.Conflict]) -> list[Assignment]:
    """Reviews on somebody's list that have become one of these conflicts since they were given."""
    pairs = {conflict.pair for conflict in found}
    given = db.session.scalars(queries.assignments(conference.id, AssignmentState.PUBLISHED))
    return [one for one in given if (one.person_id, one.submission_id) in pairs]


def release(conference: Conference, *, by: Person, at: datetime) -> int:
    """Take what has become a conflict off its reviewers' lists; returns how many reviews."""
    found = came_up(conference, of_edition(conference))
    for one in found:
        one.state, one.reason = AssignmentState.RECUSED, _("A conflict of interest came up.")
        log("released", one, by=by, at=at)
    return len(found)


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
    conference_id: int,
    reviewers: Iterable[Person],
    declared: sa.Select[DeclaredConflict],
    only: sa.ColumnElement[bool] | None = None,
) -> list[rules.Conflict]:
    """In all proposals of the edition, or in those of ``only``."""
    some = sa.true() if only is None else only
    rows = db.session.execute(among.who_is_on_it(conference_id, some))
    proposals = [
        rules.Proposal(submission, title, tuple(_on_it(*row[2:]) for row in group))
        for (submission, title), group in groupby(rows, key=lambda row: tuple(row[:2]))
    ]
    speakers = {proposal.id: proposal.speakers for proposal in proposals}
    return rules.detect(
        proposals,
        [_someone(p.id, p.name, p.employer, p.email) for p in reviewers],
        [_declaration(d, speakers) for d in db.session.scalars(declared)],
    )


def _on_it(
    speaker: int | None, invitation: str, name: str, employer: str, email: str | None
) -> rules.Someone:
    if speaker is None:
        return rules.Someone(
            f"invited {invitation}", name or email or "", email=email or "", is_asked=True
        )
    return _someone(speaker, name, employer, email)


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
