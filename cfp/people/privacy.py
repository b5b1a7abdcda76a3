"""Everything that is kept of one person, table by table, for themselves to take along."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from cfp.db import Model, db
from cfp.people.models import Person

# What opens a door stays here, and bytes are named rather than copied.
NEVER = ("hash", "token", "secret", "serial", "recovery")
OF_A_PROPOSAL = ("submission", "answer", "talk")  # theirs through being a speaker


def kept_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All rows that point to the person, and the proposals on which they speak, by table.

    What others wrote about those proposals is not among it: the committee's reviews name nobody.
    """
    tables = Model.metadata.tables
    found = {"person": _rows(tables["person"], tables["person"].c.id == person.id)}
    for table in Model.metadata.sorted_tables:
        owners = [c for c in table.c if _points_to(c, "person")]
        if owners:
            found[table.name] = _rows(table, sa.or_(*(c == person.id for c in owners)))
    for name, rows in _of_proposals(person, tables).items():
        known = {row["id"] for row in found.get(name, ())}
        found.setdefault(name, []).extend(row for row in rows if row["id"] not in known)
    return {name: rows for name, rows in found.items() if rows}


def _of_proposals(person: Person, tables: Any) -> dict[str, list[dict[str, Any]]]:
    speaker = tables["speaker"]
    mine = sa.select(speaker.c.submission_id).where(speaker.c.person_id == person.id)
    found = {
        name: (tables[name].c.id if name == "submission" else tables[name].c.submission_id).in_(
            mine
        )
        for name in OF_A_PROPOSAL
    }
    found["talk"] &= tables["talk"].c.submission_id.not_in(_untold(tables["decision"]))
    return {name: _rows(tables[name], condition) for name, condition in found.items()}


def _untold(decision: sa.Table) -> sa.Select[Any]:
    """What is decided and nobody was told yet: its talk would give an acceptance away."""
    was_told = decision.c.told_at.is_not(None) | decision.c.told_outcome.is_not(None)
    return sa.select(decision.c.submission_id).where(~was_told)


def _points_to(column: sa.Column[Any], table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def _rows(table: sa.Table, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [c for c in table.c if not any(word in c.name for word in NEVER)]
    columns = [c for c in columns if not isinstance(c.type, sa.LargeBinary)]
    rows = db.session.execute(sa.select(*columns).where(condition)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
