"""An edition as its sales tell it: tickets sold so many days before the doors open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Count:
    """So many tickets were sold when so many days were left (negative: after the doors)."""

    days: float
    sold: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One that is over. ``age`` in years; ``steps`` are days before the doors.

    A step is a day on which the price rises or a benefit ends. An edition that was sold out
    says how many wanted to come at least; ``censored`` marks it.
    """

    name: str
    points: tuple[Count, ...]
    final: int
    age: float = 1.0
    steps: tuple[float, ...] = ()
    censored: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The edition that is asked about, as it stood ``days`` before the doors.

    ``points`` are its counts so far; ``seen`` is false where nobody has looked yet.
    ``target`` is the organiser's own number, ``refunds`` how many are expected to be given back,
    ``sale_ends`` the days before the doors at which selling ends, ``paused`` that it rests now.
    ``kind`` chooses how far editions of this kind lie apart.
    """

    days: float
    points: tuple[Count, ...] = ()
    steps: tuple[float, ...] = ()
    capacity: int | None = None
    target: int | None = None
    refunds: int = 0
    sale_ends: float | None = None
    paused: bool = False
    kind: str = "conference"

    @property
    def known(self) -> tuple[Count, ...]:
        """What is known on that day, earliest first: nothing later is ever looked at."""
        seen = [point for point in self.points if point.days >= self.days]
        return tuple(sorted(seen, key=lambda point: -point.days))

    @property
    def sold(self) -> int:
        known = self.known
        return known[-1].sold if known else 0

    @property
    def seen(self) -> bool:
        return bool(self.known)


def sold_at(points: Sequence[Count], days: float) -> float | None:
    """How many were sold so many days before, between two counts in proportion to the time.

    None before the first count: whoever began to look late does not know.
    """
    ordered = sorted(points, key=lambda point: -point.days)
    if not ordered or days > ordered[0].days:
        return None
    for before, after in pairwise(ordered):
        if before.days >= days > after.days:
            share = (before.days - days) / (before.days - after.days)
            return before.sold + share * (after.sold - before.sold)
    return float(ordered[-1].sold)
