"""How it sells: the curve over the days before the doors, money by price and tax, the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate, groupby

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.money import round_half_up
from cfp.people.models import Person
from cfp.tickets.models import Diet
from cfp.tickets.queries import statistics as queries

MOST_EARLIER = 3  # curves beside this edition's own


@dataclass(frozen=True)
class Sales:
    """When an edition sold its admissions: (moment, how many) in time."""

    name: str
    starts_on: date
    timezone: str
    moments: list[tuple[datetime, int]] = field(default_factory=list)


Elsewhere = Callable[[Conference], list[Sales]]
_elsewhere: list[Elsewhere] = []


def sold_elsewhere(tell: Elsewhere) -> Elsewhere:
    """What a room below knows of earlier editions that were not sold here."""
    _elsewhere.append(tell)
    return tell


@dataclass(frozen=True)
class Curve:
    """An edition's sales: (days before its first day as a negative number, sold until then)."""

    name: str
    year: int
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Money:
    """What was sold at one price, or of one rate; the net is drawn out of the gross."""

    what: str
    step: str
    rate: int
    number: int
    cents: int

    @property
    def tax(self) -> int:
        net = round_half_up(Decimal(self.cents) * 10_000 / (10_000 + self.rate))
        return self.cents - net


@dataclass(frozen=True)
class Answers:
    """Who eats what on which day, and how many answered which question."""

    days: list[date]
    diets: dict[Diet | None, list[int]]
    answered: dict[str, tuple[int, int]]  # question: answered, not answered
    audiences: dict[str, int]


def curves(person: Person, conference: Conference) -> list[Curve]:
    """This edition's curve first, then those of earlier ones, on the same days before the doors."""
    found = [_curve(one) for one in _sold(person, conference)]
    return [one for one in found if one.points]


def _sold(person: Person, conference: Conference) -> list[Sales]:
    """This edition, then the latest before it; what was sold here counts before a file of it."""
    editions = [conference, *db.session.scalars(queries.earlier(person, conference, MOST_EARLIER))]
    here = {one.id: Sales(one.name, one.starts_on, one.timezone) for one in editions}
    for edition_id, moment, number in db.session.execute(queries.admissions_by_moment([*here])):
        here[edition_id].moments.append((moment, number))
    own, *before = here.values()
    days = {one.starts_on: one for tell in _elsewhere for one in tell(conference)}
    days |= {one.starts_on: one for one in before}
    latest = sorted((day for day in days if day < own.starts_on), reverse=True)
    return [own, *(days[day] for day in latest[:MOST_EARLIER])]


def _curve(sales: Sales) -> Curve:
    by_day = Counter[int]()
    for moment, number in sales.moments:
        by_day[(clock.local(moment, sales.timezone).date() - sales.starts_on).days] += number
    days = sorted(by_day)
    sold = accumulate(by_day[day] for day in days)
    points = [(float(day), float(n)) for day, n in zip(days, sold, strict=True)]
    return Curve(sales.name, sales.starts_on.year, points)


def steps(conference: Conference) -> list[tuple[float, str]]:
    """When a price of the first admission that has steps ends: (days before, its name)."""
    tiers = db.session.scalars(queries.tiers(conference)).all()
    ladders = [[*group] for _product, group in groupby(tiers, lambda tier: tier.product_id)]
    ladder = next((one for one in ladders if len(one) > 1), [])
    found = []
    for tier in ladder[:-1]:
        end = tier.over_at or tier.ends_at
        if end is not None:
            on = clock.local(end, conference.timezone).date()
            found.append((float((on - conference.starts_on).days), tier.name))
    return found


def by_price(conference: Conference) -> list[Money]:
    """What each price of each product brought."""
    rows = db.session.execute(queries.revenue(conference))
    return [Money(row.product, row.tier or "", row.rate, row.number, row.cents) for row in rows]


def by_tax(conference: Conference, prices: list[Money]) -> list[Money]:
    """What was sold and kept of each rate."""
    cents, number = Counter[int](), Counter[int]()
    for one in prices:
        cents[one.rate] += one.cents
        number[one.rate] += one.number
    for rate, more in db.session.execute(queries.kept(conference)):
        cents[rate] += more
    return [Money("", "", rate, number[rate], cents[rate]) for rate in sorted(cents, reverse=True)]


def answers(conference: Conference) -> Answers:
    """Of everybody who comes; who has not answered is a row of its own."""
    days = [*conference.days]
    diets: dict[Diet | None, list[int]] = {diet: [0] * len(days) for diet in (*Diet, None)}
    told, audiences, everybody = Counter[str](), Counter[str](), 0
    for row in db.session.execute(queries.answers(conference)):
        everybody += row.number
        audiences[row.audience or ""] += row.number
        for question in ("allergies", "needs", "company"):
            told[question] += row.number * bool(getattr(row, question))
        told["diet"] += row.number * (row.diet is not None)
        for n, day in enumerate(days):
            if not row.days or day.isoformat() in row.days:
                diets[row.diet][n] += row.number
    asked = ("diet", "allergies", "needs", "company")
    return Answers(days, diets, {q: (told[q], everybody - told[q]) for q in asked}, dict(audiences))
