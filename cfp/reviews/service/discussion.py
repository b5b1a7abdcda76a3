"""The committee's discussion: reasons for and against, and who stands behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import weighing
from cfp.reviews.models import Argument, Opinion, Side
from cfp.reviews.queries import discussion as queries
from cfp.reviews.queries import needs_reviewers
from cfp.submissions.models import Submission

MOST_WORDS = 500  # characters of an argument, as in the table
MOST_ARGUMENTS = 20  # of one person on one proposal


@dataclass(frozen=True)
class Heard:
    """An argument as one reader meets it; ``mine`` is their own opinion of it, if they have one."""

    argument: Argument
    weighed: weighing.Weighed
    mine: bool | None
    is_own: bool


def heard(submission: Submission, reader: Person) -> dict[Side, list[Heard]]:
    """What is said for a proposal and against it, the weightiest first."""
    found = {one.id: one for one in db.session.scalars(queries.arguments_on(submission))}
    said: dict[Side, list[Heard]] = {side: [] for side in Side}
    for weighed in weighing.weightiest_first(map(_weighed, found.values())):
        argument = found[int(weighed.key)]
        opinions = {opinion.person_id: opinion.agrees for opinion in argument.opinions}
        is_own = argument.person_id == reader.id
        said[argument.side].append(Heard(argument, weighed, opinions.get(reader.id), is_own))
    return said


def _weighed(argument: Argument) -> weighing.Weighed:
    agree = sum(opinion.agrees for opinion in argument.opinions)
    return weighing.Weighed(argument.id, argument.at, agree, len(argument.opinions) - agree)


def is_settled(submission: Submission) -> bool:
    """Whether the speakers were told yes or no; then there is nothing left to discuss."""
    select = sa.select(Submission.id).where(Submission.id == submission.id, needs_reviewers())
    return db.session.scalar(select) is None


def argue(submission: Submission, side: Side, text: str, *, by: Person, at: datetime) -> Argument:
    """Say a reason for or against a proposal."""
    _check_open(submission)
    if not text.strip():
        raise Refused(_("Please say why."), field="text")
    said = db.session.scalars(queries.arguments_on(submission)).all()
    if any(one.text == text and one.side is side for one in said):
        raise Refused(_("This was said already. You may agree with it."), field="text")
    if sum(one.person_id == by.id for one in said) >= MOST_ARGUMENTS:
        raise Refused(_("You have said enough about this proposal."), field="text")
    argument = Argument(
        conference_id=submission.conference_id,
        submission_id=submission.id,
        person_id=by.id,
        side=side,
        text=text[:MOST_WORDS],
        at=at,
    )
    db.session.add(argument)
    db.session.flush()
    log("argued", argument, by=by, at=at, submission=submission.id, side=side.value)
    return argument


def agree(argument: Argument, *, agrees: bool | None, by: Person, at: datetime) -> None:
    """Stand behind an argument or against it; ``None`` takes that back. The last word counts."""
    _check_open(argument.submission)
    if argument.person_id == by.id:
        raise Refused(_("Your own argument has your support already."))
    known = db.session.scalar(queries.opinion(argument, by))
    if known is not None and agrees is None:
        db.session.delete(known)
    elif known is not None:
        known.agrees = bool(agrees)
    elif agrees is not None:
        db.session.add(Opinion(argument_id=argument.id, person_id=by.id, agrees=agrees))
    db.session.flush()
    db.session.expire(argument, ["opinions"])
    log("weighed argument", argument, by=by, at=at, agrees=agrees)


def withdraw(argument: Argument, *, by: Person, at: datetime) -> None:
    """Take an argument of one's own back, with all opinions of it."""
    _check_open(argument.submission)
    if argument.person_id != by.id:
        raise Refused(_("This is the argument of somebody else."))
    log("withdrew argument", argument, by=by, at=at, submission=argument.submission_id)
    db.session.delete(argument)
    db.session.flush()


def splits(person: Person, conference: Conference) -> set[int]:
    """Ids of what this person has judged and the committee is split over, without a word of theirs.

    Their colleagues' scores count only where their own is written.
    """
    scores: dict[int, list[int]] = defaultdict(list)
    for submission, score in db.session.execute(queries.given_beside(person, conference.id)):
        scores[submission].append(score)
    argued = set(db.session.scalars(queries.argued_by(person, conference.id)))
    return {key for key, given in scores.items() if weighing.is_split(given)} - argued


def _check_open(submission: Submission) -> None:
    if is_settled(submission):
        raise Refused(_("The speakers were told already. The discussion is over."))
