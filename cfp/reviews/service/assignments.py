"""Who reviews what: the plan as a draft, its publication, and what is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries
from cfp.reviews.models import Assignment, AssignmentState
from cfp.reviews.service import conflicts
from cfp.reviews.service.committee import topics_of
from cfp.reviews.service.letters import tell_reviewers
from cfp.submissions.models import Submission

if TYPE_CHECKING:
    from cfp.reviews.assignment import Plan, Problem


@dataclass(frozen=True)
class Asked:
    """What the chair wants of a plan. ``balance`` and ``wishes`` are sliders from 0 to 100."""

    each: int
    most: int | None = None
    balance: int = 100  # loads within one of each other, where that can be
    wishes: int = 67
    seed: int = 1
    plain: bool = False  # a draw, for which bids and topics do not count


def problem_of(conference: Conference, asked: Asked) -> Problem:
    """All that is known, as the plan wants it. What was published or written stays."""
    from cfp.reviews.assignment import Bid, Problem, Proposal, Reviewer  # noqa: PLC0415  (NumPy)

    running = queries.open_to_reviews(conference.id)
    columns = running.with_only_columns(Submission.id, Submission.track_id)
    given = db.session.execute(queries.pairs(conference.id)).all()
    written = db.session.execute(queries.scores(conference.id)).all()
    kept = {(p, s) for p, s, state in given if state is AssignmentState.PUBLISHED}
    topics: dict[int, set[int]] = defaultdict(set)
    for person_id, track_id in topics_of(conference):
        topics[person_id].add(track_id)
    return Problem(
        submissions=tuple(Proposal(key, track) for key, track in db.session.execute(columns)),
        reviewers=tuple(
            Reviewer(person.id, asked.most, frozenset(topics[person.id]))
            for person in db.session.scalars(queries.reviewers(conference.id))
        ),
        per_submission=asked.each,
        conflicts=frozenset(conflict.pair for conflict in conflicts.of_edition(conference)),
        refused=frozenset((p, s) for p, s, state in given if state is AssignmentState.RECUSED),
        bids={
            (person, submission): Bid(value.value)
            for person, submission, value in db.session.execute(queries.bids(conference.id))
        },
        kept=frozenset(kept | {(row.person_id, row.submission_id) for row in written}),
    )


def keep_draft(conference: Conference, plan: Plan, *, at: datetime) -> int:
    """The plan's new pairs as the draft, in place of any earlier draft; returns how many."""
    _delete_draft(conference)
    known = {(p, s) for p, s, _state in db.session.execute(queries.pairs(conference.id))}
    pairs = [pair for pair in plan.added if pair not in known]
    db.session.add_all(
        Assignment(
            conference_id=conference.id, person_id=person, submission_id=submission, assigned_at=at
        )
        for person, submission in pairs
    )
    db.session.flush()
    return len(pairs)


def discard_draft(conference: Conference, *, by: Person, at: datetime) -> int:
    """Throw the draft away; nobody has heard of it."""
    number = _delete_draft(conference)
    if not number:
        raise Refused(_("There is no draft to discard."))
    log(
        "discarded assignment",
        conference,
        by=by,
        at=at,
        conference_id=conference.id,
        reviews=number,
    )
    return number


def publish(conference: Conference, *, by: Person, at: datetime) -> int:
    """Give the draft to the reviewers and write to each of them once; returns how many reviews."""
    batch = _take_draft(conference, at)
    if not batch:
        raise Refused(_("There is no draft to publish."))
    _check_all_may(conference, batch)
    conflicts.release(conference, by=by, at=at)
    log(
        "published assignment",
        conference,
        by=by,
        at=at,
        conference_id=conference.id,
        reviews=len(batch),
        letters=tell_reviewers(conference, batch, at=at),
    )
    return len(batch)


def take_back(person: Person, conference: Conference, *, by: Person, at: datetime) -> int:
    """Take what a reviewer has not written off their list, so that others can be asked."""
    owed = db.session.scalars(queries.owed_by(person, conference.id)).all()
    written = {
        r.submission_id for r in db.session.scalars(queries.reviews_by(person, conference.id))
    }
    late = [one for one in owed if one.submission_id not in written]
    if not late:
        raise Refused(_("%(name)s owes no review.", name=person.name))
    for one in late:
        one.state, one.reason = AssignmentState.RECUSED, _("Taken back by the chair.")
        log("took back", one, by=by, at=at)
    return len(late)


def _take_draft(conference: Conference, at: datetime) -> Sequence[Assignment]:
    """Turn the draft into published assignments in one statement: of two who try, one finds none.

    What was withdrawn meanwhile needs no review; it falls out of the draft.
    """
    running = queries.proposals(conference.id).with_only_columns(Submission.id)
    _delete_draft(conference, Assignment.submission_id.not_in(running))
    taken = db.session.scalars(
        sa.update(Assignment)
        .where(Assignment.conference_id == conference.id, Assignment.state == AssignmentState.DRAFT)
        .values(state=AssignmentState.PUBLISHED, assigned_at=at)
        .returning(Assignment.id)
    ).all()
    select = queries.assignments(conference.id, AssignmentState.PUBLISHED)
    return db.session.scalars(select.where(Assignment.id.in_(taken))).all()


def _check_all_may(conference: Conference, batch: Iterable[Assignment]) -> None:
    """What came up since the draft was made stops it; the chair draws up the plan again."""
    barred = {conflict.pair for conflict in conflicts.of_edition(conference)}
    reviewers = set(db.session.scalars(queries.reviewers(conference.id)))
    gone = {one.person.name for one in batch if one.person not in reviewers}
    if gone:
        names = ", ".join(sorted(gone))
        raise Refused(
            _("No longer a reviewer: %(names)s. Please draw up the plan again.", names=names)
        )
    pairs = [
        _("%(name)s and “%(title)s”", name=one.person.name, title=one.submission.title)
        for one in batch
        if (one.person_id, one.submission_id) in barred
    ]
    if pairs:
        raise Refused(
            _(
                "There is a conflict of interest by now: %(pairs)s. Please draw up the plan again.",
                pairs="; ".join(pairs),
            )
        )


def _delete_draft(conference: Conference, *which: sa.ColumnElement[bool]) -> int:
    deleted = db.session.execute(
        sa.delete(Assignment)
        .where(
            Assignment.conference_id == conference.id,
            Assignment.state == AssignmentState.DRAFT,
            *which,
        )
        .execution_options(synchronize_session="fetch")
    )
    return int(deleted.rowcount)  # type: ignore[attr-defined]
