"""What all lists of an edition say together, counted now and then, and what is told of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from cfp.db import db
from cfp.stars import queries
from cfp.stars.models import Interest
from cfp.stars.pairs import LEAST, Count, Pair, together, wanted_together

AGAIN_AFTER = timedelta(minutes=10)


def lists_of(conference_id: int) -> list[frozenset[int]]:
    """The talks of each list; nobody can tell whose it is."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for list_id, talk_id in db.session.execute(queries.all_stars(conference_id)):
        wanted[list_id].add(talk_id)
    return [frozenset(talks) for talks in wanted.values()]


def count(conference_id: int, at: datetime) -> Interest:
    """Count an edition's stars and pairs anew."""
    lists = lists_of(conference_id)
    stars: dict[str, int] = defaultdict(int)
    for wanted in lists:
        for talk_id in wanted:
            stars[str(talk_id)] += 1
    interest = db.session.scalar(queries.interest(conference_id))
    if interest is None:
        interest = Interest(conference_id=conference_id)
        db.session.add(interest)
    interest.lists = len(lists)
    interest.stars = dict(stars)
    interest.pairs = [as_json(pair) for pair in wanted_together(lists)]
    interest.together = [list(pair) for pair in together(lists)]
    interest.counted_at = at
    db.session.flush()
    return interest


def count_due(at: datetime) -> int:
    """Count every edition whose count is older than ten minutes; returns how many."""
    due = db.session.scalars(queries.editions_to_count(at - AGAIN_AFTER)).all()
    for conference_id in due:
        count(conference_id, at)
    return len(due)


def forget_past(at: datetime) -> int:
    """Drop what browsers starred a month after their conference; the counts stay."""
    past = db.session.scalars(queries.lists_of_the_past(at.date())).all()
    for found in past:
        db.session.delete(found)
    for conference_id in {found.conference_id for found in past}:
        interest = find(conference_id)
        if interest is not None:
            interest.together = []
    return len(past)


def find(conference_id: int) -> Interest | None:
    found: Interest | None = db.session.scalar(queries.interest(conference_id))
    return found


def told(count_: int) -> int | None:
    """A number of people that may be told; None for so few that they could be known."""
    return count_ if count_ >= LEAST else None


def as_json(pair: Pair) -> list[Any]:
    return [pair.a, pair.b, pair.both, round(pair.lift, 3), float(f"{pair.q:.3g}")]


def together_of(interest: Interest | None) -> list[Count]:
    """Every pair that a plan may heed; nothing of it is told."""
    return [(a, b, both) for a, b, both in interest.together] if interest else []


def pairs_of(interest: Interest | None) -> list[Pair]:
    return [Pair(*written) for written in interest.pairs] if interest else []
