"""A kitchen to test in: a caterer, two lunches, an earlier edition, and sales so far."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from cfp.budget.models import BudgetCost, BudgetIncome, IncomeState, Purse
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import Caterer, Kitchen, Meal, PastEdition, PastSale
from cfp.conference.models import Conference
from cfp.db import db
from tests.catering.sales import curve

Thing = TypeVar("Thing")


def add(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing


def make_kitchen(conference: Conference, **values: Any) -> Kitchen:
    values = {"target": 320, "crew": 20, "speakers": 40, "codes": 60, "codes_claimed": 15} | values
    return add(Kitchen(conference_id=conference.id, **values))


def make_caterer(conference: Conference, name: str = "Good Soup", **values: Any) -> Caterer:
    return add(Caterer(conference_id=conference.id, name=name, **values))


def make_meal(
    conference: Conference, caterer: Caterer, name: str = "Lunch", day: int = 0, **values: Any
) -> Meal:
    on = conference.starts_on + timedelta(days=day)
    values = {"price_cents": 2800, "served_on": on} | values
    meal = Meal(conference_id=conference.id, caterer=caterer, name=name, **values)
    return add(meal)


def make_past(
    conference: Conference,
    final: int = 280,
    years: int = 1,
    until: int = 0,
    came: float | None = None,
) -> PastEdition:
    """An edition of paid tickets, ``years`` before; 0 years is this one, sold elsewhere so far."""
    starts_on = conference.starts_on - timedelta(days=364 * years)
    edition = PastEdition(
        conference_id=conference.id, name=str(starts_on.year), starts_on=starts_on
    )
    add(edition)
    db.session.add_all(past_sales(edition.id, starts_on, final, until, came))
    db.session.flush()
    return edition


def past_sales(
    edition_id: int, starts_on: date, final: int, until: int, came: float | None
) -> list[PastSale]:
    noon = datetime(starts_on.year, starts_on.month, starts_on.day, 12, tzinfo=UTC)
    found: list[PastSale] = []
    sold = 0
    for point in curve(final, until=until):
        for _ in range(point.sold - sold):
            n = len(found)
            found.append(
                PastSale(
                    edition_id=edition_id,
                    ordered_at=noon - timedelta(days=point.days),
                    kind=TicketClass.PAID,
                    product="Regular",
                    tier="",
                    cents=19_900,
                    came=None if came is None else (n * 7919) % 1000 < came * 1000,
                )
            )
        sold = max(sold, point.sold)
    return found


def fill_purse(conference: Conference) -> None:
    """15,000 EUR at the start, a venue in two parts, a sponsor in every state."""
    doors = conference.starts_on
    here = {"conference_id": conference.id}
    opened_on = doors - timedelta(days=130)
    rates = {"ticket_rate": 1900, "meal_rate": 700}
    add(Purse(opening_cents=1_500_000, opened_on=opened_on, **rates, **here))
    for name, cents, days, per_head in (
        ("Venue", 2_000_000, 120, False),
        ("Venue, second half", 2_500_000, 30, False),
        ("Badges and bags", 900, 7, True),
    ):
        due_on = doors - timedelta(days=days)
        cost = {"cents": cents, "rate": 1900, "per_head": per_head}
        add(BudgetCost(name=name, due_on=due_on, **cost, **here))
    for state in IncomeState:
        due_on = doors - timedelta(days=20)
        add(BudgetIncome(name=state.value, cents=500_000, state=state, due_on=due_on, **here))


def fill_kitchen(conference: Conference, days_before: int = 40, final: int = 310) -> Caterer:
    """Everything that a forecast wants, ``days_before`` the doors."""
    make_kitchen(conference, steps=[(conference.starts_on - timedelta(20)).isoformat()])
    caterer = make_caterer(conference)
    make_meal(conference, caterer)
    make_meal(conference, caterer, day=1)
    make_past(conference, round(final * 0.77), years=2, came=0.9)
    make_past(conference, round(final * 0.9), years=1, came=0.93)
    make_past(conference, final, years=0, until=days_before)
    db.session.expire_all()
    return caterer
