"""What the programme has room for, what stands for choice, and what a selection says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Key = int | str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal. `score` in points, whatever the committee chose to count; None: not reviewed."""

    id: Key
    score: float | None
    format: Key | None = None
    track: Key | None = None
    marks: frozenset[Key] = frozenset()  # what it counts for besides: a level, a first time


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many talks a track gets: at least `minimum`, at most `maximum` (None: any number)."""

    minimum: int = 0
    maximum: int | None = None

    @classmethod
    def of_share(cls, total: int, at_least: float = 0.0, at_most: float = 1.0) -> Bounds:
        """A share of the whole, from 0 to 1, in whole talks that keep to it."""
        return cls(math.ceil(round(at_least * total, 9)), math.floor(round(at_most * total, 9)))


@dataclass(frozen=True, slots=True)
class Quotas:
    """`total` talks, exactly so many of each format named, tracks within their bounds.

    Formats and tracks that are not named are free. Never more than `total`, a format's number or a
    track's maximum unless the chair forces it; fewer where proposals are lacking.
    """

    total: int
    formats: Mapping[Key, int] = field(default_factory=dict)
    tracks: Mapping[Key, Bounds] = field(default_factory=dict)
    goals: Mapping[Key, int] = field(default_factory=dict)  # so many with that mark
    price: float = 0.5  # points that a proposal may score less to serve a goal


@dataclass(frozen=True, slots=True)
class Tie:
    """Proposals between which the lot decided, in the order of the lot, and those it chose.

    `score` is what they have in common; None where they have none, or whole combinations tie.
    """

    members: tuple[Key, ...]
    chosen: tuple[Key, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class Selection:
    """The line-up; every tuple is ordered by score, then by lot. `sentences`: what could not be."""

    accepted: tuple[Key, ...]
    waitlisted: tuple[Key, ...]
    declined: tuple[Key, ...]
    ties: tuple[Tie, ...]
    sentences: tuple[str, ...]
