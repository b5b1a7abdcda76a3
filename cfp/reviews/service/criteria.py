"""What reviewers are asked beside their verdict: worded by the chair, answered with a review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.conference.service.clone import Clone, taken_along
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews.models import Criterion, CriterionScore, Review
from cfp.reviews.queries import criteria as queries

MOST = 6
MOST_WORDS = 120


def of_edition(conference: Conference) -> list[Criterion]:
    return list(db.session.scalars(queries.criteria(conference.id)))


def keep(
    conference: Conference, labels: Mapping[str, str], added: str, *, by: Person, at: datetime
) -> None:
    """Word the criteria by their codes, ask one more; what has no words any more is not asked.

    What was answered stays: reviewers who gave a number gave it to a question.
    """
    lock(conference)
    known = of_edition(conference)
    answered = dict(db.session.execute(queries.answers(conference.id)).all())
    for one in known:
        label = labels.get(one.code, one.label)[:MOST_WORDS]
        if not label and answered.get(one.id):
            raise Refused(_("It has been answered already and stays."), field=f"label-{one.code}")
        if not label:
            db.session.delete(one)
        else:
            one.label = label
    left = [one for one in known if labels.get(one.code, one.label)]
    if added and len(left) >= MOST:
        raise Refused(_("%(n)s criteria are as many as anybody answers.", n=MOST), field="added")
    if added:
        position = max((one.position for one in left), default=-1) + 1
        new = Criterion(conference_id=conference.id, label=added[:MOST_WORDS], position=position)
        db.session.add(new)
    db.session.flush()
    words = [one.label for one in of_edition(conference)]
    log("worded criteria", conference, by=by, at=at, conference_id=conference.id, criteria=words)


def answer(review: Review, given: Mapping[int, int | None]) -> None:
    """What a review says to each criterion, by its id; None takes an answer back."""
    asked = {one.id for one in db.session.scalars(queries.criteria(review.conference_id))}
    known = {one.criterion_id: one for one in review.criterion_scores}
    for key in asked & given.keys():
        value = given[key]
        if value is not None and not 1 <= value <= 5:
            raise Refused(_("Please choose a number from 1 to 5."))
        if value is None and key in known:
            review.criterion_scores.remove(known[key])
        elif value is not None and key in known:
            known[key].value = value
        elif value is not None:
            review.criterion_scores.append(CriterionScore(criterion_id=key, value=value))
    db.session.flush()


def means_of(reviews: Iterable[Review]) -> list[tuple[str, float, int]]:
    """(criterion, mean, number of answers) over these reviews, in the order of the criteria."""
    given: dict[tuple[int, int, str], list[int]] = {}
    for review in reviews:
        for one in review.criterion_scores:
            place = one.criterion.position, one.criterion.id, one.criterion.label
            given.setdefault(place, []).append(one.value)
    return [
        (place[2], sum(values) / len(values), len(values))
        for place, values in sorted(given.items(), key=lambda item: item[0])
    ]


def columns(conference: Conference) -> list[tuple[str, dict[int, Any]]]:
    """(label, mean by id of submission) of each criterion, for the exported ranking."""
    means: dict[int, dict[int, Any]] = {}
    for submission, criterion, mean in db.session.execute(queries.means(conference.id)):
        means.setdefault(criterion, {})[submission] = mean
    return [(one.label, means.get(one.id, {})) for one in of_edition(conference)]


@taken_along
def copy_criteria(clone: Clone) -> None:
    """Reviewers of a new edition are asked what those of the earlier one were."""
    for one in of_edition(clone.source):
        new = Criterion(conference_id=clone.target.id, label=one.label, position=one.position)
        db.session.add(new)
    db.session.flush()
