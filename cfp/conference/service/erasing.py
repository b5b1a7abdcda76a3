"""What an edition keeps of somebody who is erased: offices, which somebody has to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.access import Role
from cfp.conference import queries
from cfp.conference.models import Membership
from cfp.db import db
from cfp.errors import Refused
from cfp.people.erasing import Line, forgets
from cfp.people.models import Person


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    offices = db.session.scalars(queries.memberships_of(person)).all()
    yield Line(_("Offices in the teams of editions"), len(offices))


def _forget(person: Person, at: datetime) -> None:
    for office in db.session.scalars(queries.memberships_of(person)):
        edition = office.conference
        alone = (db.session.scalar(queries.how_many_with(edition, Role.ORGANISER)) or 0) <= 1
        if office.role is Role.ORGANISER and alone and edition.ends_on >= at.date():
            sentence = _(
                "You are the only organiser of %(name)s. Please appoint another one first."
            )
            raise Refused(sentence % {"name": edition.name})
    db.session.execute(sa.delete(Membership).where(Membership.person_id == person.id))


forgets(_tell, _forget)
