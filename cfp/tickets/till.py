"""What lies in a cash box: what was taken and given back on a day, and whether it is all there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from cfp.tickets.admission import day_at

Key = tuple[date, int | None]  # the day, and whose box it is; None is nobody who is known


@dataclass(frozen=True)
class Move:
    """Cash that went in, or out (below zero), by somebody's hand."""

    at: datetime
    who: int | None
    cents: int


@dataclass(frozen=True)
class Box:
    """One person's box on one day, in cents; ``start`` is the change that was put in."""

    taken: int = 0
    back: int = 0
    start: int = 0
    counted: int | None = None
    note: str = ""

    @property
    def expected(self) -> int:
        """What should be there."""
        return self.start + self.taken - self.back

    @property
    def difference(self) -> int | None:
        """What is there more, or less, than should be; unknown before it was counted."""
        return None if self.counted is None else self.counted - self.expected


def boxes(moves: Iterable[Move], counts: Mapping[Key, Box], zone: str) -> dict[Key, Box]:
    """Every box by day and person, the last day first; the night belongs to the day before."""
    found = dict(counts)
    for move in moves:
        key = day_at(move.at, zone), move.who
        box = found.get(key, Box())
        if move.cents < 0:
            found[key] = replace(box, back=box.back - move.cents)
        else:
            found[key] = replace(box, taken=box.taken + move.cents)
    return dict(sorted(found.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1] or 0)))


def together(several: Iterable[Box]) -> Box:
    """Several boxes as if they were one; it is counted when each of them is."""
    each = [*several]
    counted = [box.counted for box in each if box.counted is not None]
    return Box(
        taken=sum(box.taken for box in each),
        back=sum(box.back for box in each),
        start=sum(box.start for box in each),
        counted=sum(counted) if len(counted) == len(each) else None,
    )
