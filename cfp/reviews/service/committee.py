"""Everybody in the committee, with what they know, wish for and must not judge."""

from __future__ import annotations

from collections import Counter
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
    known = set(topics_of(conference))
    bids = Counter(row[0] for row in db.session.execute(queries.bids(conference.id)))
    barred = Counter(pair[0] for pair in {c.pair for c in conflicts.of_edition(conference)})
    return [
        Member(
            who,
            tuple(track.name for track in conference.tracks if (who.id, track.id) in known),
            bids[who.id],
            barred[who.id],
        )
        for who in db.session.scalars(queries.reviewers(conference.id))
    ]


def topics_of(conference: Conference) -> list[tuple[int, int]]:
    """(reviewer id, track id): what they named, and the track that their role names."""
    return [(who, track) for who, track in db.session.execute(committee.topics(conference.id))]
