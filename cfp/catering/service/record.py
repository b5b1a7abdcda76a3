"""The ledger of forecasts: what was said on which day about a meal or the tickets, what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cfp import clock
from cfp.catering import admissions, queries
from cfp.catering.forecast.calibration import Kept, Record, record
from cfp.conference.models import Conference
from cfp.db import db

HORIZONS = (30, 14, 7, 3)


@dataclass(frozen=True)
class Entry:
    """What was foreseen so many days before, and what came if it is known."""

    days: int
    on: date
    low: float
    likely: float
    high: float
    truth: int | None


@dataclass(frozen=True)
class Ledger:
    """Entries by horizon, and the record of all daily forecasts once the edition is over."""

    entries: list[Entry]
    record: Record | None


def ledger(conference: Conference) -> Ledger:
    """The day's forecasts nearest to 30, 14, 7 and 3 days before the doors."""
    snapshots = db.session.scalars(queries.daily_snapshots(conference.id)).all()
    doors = conference.starts_on
    over = [one for one in snapshots if one.made_on >= doors]
    truth = over[-1].sold if over else None  # people buy at the door, too
    before = {(doors - one.made_on).days: one for one in snapshots if one.made_on < doors}
    entries = []
    for days in HORIZONS:
        at = next((d for d in range(days, days + 4) if d in before), None)
        if at is not None:
            one = before[at]
            entries.append(Entry(at, one.made_on, one.q10, one.q50, one.q90, truth))
    kept = [Kept(e.low, e.likely, e.high, float(truth)) for e in entries] if truth else []
    return Ledger(entries, record(kept))


def at_the_doors(conference: Conference) -> dict[date, int]:
    """How many tickets were let in on each day, each of them once a day."""
    found: dict[date, set[int]] = {}
    for at, ticket in db.session.execute(admissions.entries(conference.id)):
        found.setdefault(clock.local(at, conference.timezone).date(), set()).add(ticket)
    return {day: len(tickets) for day, tickets in found.items()}


def foreseen_heads(conference: Conference) -> dict[str, Entry]:
    """What the last forecast before each meal's day said, by the meal's code."""
    found: dict[str, Entry] = {}
    for snapshot in db.session.scalars(queries.daily_snapshots(conference.id)):
        for meal in snapshot.result["meals"]:
            on = date.fromisoformat(meal["on"])
            if snapshot.made_on < on:
                days = (on - snapshot.made_on).days
                numbers = (meal["low"], meal["likely"], meal["high"])
                found[meal["code"]] = Entry(days, snapshot.made_on, *numbers, truth=None)
    return found
