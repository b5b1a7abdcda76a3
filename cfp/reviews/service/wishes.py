"""What reviewers would like to read: their bids, and the list they bid on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.reviews import queries
from cfp.reviews.models import Bid, BidValue
from cfp.reviews.service import conflicts
from cfp.submissions.models import Submission

PER_PAGE = 25


@dataclass(frozen=True)
class Biddable:
    """One page of what a reviewer may bid on, and how far they are with all of it."""

    items: list[Submission]
    bids: dict[int, BidValue]
    page: int
    pages: int
    total: int
    answered: int
    everything: int


def own_order(person: Person, code: str) -> bytes:
    """Sorts proposals differently for each reviewer, and for each always the same way.

    So no proposal is always the one read by tired eyes.
    """
    return sha256(f"{person.code} {code}".encode()).digest()


def to_bid_on(
    person: Person,
    conference: Conference,
    *,
    track: int | None = None,
    unanswered: bool = False,
    page: int = 1,
) -> Biddable:
    """What still needs reviewers and is not known to be a conflict, in the reviewer's own order.

    A wish for what is one all the same comes to nothing: no plan ever grants it.
    """
    rows = db.session.execute(
        queries.open_to_reviews(conference.id).with_only_columns(
            Submission.id, Submission.code, Submission.track_id
        )
    ).all()
    known = conflicts.known_to(person, conference)
    rows = [row for row in rows if row.id not in known]
    bids = dict(db.session.execute(queries.bids_of(person, conference.id)).all())
    answered, everything = sum(row.id in bids for row in rows), len(rows)
    if track is not None:
        rows = [row for row in rows if row.track_id == track]
    if unanswered:
        rows = [row for row in rows if row.id not in bids]
    rows.sort(key=lambda row: own_order(person, row.code))
    pages = max(-(-len(rows) // PER_PAGE), 1)
    page = min(max(page, 1), pages)
    ids = [row.id for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]]
    select = sa.select(Submission).where(Submission.id.in_(ids)).options(*queries.to_be_shown())
    found = {submission.id: submission for submission in db.session.scalars(select)}
    return Biddable([found[key] for key in ids], bids, page, pages, len(rows), answered, everything)


def wish(person: Person, submission: Submission, value: BidValue, *, at: datetime) -> Bid:
    """Say how much one wants to review a proposal; the last word counts."""
    if clock.is_past(submission.conference.reviews_due_at, at):
        raise Refused(_("The time for reviews is over. Nothing was changed."))
    if conflicts.is_known_to(person, submission):
        raise Refused(_("You cannot wish for this proposal."))
    bid = db.session.scalar(queries.bid(person, submission))
    if bid is None:
        bid = Bid(submission_id=submission.id, person_id=person.id)
        db.session.add(bid)
    bid.value = value
    db.session.flush()
    return bid
