"""The kitchen's tables as they are had for spreadsheets: heads, and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from cfp.catering import queries
from cfp.catering.models import OrderSheet
from cfp.catering.service import looking, record
from cfp.catering.service.setting_up import due_on
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sheets import amount

Table = tuple[list[str], list[list[Any]]]


def table(name: str, conference: Conference) -> Table:
    return TABLES[name](conference)


def forecast(conference: Conference) -> Table:
    """Meals of the last look ahead, with portions by diet."""
    snapshot = looking.latest(conference)
    return _meals(snapshot.result["meals"] if snapshot else [])


def _meals(lines: Iterable[dict[str, Any]]) -> Table:
    lines = list(lines)
    diets = list(dict.fromkeys(diet for line in lines for diet in line["diets"]))
    rows = [
        [line["name"], line["on"], line["low"], line["likely"], line["high"], line["order"]]
        + [line["diets"].get(diet, 0) for diet in diets]
        for line in lines
    ]
    return ["meal", "day", "low", "likely", "high", "portions", *diets], rows


def crowd(conference: Conference) -> Table:
    """Who is counted, on average."""
    snapshot = looking.latest(conference)
    found = snapshot.result.get("crowd") if snapshot else None
    rows: list[list[Any]] = []
    if found:
        rows = [[p["kind"], p["held"], p["to_come"], p["away"]] for p in found["parts"]]
        rows.append(["without a ticket", 0, found["walk_ins"], 0])
    return ["who", "have_a_ticket", "still_to_come", "stay_away"], rows


def curve(conference: Conference) -> Table:
    """The booking curve: what was sold, what may come, and earlier editions, by days before."""
    snapshot = looking.latest(conference)
    rows: list[list[Any]] = []
    if snapshot:
        result, doors = snapshot.result, conference.starts_on
        own = [(conference.name, result["points"])]
        for name, points in (*own, *((one["name"], one["points"]) for one in result["earlier"])):
            rows += [
                [name, doors - timedelta(days=days), days, sold, None, None, None]
                for days, sold in points
            ]
        for on, low, likely, high in result["fan"]:
            day = date.fromisoformat(on)
            rows.append([conference.name, day, (doors - day).days, None, low, likely, high])
    head = ["edition", "day_of_this_edition", "days_before", "sold", "low", "likely", "high"]
    return head, rows


def levers(conference: Conference) -> Table:
    """What each lever saves on the caterer's day, and by how many heads it narrows."""
    snapshot = looking.latest(conference)
    worth = snapshot.result["levers"] if snapshot else {}
    rows = [[name, amount(one["cents"]), one["narrower"]] for name, one in worth.items()]
    return ["lever", "saves_eur", "heads_narrower"], rows


def meals(conference: Conference) -> Table:
    head = ["meal", "day", "caterer", "price_eur", "present_percent", "eat_percent"]
    rows = [
        [
            *(m.name, m.served_on, m.caterer.name, amount(m.price_cents)),
            *(m.present_percent, m.eat_percent),
        ]
        for m in db.session.scalars(queries.meals(conference.id))
    ]
    return head, rows


def caterers(conference: Conference) -> Table:
    head = ["caterer", "email", "meals", "tolerance", "in_percent", "working_days", "land", "due"]
    rows = [
        [
            c.name,
            c.email,
            len(c.meals),
            c.tolerance,
            c.in_percent,
            c.working_days,
            c.land,
            due_on(c),
        ]
        for c in db.session.scalars(queries.caterers(conference.id))
    ]
    return head, rows


def orders(conference: Conference) -> Table:
    """Every version of every order, line by line."""
    sheets = list(db.session.scalars(queries.sheets(conference.id)))
    head, _rows = _meals(line for sheet in sheets for line in sheet.lines)
    diets = head[6:]
    rows = [
        [*_of_sheet(sheet), line["name"], line["on"], line["order"]]
        + [line["diets"].get(diet, 0) for diet in diets]
        for sheet in sheets
        for line in sheet.lines
    ]
    return ["caterer", "version", "ordered_at", "by", "meal", "day", "portions", *diets], rows


def _of_sheet(sheet: OrderSheet) -> list[Any]:
    by = sheet.made_by.name if sheet.made_by else ""
    return [sheet.caterer.name, sheet.number, sheet.made_at.isoformat(timespec="minutes"), by]


def afterwards(conference: Conference) -> Table:
    """What was foreseen for each meal, who ate, and what became of the food."""
    foreseen = record.foreseen_heads(conference)
    reports = {one.meal_id: one for one in db.session.scalars(queries.reports(conference.id))}
    head = [
        "meal",
        "day",
        "low",
        "likely",
        "high",
        "at_the_doors",
        "ate",
        "left_percent",
        "missing_percent",
        "note",
    ]
    doors, rows = record.at_the_doors(conference), []
    for meal in db.session.scalars(queries.meals(conference.id)):
        was, told = foreseen.get(meal.code), reports.get(meal.id)
        said = [was.low, was.likely, was.high] if was else [None] * 3
        came = [told.heads, told.left_percent, told.missing_percent, told.note] if told else []
        rows.append([meal.name, meal.served_on, *said, doors.get(meal.served_on), *came])
    return head, rows


def ledger(conference: Conference) -> Table:
    """What the forecasts said, and what came."""
    head = ["foreseen_on", "days_before", "low", "likely", "high", "came"]
    entries = record.ledger(conference).entries
    return head, [[e.on, e.days, e.low, e.likely, e.high, e.truth] for e in entries]


def past(conference: Conference) -> Table:
    """Earlier editions that were brought in."""
    counts = {row.edition_id: row for row in db.session.execute(queries.past_counts(conference.id))}
    rows: list[list[Any]] = []
    for one in db.session.scalars(queries.past_editions(conference.id)):
        row = counts.get(one.id)
        rows.append([one.name, one.starts_on, row.tickets if row else 0])
        rows[-1] += [amount(int(row.cents)), row.known, row.came] if row else [None] * 3
    return ["edition", "first_day", "tickets", "income_eur", "counted_at_the_door", "came"], rows


def asked_again(conference: Conference) -> Table:
    """Each earlier edition foreseen from those before it."""
    snapshot = looking.latest(conference)
    found = snapshot.result.get("asked_again", []) if snapshot else []
    keys = ["name", "days", "low", "likely", "high", "truth"]
    head = ["edition", "days_before", "low", "likely", "high", "came", "said_then"]
    return head, [[*(one[key] for key in keys), one.get("said", False)] for one in found]


TABLES: dict[str, Callable[[Conference], Table]] = {
    "forecast": forecast,
    "crowd": crowd,
    "curve": curve,
    "levers": levers,
    "meals": meals,
    "caterers": caterers,
    "orders": orders,
    "afterwards": afterwards,
    "ledger": ledger,
    "past": past,
    "asked-again": asked_again,
}
