"""What the committee keeps of somebody who is erased: scores without words and without a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.people.erasing import ERASED, Fate, Line, forgets
from cfp.people.models import Person
from cfp.reviews.models import (
    Argument,
    Assignment,
    Bid,
    DeclaredConflict,
    Opinion,
    Review,
    ReviewerInvitation,
    Topic,
)

GONE: tuple[Any, ...] = (Argument, Opinion, Bid, Topic, DeclaredConflict)


def _count(model: Any, person: Person) -> int:
    found = sa.select(sa.func.count()).select_from(model).where(model.person_id == person.id)
    return db.session.scalar(found) or 0


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    yield Line(
        _("Reviews that you wrote"),
        _count(Review, person),
        Fate.NAMELESS,
        _("The scores stay, because decisions rest on them; what you wrote is deleted."),
    )
    number = sum(_count(model, person) for model in GONE)
    yield Line(_("Arguments, bids, topics and conflicts of yours"), number)


def _forget(person: Person, _at: datetime) -> None:
    words = {"for_committee": "", "for_speaker": ""}
    db.session.execute(sa.update(Review).where(Review.person_id == person.id).values(**words))
    for argument in db.session.scalars(sa.select(Argument).where(Argument.person_id == person.id)):
        db.session.delete(argument)
    db.session.flush()
    for model in GONE[1:]:
        db.session.execute(sa.delete(model).where(model.person_id == person.id))
    written = sa.select(Review.submission_id).where(Review.person_id == person.id)
    db.session.execute(
        sa.delete(Assignment).where(
            Assignment.person_id == person.id, Assignment.submission_id.not_in(written)
        )
    )
    if person.email:
        asked = ReviewerInvitation.email == person.email
        db.session.execute(sa.update(ReviewerInvitation).where(asked).values(email=ERASED))


forgets(_tell, _forget)
