"""The kitchen, its caterers and its meals: begin, change, take away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.catering import queries
from cfp.catering.models import Caterer, Kitchen, Meal
from cfp.catering.portions import appetite
from cfp.catering.portions.deadline import caterers_day, holidays_of
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries as tickets


def find_kitchen(conference: Conference) -> Kitchen | None:
    return db.session.scalar(queries.kitchen_of(conference.id))


def save_kitchen(
    conference: Conference, values: dict[str, Any], *, by: Person, at: datetime
) -> Kitchen:
    """What the organisers know; the first time this begins the kitchen."""
    if values["codes_claimed"] > values["codes"]:
        raise Refused(_("No more codes can be claimed than were given out."), "codes_claimed")
    if values["young_percent"] + values["older_percent"] > 100:
        raise Refused(_("The shares of young and older people exceed 100 %."), "older_percent")
    kitchen = find_kitchen(conference)
    if kitchen is None:
        kitchen = Kitchen(conference_id=conference.id)
        db.session.add(kitchen)
        kitchen.appetite = _learnt_before(values.get("follows_id"))
    for name, value in values.items():
        setattr(kitchen, name, value)
    db.session.flush()
    log("changed", kitchen, by=by, at=at)
    return kitchen


def _learnt_before(conference_id: int | None) -> int | None:
    """What meals of the edition before have taught about the appetite."""
    before = db.session.scalar(queries.kitchen_of(conference_id)) if conference_id else None
    return before.appetite if before else None


def factor_of(kitchen: Kitchen) -> float:
    """Portions of a mixed crowd that one person of this one eats: as learnt, else by its shares."""
    if kitchen.appetite is not None:
        return kitchen.appetite / 1000
    crowd = appetite.Crowd(
        kitchen.men_percent / 100, kitchen.young_percent / 100, kitchen.older_percent / 100
    )
    return appetite.factor(crowd)


def save_caterer(
    conference: Conference,
    caterer: Caterer | None,
    values: dict[str, Any],
    by: Person,
    at: datetime,
) -> Caterer:
    """A new caterer, or a known one with new terms."""
    try:
        holidays_of(values["land"], range(conference.starts_on.year, conference.starts_on.year + 1))
    except ValueError:
        raise Refused(
            _("No public holidays are known there. DE-BE is Berlin, AT all of Austria."), "land"
        ) from None
    is_new = caterer is None
    caterer = caterer or Caterer(conference_id=conference.id)
    with _one_of_a_name(_("There is a caterer of this name already.")):
        db.session.add(caterer)
        for name, value in values.items():
            setattr(caterer, name, value)
    log("added" if is_new else "changed", caterer, by=by, at=at, name=caterer.name)
    tell_the_shop(conference)
    return caterer


def may_remove(caterer: Caterer) -> bool:
    """Whoever cooks a meal or was ever told a number stays."""
    return not caterer.meals and not db.session.scalar(queries.sheets_of(caterer.id).limit(1))


def remove_caterer(caterer: Caterer, *, by: Person, at: datetime) -> None:
    """Only one who cooks nothing and was never told a number."""
    if not may_remove(caterer):
        raise Refused(_("“%(name)s” has meals or orders and stays.", name=caterer.name))
    log("removed", caterer, by=by, at=at, name=caterer.name)
    db.session.delete(caterer)
    db.session.flush()


def save_meal(
    conference: Conference, meal: Meal | None, values: dict[str, Any], by: Person, at: datetime
) -> Meal:
    """A new meal, or a known one changed."""
    if values["served_on"] not in conference.days:
        raise Refused(_("Choose one of the days of the conference."), "served_on")
    is_new = meal is None
    meal = meal or Meal(conference_id=conference.id)
    with _one_of_a_name(_("There is a meal of this name on that day already.")):
        db.session.add(meal)
        for name, value in values.items():
            setattr(meal, name, value)
    log("added" if is_new else "changed", meal, by=by, at=at, name=meal.name)
    tell_the_shop(conference)
    return meal


def remove_meal(meal: Meal, *, by: Person, at: datetime) -> None:
    """What caterers were told about it stays in their orders."""
    log("removed", meal, by=by, at=at, name=meal.name)
    db.session.delete(meal)
    db.session.flush()


def due_on(caterer: Caterer) -> date | None:
    """The caterer's day: working days before the first meal; none without a meal."""
    if not caterer.meals:
        return None
    first = min(meal.served_on for meal in caterer.meals)
    return caterers_day(first, caterer.working_days, caterer.land)


def tell_the_shop(conference: Conference) -> None:
    """The shop knows until when the caterer waits: its last price step is judged by that day."""
    shop = db.session.scalar(tickets.shop_of(conference))
    if shop is None:
        return
    found = db.session.scalars(
        queries.caterers(conference.id).execution_options(populate_existing=True)
    )
    days = [on for one in found if (on := due_on(one))]
    evening = datetime.combine(min(days), time.max.replace(microsecond=0)) if days else None
    shop.catering_due_at = clock.from_wall(evening, conference.timezone) if evening else None


@contextmanager
def _one_of_a_name(sentence: str) -> Iterator[None]:
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as twice:
        raise Refused(sentence, field="name") from twice
