"""What visitors see or leave: stars, support and slides go, a printed programme is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.materials.models import Material
from cfp.people.erasing import Line, forgets
from cfp.people.models import Person
from cfp.schedule.service.erasing import releases_about
from cfp.site.queries import papers_of
from cfp.stars.models import StarList
from cfp.submissions.models import Decision, Speaker, Submission, Talk
from cfp.wishlist.models import Support


def _slides(person: Person) -> sa.Select[int]:
    """Files and links of talks that they gave alone."""
    mine = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    alone = (
        sa.select(Speaker.submission_id)
        .where(Speaker.submission_id.in_(mine))
        .group_by(Speaker.submission_id)
        .having(sa.func.count() == 1)
    )
    return (
        sa.select(Material.id)
        .join(Talk, Material.talk_id == Talk.id)
        .join(Submission, Talk.submission_id == Submission.id)
        .where(sa.or_(Submission.id.in_(alone), Material.added_by_id == person.id))
    )


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    lists = (StarList, Support)
    found = [sa.select(sa.func.count()).where(one.person_id == person.id) for one in lists]
    number = sum(db.session.scalar(one) or 0 for one in found)
    yield Line(_("Stars and support of wishes"), number)
    untold = sa.select(Decision.submission_id).where(
        Decision.told_at.is_(None), Decision.told_outcome.is_(None)
    )
    known = _slides(person).where(Submission.id.not_in(untold))  # no count gives a yes away
    number = len(db.session.scalars(known).all())
    yield Line(_("Slides and links of talks that you gave"), number)


def _forget(person: Person, _at: datetime) -> None:
    db.session.execute(sa.delete(Material).where(Material.id.in_(_slides(person))))
    for found in db.session.scalars(sa.select(StarList).where(StarList.person_id == person.id)):
        db.session.delete(found)
    db.session.execute(sa.delete(Support).where(Support.person_id == person.id))
    numbers = [schedule.id for schedule in releases_about(person)]
    db.session.execute(papers_of(numbers))


forgets(_tell, _forget, first=True)
