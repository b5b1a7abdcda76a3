"""What is in the purse, what is paid, what comes in: noted, changed, taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from cfp.budget import queries
from cfp.budget.models import BudgetCost, BudgetIncome, Purse
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.people.service import log

Entry = TypeVar("Entry", BudgetCost, BudgetIncome)


def find_purse(conference: Conference) -> Purse | None:
    return db.session.scalar(queries.purse_of(conference.id))


def save_purse(
    conference: Conference, values: dict[str, Any], *, by: Person, at: datetime
) -> Purse:
    purse = find_purse(conference) or Purse(conference_id=conference.id)
    for name, value in values.items():
        setattr(purse, name, value)
    db.session.add(purse)
    db.session.flush()
    log("changed", purse, by=by, at=at)
    return purse


def save(entry: Entry, values: dict[str, Any], *, by: Person, at: datetime) -> Entry:
    """A cost or an income, new or changed."""
    is_new = entry.id is None
    for name, value in values.items():
        setattr(entry, name, value)
    db.session.add(entry)
    db.session.flush()
    log("added" if is_new else "changed", entry, by=by, at=at, name=entry.name)
    return entry


def remove(entry: BudgetCost | BudgetIncome, *, by: Person, at: datetime) -> None:
    log("removed", entry, by=by, at=at, name=entry.name)
    db.session.delete(entry)
    db.session.flush()
