"""A new edition takes its kitchen after the one before: who cooks, what is served, how many eat.

What was known about that edition's people is not taken along: its codes, dates and price steps.
"""

from __future__ import annotations

from cfp.catering import queries
from cfp.catering.models import Caterer, Kitchen, Meal
from cfp.catering.service.setting_up import find_kitchen
from cfp.conference.service.clone import Clone, taken_along
from cfp.db import db

KNOWN = (
    "capacity",
    "crew",
    "speakers",
    "men_percent",
    "young_percent",
    "older_percent",
    "appetite",
)
TERMS = ("name", "email", "land", "working_days", "tolerance", "in_percent", "shortage_cents")
SERVED = ("name", "price_cents", "present_percent", "eat_percent", "position")


@taken_along
def the_kitchen(clone: Clone) -> None:
    """Its tickets and forecasts become history by themselves: the new kitchen follows it."""
    source = find_kitchen(clone.source)
    if source is None:
        return
    kitchen = Kitchen(conference_id=clone.target.id, follows_id=clone.source.id)
    for name in KNOWN:
        setattr(kitchen, name, getattr(source, name))
    db.session.add(kitchen)
    for caterer in db.session.scalars(queries.caterers(clone.source.id)):
        _caterer(caterer, clone)
    db.session.flush()


def _caterer(caterer: Caterer, clone: Clone) -> None:
    new = Caterer(conference_id=clone.target.id, **{n: getattr(caterer, n) for n in TERMS})
    new.meals = [
        Meal(
            conference_id=clone.target.id,
            served_on=meal.served_on + clone.shift,
            **{name: getattr(meal, name) for name in SERVED},
        )
        for meal in caterer.meals
        if meal.served_on + clone.shift in clone.target.days
    ]
    db.session.add(new)
