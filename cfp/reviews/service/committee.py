"""Everybody in the committee, with what they know, wish for and must not judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.reviews import queries
from cfp.reviews.queries import committee
from cfp.reviews.service import conflicts


@dataclass(frozen=True)
class Member:
    """One reviewer. ``topics`` are the names of tracks; ``conflicts`` counts proposals."""

    person: Person
    topics: tuple[str, ...]
    bids: int
    conflicts: int


def members(conference: Conference) -> list[Member]:
    """All who review, by name."""
    names = {track.id: track.name for track in conference.tracks}
    known: dict[int, list[str]] = defaultdict(list)
    for person, track in topics_of(conference):
        known[person].append(names[track])
    bids = Counter(row[0] for row in db.session.execute(queries.bids(conference.id)))
    barred = Counter(pair[0] for pair in {c.pair for c in conflicts.of_edition(conference)})
    return [
        Member(who, tuple(known[who.id]), bids[who.id], barred[who.id])
        for who in db.session.scalars(queries.reviewers(conference.id))
    ]


def topics_of(conference: Conference) -> list[tuple[int, int]]:
    """(reviewer id, track id): what they named, and the track that their role names."""
    said = db.session.execute(committee.topics(conference.id)).all()
    roles = db.session.execute(queries.topics(conference.id)).all()
    given = [(person, track) for person, track in roles if track is not None]
    return list(dict.fromkeys([*given, *((person, track) for person, track in said)]))
