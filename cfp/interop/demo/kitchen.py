"""The demo's kitchen and purse: two earlier editions, meals, an order, and the bills ahead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cfp import clock
from cfp.budget.models import BudgetCost, BudgetIncome, IncomeState, Purse, VatReturn
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.forecast.steps import expected_share
from cfp.catering.models import Caterer, Kitchen, Meal, PastEdition, PastSale
from cfp.catering.service import looking, ordering
from cfp.catering.tasks import PAPER
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.jobs import service as jobs

EDITIONS = ((2, 228, 91), (1, 251, 93))  # years ago, tickets sold, of a hundred came
LAUNCH = 120  # days before the doors
PRICES = ((70, 14_900), (22, 19_900), (0, 24_900))  # until so many days before
STEPS = (70, 22)
MEALS = (("Lunch", 0, 2_650, 96), ("Supper", 0, 3_900, 80), ("Lunch", 1, 2_650, 90))
COSTS = (  # name, cents, days before the doors, for each ticket
    ("Theatre, first half", 1_200_000, 90, False),
    ("Theatre, second half", 1_200_000, -14, False),
    ("Sound, light and recording", 850_000, -14, False),
    ("Badges and programme", 850, 10, True),
)
RATE = 1900  # of the VAT in an amount, in hundredths of a percent
INCOMES = (("City arts fund", 400_000, IncomeState.INVOICED, 45),)


def add_kitchen(demo: Demo) -> None:
    """What the organisers know, what the past sold, and a first look ahead with its order."""
    here, first = demo.conference, demo.conference.starts_on
    kitchen = Kitchen(
        conference_id=here.id,
        target=280,
        capacity=350,
        crew=18,
        speakers=40,
        codes=40,
    )
    caterer = Caterer(conference_id=here.id, name="Kantine am Schnürboden", land="DE-BE")
    db.session.add_all([kitchen, caterer])
    caterer.meals = [
        Meal(
            conference_id=here.id,
            name=name,
            served_on=first + timedelta(days=day),
            price_cents=cents,
            present_percent=present,
            position=n,
        )
        for n, (name, day, cents, present) in enumerate(MEALS)
    ]
    for years, sold, came in EDITIONS:
        _past(demo, years, sold, came)
    db.session.flush()
    head = demo.people[LOGINS[0][1]]
    seen = looking.look_ahead(here, kitchen, demo.at)
    sheet = ordering.order(here, caterer, seen, "A first number.", by=head, at=demo.at)
    jobs.ask(PAPER, by=head, at=demo.at, conference_id=here.id, sheet=sheet.code)


def _past(demo: Demo, years: int, sold: int, came: int) -> None:
    """An edition that sold along the usual curve."""
    here = demo.conference
    starts_on = here.starts_on - timedelta(weeks=52 * years)
    edition = PastEdition(
        conference_id=here.id,
        name=here.name.replace(str(here.starts_on.year), str(starts_on.year)),
        starts_on=starts_on,
        steps=[(starts_on - timedelta(days=days)).isoformat() for days in STEPS],
        imported_by=demo.people[LOGINS[0][1]],
        imported_at=demo.at,
    )
    db.session.add(edition)
    db.session.flush()
    whole, done = expected_share(0, STEPS), 0
    for days in range(LAUNCH, -1, -1):
        until = round(sold * min(1.0, expected_share(days, STEPS) / whole))
        noon = _noon(starts_on - timedelta(days=days), here.timezone)
        cents = next(price for last, price in PRICES if days >= last)
        db.session.add_all(
            PastSale(
                edition_id=edition.id,
                ordered_at=noon + timedelta(minutes=n % 300),
                kind=TicketClass.PAID,
                product="Regular",
                cents=cents,
                came=n * 37 % 100 < came,
            )
            for n in range(done, until)
        )
        done = max(done, until)


def _noon(on: date, zone: str) -> datetime:
    return clock.from_wall(datetime.combine(on, time(12)), zone)


def add_purse(demo: Demo) -> None:
    """The theatre is paid before most tickets are sold."""
    here, first = demo.conference.id, demo.conference.starts_on
    db.session.add(
        Purse(
            conference_id=here,
            opening_cents=900_000,
            opened_on=demo.at.date(),
            ticket_cents=PRICES[1][1],
            vat_return=VatReturn.MONTHLY,
            ticket_rate=RATE,
            meal_rate=700,
        )
    )
    db.session.add_all(
        BudgetCost(
            conference_id=here,
            name=name,
            cents=cents,
            due_on=first - timedelta(days=days),
            per_head=per_head,
            rate=RATE,
        )
        for name, cents, days, per_head in COSTS
    )
    db.session.add_all(
        BudgetIncome(
            conference_id=here,
            name=name,
            cents=cents,
            state=state,
            rate=0 if "fund" in name else RATE,
            due_on=first - timedelta(days=days),
        )
        for name, cents, state, days in INCOMES
    )
    db.session.flush()
