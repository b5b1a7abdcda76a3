"""How old a debt is, and how much of each invoice is still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cfp.sentences import say

BUCKETS = (0, 30, 60, 90)  # days overdue, upper ends


def open_of(grosses: Sequence[int], balance: int) -> list[int]:
    """The open part of each invoice of a receivable, given in the order of issue.

    What was paid has paid the earliest first, so what is left lies on the latest.
    """
    left, found = max(balance, 0), []
    for gross in reversed(grosses):
        part = min(gross, left)
        found.append(part)
        left -= part
    return found[::-1]


def bucket(due: date | None, today: date) -> int:
    """0: not due yet; 1 to 4: overdue by up to 30, 60, 90 days, and longer."""
    days = (today - due).days if due else 0
    return next((n for n, most in enumerate(BUCKETS) if days <= most), len(BUCKETS))


def bucket_names() -> list[str]:
    return [
        say("not due yet"),
        say("1 to 30 days late"),
        say("31 to 60 days late"),
        say("61 to 90 days late"),
        say("more than 90 days late"),
    ]


def sums(rows: Iterable[tuple[date | None, int]], today: date) -> list[int]:
    """Cents in each bucket for (due date, open cents)."""
    found = [0] * (len(BUCKETS) + 1)
    for due, cents in rows:
        found[bucket(due, today)] += cents
    return found
