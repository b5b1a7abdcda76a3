"""How speakers come and where they sleep, as far as the conference helps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions import queries
from cfp.submissions.models import Stay

AROUND = timedelta(days=7)  # nobody is put up longer before or after


@dataclass(frozen=True)
class Needs:
    """What a speaker says about travel and hotel."""

    comes_from: str = ""
    needs_travel: bool = False
    travel_cost: int | None = None
    needs_hotel: bool = False
    arrives_on: date | None = None
    leaves_on: date | None = None
    wishes: str = ""


def set_stay(person: Person, conference: Conference, needs: Needs, *, at: datetime) -> Stay:
    """Write down what a speaker needs; one entry a person and edition."""
    _check(conference, needs)
    stay = db.session.scalar(queries.stay_of(person, conference))
    if stay is None:
        stay = Stay(conference_id=conference.id, person_id=person.id)
        db.session.add(stay)
    for name, value in asdict(needs).items():
        setattr(stay, name, value)
    db.session.flush()
    log("said how they come", stay, by=person, at=at)
    return stay


def _check(conference: Conference, needs: Needs) -> None:
    first, last = needs.arrives_on, needs.leaves_on
    if first is None:
        if needs.needs_hotel or last is not None:
            raise Refused(_("Please say which night is the first."), field="arrives_on")
        return
    if last is None or last <= first:
        raise Refused(_("Please leave after you have arrived."), field="leaves_on")
    if first < conference.starts_on - AROUND or last > conference.ends_on + AROUND:
        raise Refused(_("Please choose days around the conference."), field="arrives_on")
