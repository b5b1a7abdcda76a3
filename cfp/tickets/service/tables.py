"""The tables of selling as they are had for spreadsheets: heads, and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.sheets import amount
from cfp.tickets.models import CheckIn
from cfp.tickets.queries.doors import all_scans
from cfp.tickets.queries.waiting import in_line
from cfp.tickets.service import catalogue_tables, statistics

Table = tuple[list[str], list[list[Any]]]


def table(name: str, person: Person, conference: Conference) -> Table:
    return TABLES[name](person, conference)


def curve(person: Person, conference: Conference) -> Table:
    """Sold until each day before the doors, in this edition and in earlier ones."""
    found = statistics.curves(person, conference)
    rows = [[one.name, int(-day), int(sold)] for one in found for day, sold in one.points]
    return ["edition", "days_before", "sold"], rows


def prices(_person: Person, conference: Conference) -> Table:
    """What each price of each product brought."""
    found = statistics.by_price(conference)
    rows = [[p.what, p.step, p.number, amount(p.cents), p.rate / 100] for p in found]
    return ["product", "step", "tickets", "money", "tax_percent"], rows


def taxes(_person: Person, conference: Conference) -> Table:
    """What was sold and kept of each rate."""
    found = statistics.by_tax(conference, statistics.by_price(conference))
    rows = [[t.rate / 100, amount(t.cents), amount(t.cents - t.tax), amount(t.tax)] for t in found]
    return ["percent", "gross", "net", "tax"], rows


def food(_person: Person, conference: Conference) -> Table:
    """Who eats what on which day."""
    found = statistics.answers(conference)
    rows = [
        [diet.value if diet else "not answered", day, number]
        for diet, numbers in found.diets.items()
        for day, number in zip(found.days, numbers, strict=True)
    ]
    return ["food", "day", "tickets"], rows


def answers(_person: Person, conference: Conference) -> Table:
    """How many answered what was asked."""
    found = statistics.answers(conference)
    return ["question", "answered", "not_answered"], [
        [question, *numbers] for question, numbers in found.answered.items()
    ]


def audiences(_person: Person, conference: Conference) -> Table:
    found = statistics.answers(conference).audiences
    return ["audience", "tickets"], [[name or "everybody", n] for name, n in found.items()]


def waiting(_person: Person, conference: Conference) -> Table:
    """Who waits, in the order in which they are asked."""
    rows = [
        [
            one.product.name,
            one.name,
            one.email,
            one.number,
            f"{clock.local(one.joined_at, conference.timezone):%Y-%m-%d %H:%M}",
            one.state.value,
        ]
        for one in db.session.scalars(in_line(conference))
    ]
    return ["product", "name", "email", "tickets", "since", "state"], rows


def stock(_person: Person, conference: Conference) -> Table:
    """What is held or sold of each stock."""
    return catalogue_tables.stock(conference)


def scans(conference: Conference) -> Table:
    """Who went through which door when, and who was not let in: for who looks after the doors."""
    found = db.session.scalars(all_scans(conference))
    head = ["at", "way", "verdict", "door", "device", "ticket", "name", "product", "by"]
    return head, [_scan(one, conference) for one in found]


def _scan(one: CheckIn, conference: Conference) -> list[Any]:
    ticket = one.ticket
    return [
        catalogue_tables.wall(one.at, conference),
        one.passage.value,
        one.verdict.value,
        one.door,
        one.device,
        *((ticket.code, ticket.name, ticket.product.name) if ticket else ("", "", "")),
        one.by.name if one.by else "",
    ]


TABLES: dict[str, Callable[[Person, Conference], Table]] = {
    one.__name__: one for one in (curve, prices, taxes, food, answers, audiences, waiting, stock)
}
