"""The demo's reviews: assigned like real ones, scored by made-up tastes, nearly all written."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from cfp.access import Role
from cfp.conference import queries as conferences
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.reviews import queries, weighing
from cfp.reviews.models import (
    Argument,
    Assignment,
    AssignmentState,
    Bid,
    BidValue,
    Criterion,
    CriterionScore,
    Opinion,
    Review,
    Side,
    Topic,
)
from cfp.reviews.service import conflicts

STILL_OWED = 0.05


def add_reviews(
    conference: Conference,
    quality: dict[int, float],
    comments: list[dict[str, str]],
    at: datetime,
    lot: random.Random,
) -> None:
    """Three reviews for each proposal by people without a conflict; one in twenty is still owed."""
    from cfp.reviews.assignment import Problem, Proposal, Reviewer, assign  # noqa: PLC0415

    reviewers = db.session.scalars(conferences.people_with(conference, Role.REVIEWER)).all()
    _add_wishes(conference, reviewers, quality)
    plan = assign(
        Problem(
            submissions=tuple(Proposal(submission_id) for submission_id in quality),
            reviewers=tuple(Reviewer(person.id) for person in reviewers),
            per_submission=conference.reviews_each,
            conflicts=frozenset(
                (conflict.reviewer, conflict.submission)
                for conflict in conflicts.of_edition(conference)
            ),
        )
    )
    severity = {person.id: lot.gauss(0, 0.5) for person in reviewers}
    texts: dict[int, list[str]] = defaultdict(list)
    for row in comments:
        texts[int(row["score"])].append(row["text"])
    for person_id, submission_id in sorted((int(p), int(s)) for p, s in plan.pairs):
        key = {"submission_id": submission_id, "person_id": person_id}
        key["conference_id"] = conference.id
        db.session.add(
            Assignment(**key, state=AssignmentState.PUBLISHED, assigned_at=at - timedelta(days=7))
        )
        if lot.random() < STILL_OWED:
            continue
        taste = quality[submission_id] + severity[person_id] + lot.gauss(0, 0.6)
        score = min(5, max(1, round(taste)))
        written = at - timedelta(hours=lot.uniform(1, 150))
        db.session.add(
            Review(
                **key,
                score=score,
                for_committee=lot.choice(texts[score]),
                written_at=written,
                changed_at=written,
            )
        )
    db.session.flush()
    _add_criterion(conference)


def _add_wishes(
    conference: Conference, reviewers: Sequence[Person], proposals: Collection[int]
) -> None:
    """What each is at home in, and a word on every fourth proposal that is not their own."""
    barred = {conflict.pair for conflict in conflicts.of_edition(conference)}
    for number, person in enumerate(reviewers):
        for step in (0, 2):
            track = conference.tracks[(number + step) % len(conference.tracks)]
            db.session.add(Topic(person_id=person.id, track_id=track.id))
        for place, submission in enumerate(sorted(proposals)):
            if (place + number) % 4 == 0 and (person.id, submission) not in barred:
                value = list(BidValue)[(place // 4 + number) % 3]
                db.session.add(Bid(submission_id=submission, person_id=person.id, value=value))
    db.session.flush()


def _add_criterion(conference: Conference) -> None:
    """One further question, which nearly everybody answers, each a little beside their verdict."""
    question = "How much of it could somebody use on Monday?"
    criterion = Criterion(conference_id=conference.id, label=question)
    db.session.add(criterion)
    db.session.flush()
    written = sa.select(Review).where(Review.conference_id == conference.id).order_by(Review.id)
    for number, review in enumerate(db.session.scalars(written)):
        if number % 11:
            value = min(5, max(1, review.score + (number * 7 % 3) - 1))
            review.criterion_scores.append(CriterionScore(criterion_id=criterion.id, value=value))
    db.session.flush()


def add_arguments(
    conference: Conference, reasons: list[dict[str, str]], at: datetime, lot: random.Random
) -> None:
    """Where the committee is split somebody on either side has said why, and some agree."""
    given: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for submission, reviewer, score in db.session.execute(queries.scores(conference.id)).all():
        given[submission].append((score, reviewer))
    for submission, scores in given.items():
        if not weighing.is_split([score for score, _reviewer in scores]):
            continue
        ordered = [reviewer for _score, reviewer in sorted(scores)]
        for side, reviewer in ((Side.AGAINST, ordered[0]), (Side.FOR, ordered[-1])):
            argument = Argument(
                conference_id=conference.id,
                submission_id=submission,
                person_id=reviewer,
                side=side,
                text=lot.choice([row["text"] for row in reasons if row["side"] == side.value]),
                at=at - timedelta(hours=lot.uniform(1, 20)),
            )
            argument.opinions = [
                Opinion(person_id=other, agrees=lot.random() < 0.6) for other in ordered[1:-1]
            ]
            db.session.add(argument)
    db.session.flush()
