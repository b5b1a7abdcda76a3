"""The ways into the house: tickets sold, free codes not yet claimed, crew, speakers, sponsors."""

from __future__ import annotations

from dataclasses import dataclass, field

from cfp.catering.forecast.noshow import Rate, TicketClass, learnt

REDEEMED = Rate(0.84, 12.0)  # free codes that are claimed in the end: one real edition
TELL = 0.6  # of those who will not come, say so when a mail asks them
CONFIRMED = 0.98  # of those who say that they come, do


@dataclass(frozen=True, slots=True)
class Channel:
    """One class: tickets held, codes not yet claimed, and who was asked by mail whether they come.

    ``days`` (from 0) are those of a day pass; none means all of them. ``leads`` are days between
    purchase and doors, one for each group of ``held`` (count, days).
    """

    kind: TicketClass
    held: int = 0
    unclaimed: int = 0
    leads: tuple[tuple[int, float], ...] = ()
    claims_closed: bool = False
    asked: bool = False
    declined: int = 0
    confirmed: int = 0
    absence: Rate | None = None
    days: frozenset[int] = frozenset()
    redeemed: Rate = REDEEMED

    @property
    def rate(self) -> Rate:
        return self.absence or learnt(self.kind)


@dataclass(frozen=True, slots=True)
class Meal:
    """A serving: the share of those in the house on that day, and of them who eat."""

    name: str
    day: int = 0
    present: Rate = field(default_factory=lambda: Rate(0.97, 300.0))
    eat: Rate = field(default_factory=lambda: Rate(0.97, 300.0))


WALK_INS = Rate(0.012, 60.0)  # share of the tickets sold that come without any
