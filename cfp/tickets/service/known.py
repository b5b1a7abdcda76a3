"""What a phone at a door knows by itself: for the search, and for when the net is away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db
from cfp.tickets.admission import NIGHT_ENDS, day_at
from cfp.tickets.models import Door
from cfp.tickets.queries import doors as queries


def day_begins(conference: Conference, at: datetime) -> datetime:
    """When the conference's day of that moment began, at four in the morning."""
    today = day_at(at, conference.timezone)
    midnight = datetime(today.year, today.month, today.day)  # noqa: DTZ001  (a wall clock)
    return clock.from_wall(midnight + NIGHT_ENDS, conference.timezone)


def day_ends(conference: Conference, at: datetime) -> datetime:
    return day_begins(conference, day_begins(conference, at) + timedelta(hours=30))


def known(
    conference: Conference, door: Door | None, at: datetime, asked: str = ""
) -> list[dict[str, Any]]:
    """Live tickets that a door takes, by name: enough to judge them, and no more."""
    select = queries.known_tickets(conference, day_begins(conference, at), door)
    if asked:
        select = queries.by_name(select, asked)
    return [
        {
            "hash": secret_hash,
            "ticket": code,
            "name": name,
            "company": company,
            "product": product,
            "days": days,
            "paid": state in queries.PAID,
            "inside": inside.isoformat() if inside else None,
        }
        for secret_hash, code, name, company, product, days, state, inside in db.session.execute(
            select
        )
    ]
