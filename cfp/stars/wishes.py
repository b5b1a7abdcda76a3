"""How many of a visitor's wishes a plan lets come true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """When a wanted talk is on."""

    talk: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    possible: int
    wanted: int

    @property
    def percent(self) -> int:
        return round(100 * self.possible / self.wanted) if self.wanted else 100


def possible(wanted: Iterable[Span]) -> list[Span]:
    """As many talks as one person can sit through, from beginning to end.

    Whoever always goes to the one that ends first misses the fewest (Kleinberg and Tardos,
    Algorithm Design, 4.1).
    """
    seen: list[Span] = []
    for span in sorted(wanted, key=lambda s: (s.ends, s.starts, s.talk)):
        if not seen or seen[-1].ends <= span.starts:
            seen.append(span)
    return seen


def overlaps(wanted: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Pairs of wanted talks that run at the same time, in order of time."""
    order = sorted(wanted, key=lambda s: (s.starts, s.ends, s.talk))
    return [
        (early, late)
        for number, early in enumerate(order)
        for late in order[number + 1 :]
        if late.starts < early.ends
    ]


def of_all(lists: Iterable[frozenset[int]], plan: Mapping[int, Span]) -> Share:
    """Over all visitors: how many of their wishes that the plan knows can come true."""
    wanted = done = 0
    for wishes in lists:
        spans = [plan[talk] for talk in wishes if talk in plan]
        wanted += len(spans)
        done += len(possible(spans))
    return Share(done, wanted)
