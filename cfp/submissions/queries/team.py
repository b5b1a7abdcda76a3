"""Questions of the team about proposals: which it looks after, narrowed, sorted, counted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.access import Role
from cfp.conference.models import Conference, Format, Membership, Track
from cfp.people.models import LogEntry, Person
from cfp.submissions.models import Decision, Outcome, Speaker, Submission, SubmissionState

HANDED_IN = Submission.state != SubmissionState.DRAFT
OVERSEERS = frozenset({Role.ORGANISER, Role.CHAIR})


def visible_to(
    person: Person, roles: Collection[Role], conference: Conference
) -> sa.Select[Submission]:
    """What somebody sees by office: all that was handed in, or that of one's own tracks.

    Drafts belong to their authors. Reviewers see what they were given, elsewhere; one's own
    proposals are :func:`own`.
    """
    select = sa.select(Submission).where(Submission.conference_id == conference.id, HANDED_IN)
    if OVERSEERS & set(roles):
        return select
    if Role.TRACK_CHAIR in roles:
        tracks = sa.select(Membership.track_id).where(
            Membership.conference_id == conference.id,
            Membership.person_id == person.id,
            Membership.role == Role.TRACK_CHAIR,
        )
        return select.where(Submission.track_id.in_(tracks))
    return select.where(sa.false())


def matching(
    select: sa.Select[Submission],
    *,
    q: str = "",
    state: str = "",
    track: int | None = None,
    format_: int | None = None,
    outcome: str = "",
) -> sa.Select[Submission]:
    """Narrow a list of proposals; ``outcome`` may also be ``open``: not decided yet."""
    for word in q.split()[:8]:
        speaks = (
            sa.select(Speaker.submission_id)
            .join(Speaker.person)
            .where(Person.name.icontains(word, autoescape=True))
        )
        select = select.where(
            sa.or_(
                Submission.title.icontains(word, autoescape=True),
                Submission.code == word.upper(),
                Submission.id.in_(speaks),
            )
        )
    if state in {s.value for s in SubmissionState}:
        select = select.where(Submission.state == SubmissionState(state))
    if track is not None:
        select = select.where(Submission.track_id == track)
    if format_ is not None:
        select = select.where(Submission.format_id == format_)
    if outcome == "open":
        select = select.where(~Submission.decision.has())
    elif outcome in {o.value for o in Outcome}:
        select = select.where(Submission.decision.has(Decision.outcome == Outcome(outcome)))
    return select


def in_order(select: sa.Select[Submission], sort: str) -> sa.Select[Submission]:
    """Sort by a column of the list, ``-`` before it for the other way round."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    title = sa.func.lower(Submission.title)
    columns: dict[str, sa.ColumnElement[Any]] = {
        "title": title,
        "submitted": sa.func.coalesce(Submission.submitted_at, Submission.created_at),
        "track": sa.select(sa.func.lower(Track.name))
        .where(Track.id == Submission.track_id)
        .scalar_subquery(),
        "format": sa.select(sa.func.lower(Format.name))
        .where(Format.id == Submission.format_id)
        .scalar_subquery(),
        "outcome": sa.select(sa.type_coerce(Decision.outcome, sa.String))
        .where(Decision.submission_id == Submission.id)
        .scalar_subquery(),
    }
    column = columns.get(key, columns["submitted"])
    return select.order_by(column.desc() if down else column.asc(), title, Submission.id)


def counts(select: sa.Select[Submission]) -> sa.Select[*tuple[Any, ...]]:
    """(state, outcome, how many) of a list of proposals."""
    ids = select.with_only_columns(Submission.id).order_by(None)
    return (
        sa.select(Submission.state, Decision.outcome, sa.func.count())
        .join(Decision, Decision.submission_id == Submission.id, isouter=True)
        .where(Submission.id.in_(ids))
        .group_by(Submission.state, Decision.outcome)
    )


def drafts(conference: Conference) -> sa.Select[int]:
    """How many drafts there are; that is all the team learns of them."""
    return (
        sa.select(sa.func.count())
        .select_from(Submission)
        .where(Submission.conference_id == conference.id, ~HANDED_IN)
    )


def log_of(submission: Submission, actions: Collection[str]) -> sa.Select[LogEntry]:
    """What happened to a proposal, the latest first."""
    return (
        sa.select(LogEntry)
        .options(joinedload(LogEntry.person))
        .where(
            LogEntry.subject == Submission.__name__,
            LogEntry.subject_id == submission.id,
            LogEntry.action.in_(list(actions)),
        )
        .order_by(LogEntry.id.desc())
    )
