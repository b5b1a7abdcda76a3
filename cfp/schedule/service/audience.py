"""What the audience wants of the programme: crowds, pairs, and how much of it the plan allows."""

from __future__ import annotations

from dataclasses import dataclass

from cfp.schedule.models import Placement
from cfp.schedule.puzzle import Programme, end_of, expected_heads, stars_of
from cfp.stars import counting
from cfp.stars.pairs import Pair
from cfp.stars.wishes import Share, Span, of_all
from cfp.submissions.models import Talk


@dataclass(frozen=True)
class Wanted:
    """A talk with its stars (None: too few to be told), its likely crowd, and its place."""

    talk: Talk
    stars: int | None
    heads: int | None
    place: Placement | None

    @property
    def is_crowded(self) -> bool:
        seats = self.place.room.capacity if self.place else None
        return seats is not None and self.heads is not None and self.heads > seats


@dataclass(frozen=True)
class Together:
    """Two talks that the same visitors want; whether the draft has them at the same time."""

    a: Talk
    b: Talk
    pair: Pair
    at_once: bool


def share_of(programme: Programme) -> Share | None:
    """How many of all visitors' wishes the draft lets come true; None for too few visitors."""
    lists = counting.lists_of(programme.conference.id)
    if counting.told(len(lists)) is None:
        return None
    plan = {p.talk_id: Span(p.talk_id, p.starts_at, end_of(p)) for p in programme.placements}
    return of_all(lists, plan)


def wanted_talks(programme: Programme) -> list[Wanted]:
    """Every talk, the most wanted first."""
    stars, heads = stars_of(programme), expected_heads(programme)
    order = sorted(programme.talks, key=lambda talk: (-stars[talk.id], talk.title, talk.id))
    return [
        Wanted(
            talk,
            counting.told(stars[talk.id]),
            heads.get(talk.id),
            programme.placed.get(str(talk.id)),
        )
        for talk in order
    ]


def wanted_pairs(programme: Programme) -> list[Together]:
    """Pairs that stand out, those at the same time first."""
    found = []
    for pair in counting.pairs_of(programme.interest):
        a, b = programme.talk.get(str(pair.a)), programme.talk.get(str(pair.b))
        if a is not None and b is not None:
            places = [programme.placed.get(str(talk.id)) for talk in (a, b)]
            found.append(Together(a, b, pair, _overlap(*places)))
    return sorted(found, key=lambda together: not together.at_once)


def _overlap(one: Placement | None, other: Placement | None) -> bool:
    if one is None or other is None:
        return False
    return one.starts_at < end_of(other) and other.starts_at < end_of(one)
