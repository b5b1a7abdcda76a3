"""The blueprint of selling, and how a page finds its order: by its code and its secret."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.models import Person
from cfp.tickets import queries
from cfp.tickets.links import is_token_of
from cfp.tickets.models import Order

pages = Blueprint("tickets", __name__)


def me() -> Person | None:
    """Who is signed in, if anybody: most buyers are guests."""
    person: Any = current_user
    return person._get_current_object() if person.is_authenticated else None  # noqa: SLF001


def order_or_404(code: str, token: str) -> Order:
    """The order behind a secret link; without the right secret it does not exist."""
    found = db.session.scalar(
        queries.by_code(current_conference(), code).options(*queries.with_tickets())
    )
    if found is None or not is_token_of(found, token):
        abort(404)
    return found
