"""Questions about the further criteria of an edition, as selects."""

from __future__ import annotations

import sqlalchemy as sa

from cfp.reviews.models import Criterion, CriterionScore, Review


def criteria(conference_id: int) -> sa.Select[Criterion]:
    """What reviewers are asked beside their verdict, in its order."""
    return (
        sa.select(Criterion)
        .where(Criterion.conference_id == conference_id)
        .order_by(Criterion.position, Criterion.id)
    )


def answers(conference_id: int) -> sa.Select[int, int]:
    """(criterion id, number of answers) where there are any."""
    return (
        sa.select(CriterionScore.criterion_id, sa.func.count())
        .join(Criterion, Criterion.id == CriterionScore.criterion_id)
        .where(Criterion.conference_id == conference_id)
        .group_by(CriterionScore.criterion_id)
    )


def means(conference_id: int) -> sa.Select[int, int, float]:
    """(submission id, criterion id, mean) of every proposal that was judged by a criterion."""
    return (
        sa.select(
            Review.submission_id,
            CriterionScore.criterion_id,
            sa.func.avg(sa.cast(CriterionScore.value, sa.Float)),
        )
        .join(Review, Review.id == CriterionScore.review_id)
        .where(Review.conference_id == conference_id)
        .group_by(Review.submission_id, CriterionScore.criterion_id)
    )
