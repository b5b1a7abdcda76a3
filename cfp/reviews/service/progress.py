"""How far the reviews are: what is owed and written, by whom, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.reviews import queries
from cfp.reviews.models import AssignmentState
from cfp.submissions.models import Submission


class Step(Enum):
    """What the committee does next, in the order in which it comes up."""

    WAIT_FOR_PROPOSALS = "wait for proposals"
    INVITE_REVIEWERS = "invite reviewers"
    PUBLISH = "publish"
    ASSIGN = "assign"
    REFILL = "refill"
    WAIT_FOR_REVIEWS = "wait for reviews"
    SELECT = "select"


@dataclass(frozen=True)
class Load:
    """One reviewer: what was given to them, what they wrote and handed back, what is drafted."""

    person: Person
    owed: int
    written: int
    drafted: int
    handed_back: int


@dataclass(frozen=True)
class Progress:
    """The reviews of an edition at one moment. ``short``: proposals with too few reviewers.

    ``proposals`` are those that need reviewers or had some: keynotes are invited, not reviewed.
    """

    proposals: int
    loads: list[Load]
    scores: dict[int, int]
    short: int
    is_over: bool

    @property
    def owed(self) -> int:
        return sum(load.owed for load in self.loads)

    @property
    def written(self) -> int:
        return sum(load.written for load in self.loads)

    @property
    def drafted(self) -> int:
        return sum(load.drafted for load in self.loads)

    @property
    def step(self) -> Step:
        """The one next action."""
        ways = (
            (not self.proposals, Step.WAIT_FOR_PROPOSALS),
            (not self.loads, Step.INVITE_REVIEWERS),
            (bool(self.drafted), Step.PUBLISH),
            (not self.owed, Step.ASSIGN),
            (self.is_over or self.written == self.owed, Step.SELECT),
            (bool(self.short), Step.REFILL),
        )
        return next((step for applies, step in ways if applies), Step.WAIT_FOR_REVIEWS)


def progress_of(conference: Conference, at: datetime) -> Progress:
    """Everybody who reviews or ever did here, and how far they are."""
    columns = (Submission.id, queries.needs_reviewers())
    needing = dict(
        db.session.execute(queries.proposals(conference.id).with_only_columns(*columns)).all()
    )
    scores = db.session.execute(queries.scores(conference.id)).all()
    found = db.session.execute(queries.pairs(conference.id))
    pairs = [pair for pair in found if pair[1] in needing]
    reviewers = db.session.scalars(queries.reviewers(conference.id)).all()
    written = {(person, submission) for submission, person, _score in scores}
    owed = written | {(p, s) for p, s, state in pairs if state is AssignmentState.PUBLISHED}
    covered = Counter(submission for _person, submission in owed)
    return Progress(
        proposals=sum(needs or key in covered for key, needs in needing.items()),
        loads=_loads([*reviewers, *_others(owed, reviewers)], owed, written, pairs),
        scores=dict(Counter(score for _submission, _person, score in scores)),
        short=sum(
            needs and covered[key] < conference.reviews_each for key, needs in needing.items()
        ),
        is_over=clock.is_past(conference.reviews_due_at, at),
    )


def _others(owed: Iterable[tuple[int, int]], known: Iterable[Person]) -> list[Person]:
    """Those who reviewed or were asked to and are no longer reviewers."""
    ids = {person for person, _submission in owed} - {person.id for person in known}
    return list(db.session.scalars(queries.people(ids))) if ids else []


def _loads(people: list[Person], owed: set[Any], written: set[Any], pairs: list[Any]) -> list[Load]:
    owing, writing = Counter(p for p, _s in owed), Counter(p for p, _s in written)
    by_state = Counter((person, state) for person, _submission, state in pairs)
    return [
        Load(
            person=person,
            owed=owing[person.id],
            written=writing[person.id],
            drafted=by_state[person.id, AssignmentState.DRAFT],
            handed_back=by_state[person.id, AssignmentState.RECUSED],
        )
        for person in people
    ]
