"""Contracts and books name people, and are kept as they are: that is said to who is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import Model, db
from cfp.people.erasing import Fate, Line, forgets, sealed
from cfp.people.models import Person
from cfp.sponsors.models import Contact

KEPT = ("cfp.billing.models", "cfp.sponsors.models")


def _tell(person: Person, _at: datetime) -> Iterator[Line]:
    found = sa.select(sa.func.count()).where(Contact.email == person.email)
    yield Line(
        _("Sponsors whose contact you are"),
        (db.session.scalar(found) or 0) if person.email else 0,
        Fate.KEPT,
        _("You act for a company there. The desk of the sponsor names another contact instead."),
    )


def _forget(_person: Person, _at: datetime) -> None:
    """Nothing: the agreement stands."""


forgets(_tell, _forget)
mapped = (mapper for mapper in Model.registry.mappers if mapper.class_.__module__.startswith(KEPT))
sealed(*(str(mapper.local_table.description) for mapper in mapped))
