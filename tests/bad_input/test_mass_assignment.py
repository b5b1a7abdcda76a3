"""A form writes what it asks for, whatever else is sent with it."""

from __future__ import annotations

import hashlib
import itertools
import secrets
import uuid

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.people import passwords
from tests.bad_input.forms import Form, Pairs

# The settings ask for these; the shorter form of a new edition only does not show them.
NOT_SHOWN = {"conference.new": {"about", "publicity", "organisers_need_factor"}}
ALSO = [
    *(("is_admin", "1"), ("admin", "true"), ("roles", "organiser"), ("speakers", "1")),
    *(("conference", "there"), ("slug", "there"), ("by", "1"), ("decision", "accept")),
    *(("talk", "1"), ("assignments", "1"), ("password", "another-password"), ("_method", "DELETE")),
]


@pytest.fixture
def same_luck(monkeypatch):
    """Every request draws the same codes, tokens and salts; ``same_luck()`` begins anew."""
    numbers = itertools.count()

    def letters(length: int = 32) -> str:
        return hashlib.sha256(str(next(numbers)).encode()).hexdigest()[:length]

    def begin():
        nonlocal numbers
        numbers = itertools.count()

    monkeypatch.setattr(secrets, "token_urlsafe", letters)
    monkeypatch.setattr(secrets, "choice", lambda some: some[int(letters(8), 16) % len(some)])
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(letters()))
    monkeypatch.setattr(passwords, "hash_password", lambda password: f"hash of {password}")
    return begin


def every_column() -> Pairs:
    """Each column that any table has, with a value that would do harm, for each of its kinds."""
    found: dict[tuple[str, str], None] = {}
    for table in database.metadata.sorted_tables:
        for column in table.columns:
            for value in harm(column.type):
                found[column.name, value] = None
    return [*found, *ALSO]


def harm(kind: sa.types.TypeEngine) -> list[str]:
    if isinstance(kind, sa.Enum):
        return [str(member) for member in kind.enums]
    if isinstance(kind, sa.Boolean):
        return ["1"]
    if isinstance(kind, sa.Integer):
        return ["3"]
    if isinstance(kind, sa.String):
        return ["Forged"]
    return ["2027-01-01T00:00"]


def test_every_column_is_tried():
    names = {name for name, _value in every_column()}
    assert {"is_admin", "conference_id", "role", "state", "person_id", "told_at", "id"} <= names


@pytest.mark.slow
def test_a_form_writes_what_it_asks_for_and_nothing_else(world, forms, same_luck):
    columns, complaints, kept = every_column(), [], 0
    for role, form in forms:
        if form.method == "GET":
            continue
        fair = form.data() + list(form.buttons[-1:])
        unwanted = [(name, value) for name, value in columns if name not in owned(form)]
        same_luck()
        status = world.send(role, form, fair).status_code
        expected = world.dump()
        same_luck()
        response = world.send(role, form, fair + unwanted)
        if (response.status_code, world.dump()) != (status, expected):
            complaints.append(f"{form.endpoint}: {different(expected, world.dump())}")
        kept += expected != world.filled
    assert complaints == []
    assert kept > 40  # forms that wrote something, so that there was something to add to


def owned(form: Form) -> set[str]:
    names = {field.name for field in form.fields} | {name for name, _value in form.buttons}
    return names | NOT_SHOWN.get(form.endpoint, set())


def different(one, other):
    """The rows that only one of two databases has, table by table."""
    return {
        name: [
            row for row in (*one[name], *other[name]) if (row in one[name]) != (row in other[name])
        ]
        for name in one
        if one[name] != other[name]
    }
