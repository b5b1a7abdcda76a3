"""What weighs in a committee: an argument by those who stand behind it, and a split by its width.

An argument weighs one for its author, one more for each colleague who agrees, one less for each who
does not. A committee is split over a proposal where its scores lie three points or more apart: one
would be glad to see it, or fight for it, and another would fight against it, or rather not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

Key = int | str
SPLIT = 3  # points between the kindest and the strictest score


@dataclass(frozen=True, slots=True)
class Weighed:
    """An argument with the number of colleagues who agree with it and who do not."""

    key: Key
    at: datetime
    agree: int = 0
    disagree: int = 0

    @property
    def weight(self) -> int:
        return 1 + self.agree - self.disagree


def weightiest_first(arguments: Iterable[Weighed]) -> list[Weighed]:
    """Of equal weight first what more people had a word on, then what was said earlier."""
    return sorted(
        arguments,
        key=lambda one: (-one.weight, -(one.agree + one.disagree), one.at, str(one.key)),
    )


def is_split(scores: Collection[float]) -> bool:
    """Whether a proposal divides those who judged it."""
    return len(scores) > 1 and max(scores) - min(scores) >= SPLIT
