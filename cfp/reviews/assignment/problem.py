"""What is known before reviews are assigned, what is wished for, and what a plan says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cfp.reviews.conflicts import Key, Pair


class Bid(StrEnum):
    """How much a reviewer wants to read a proposal. No bid lies between maybe and no."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A submission that needs reviews."""

    id: Key
    track: Key | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """`limit`: reviews at most, kept ones included. `topics`: tracks the reviewer knows."""

    id: Key
    limit: int | None = None
    topics: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """All that is known. Pairs are (reviewer, submission).

    `refused`: handed back, not to be given to the same reviewer again. `kept`: assignments that
    stay, so that a refill changes nobody's list; one that is a conflict by now is released.
    """

    submissions: tuple[Proposal, ...]
    reviewers: tuple[Reviewer, ...]
    per_submission: int = 3
    conflicts: frozenset[Pair] = frozenset()
    refused: frozenset[Pair] = frozenset()
    bids: Mapping[Pair, Bid] = field(default_factory=dict)
    kept: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What matters once every proposal has its reviewers.

    `balance` from 0 to 1, in hundredths. At 1 loads are as equal as can be and bids only choose
    among equal loads; at 0 the other way round. At one half a reviewer ends with up to three
    reviews more than a colleague if that turns "no bid" into "yes". `bids` and `topics` weigh
    against each other.
    """

    balance: float = 0.5
    bids: float = 1.0
    topics: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.balance <= 1 or self.bids < 0 or self.topics < 0:
            raise ValueError(f"balance lies between 0 and 1, weights are not negative: {self}")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A proposal that gets fewer reviews than wanted, and why nothing can be done about it."""

    submission: Key
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class Objective:
    """What the plan minimises, most important first; the last two are weighed by the slider.

    `missing`: reviews nobody can take. `unevenness`: sum over proposals of missing squared.
    `load`: sum over reviewers of reviews squared. `displeasure`: sum over the added pairs, from 0
    (asked for, own topic) to 100 (asked not to, foreign topic).
    """

    missing: int
    unevenness: int
    load: int
    displeasure: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reviews what. `pairs` holds kept and added ones; `loads` every reviewer's number."""

    pairs: tuple[Pair, ...]
    added: tuple[Pair, ...]
    released: tuple[Pair, ...]
    loads: Mapping[Key, int]
    shortfalls: tuple[Shortfall, ...]
    objective: Objective
    cost: int
