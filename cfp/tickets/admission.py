"""Who may go through a door and who may not: thought alone, from what is known of a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

NIGHT_ENDS = timedelta(hours=4)  # who comes at two in the morning comes for the day before


class Passage(Enum):
    """The way through the door."""

    ENTRY = "entry"
    EXIT = "exit"


class Verdict(Enum):
    """What the door said; the words are those of the API that other scanners know."""

    OK = "ok"
    INVALID = "invalid"
    UNPAID = "unpaid"
    CANCELLED = "canceled"  # spelt as scanners expect it
    ALREADY_REDEEMED = "already_redeemed"
    WRONG_DAY = "invalid_time"
    WRONG_PRODUCT = "product"


@dataclass(frozen=True)
class Admission:
    """What a ticket is worth at one door: ``days`` that it is for (none: all of them)."""

    is_live: bool
    is_paid: bool
    fits: bool = True  # the door takes its product
    days: frozenset[date] = frozenset()
    once: bool = False  # handed out once and for all, like a T-shirt, and not once a day


@dataclass(frozen=True)
class Passed:
    """Somebody went through with it before (or, by the clock of another door, after)."""

    at: datetime
    passage: Passage


def day_at(at: datetime, zone: str) -> date:
    """The day of the conference that a moment belongs to; nights belong to the day before."""
    return (at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - NIGHT_ENDS).date()


def judged(
    ticket: Admission | None, passage: Passage, at: datetime, zone: str, passed: Iterable[Passed]
) -> Verdict:
    """Whether the door opens at ``at``. Whoever wants out gets out, with whatever ticket.

    ``passed`` is who was let through with this ticket, in the order of their moments. A day never
    has two entries without an exit between them, in whatever order the doors report them.
    """
    if ticket is None:
        return Verdict.INVALID
    if not ticket.fits:
        return Verdict.WRONG_PRODUCT
    if passage is Passage.EXIT:
        return Verdict.OK
    today = day_at(at, zone)
    standing = _standing(ticket, today)
    if standing is Verdict.OK:
        counted = [p for p in passed if ticket.once or day_at(p.at, zone) == today]
        return Verdict.ALREADY_REDEEMED if _is_in(ticket, at, counted) else Verdict.OK
    return standing


def _standing(ticket: Admission, today: date) -> Verdict:
    """What a ticket is worth by itself, whoever went through before."""
    if not ticket.is_live:
        return Verdict.CANCELLED
    if not ticket.is_paid:
        return Verdict.UNPAID
    if ticket.days and today not in ticket.days:
        return Verdict.WRONG_DAY
    return Verdict.OK


def _is_in(ticket: Admission, at: datetime, passed: list[Passed]) -> bool:
    """Whether an entry at ``at`` would stand beside another, with no exit between them."""
    if ticket.once:
        return bool(passed)
    before = [p for p in passed if p.at <= at][-1:]
    after = [p for p in passed if p.at > at][:1]
    return any(neighbour.passage is Passage.ENTRY for neighbour in (*before, *after))
