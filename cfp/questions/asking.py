"""When a question is asked, and what is wrong with an answer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from cfp.sentences import say


class Kind(Enum):
    """What an answer looks like."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    FILE = "file"
    CONSENT = "consent"


class Readers(Enum):
    """Who reads the answers besides the speakers themselves."""

    TEAM = "team"  # an answer may say who somebody is
    REVIEWERS = "reviewers"  # marked by an organiser: it says nothing about who wrote it


CHOSEN = frozenset({Kind.CHOICE, Kind.SEVERAL})
COUNTED = frozenset({Kind.LINE, Kind.TEXT})
YES = "yes"
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
# The most that fits, where an organiser named no limit or a larger one.
MOST_CHARACTERS = {Kind.LINE: 200, Kind.TEXT: 2000}
HIGHEST = {Kind.LINE: 500, Kind.TEXT: 10_000, Kind.NUMBER: 999_999_999, Kind.FILE: 10}


@dataclass(frozen=True)
class Asked:
    """A question as its rules need it; without formats or tracks it is asked of everybody."""

    kind: Kind
    is_required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    formats: frozenset[int] = field(default_factory=frozenset)
    tracks: frozenset[int] = field(default_factory=frozenset)

    def applies(self, format_id: int | None, track_id: int | None) -> bool:
        """Whether a proposal of this format in this track is asked; who has chosen none is not."""
        fits_format = not self.formats or format_id in self.formats
        return fits_format and (not self.tracks or track_id in self.tracks)

    @property
    def limit(self) -> int | None:
        """The most characters, choices or megabytes, or the highest number."""
        usual, highest = MOST_CHARACTERS.get(self.kind), HIGHEST.get(self.kind)
        wanted = self.most if self.most is not None else usual or highest
        return wanted if highest is None or wanted is None else min(wanted, highest)

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest number; without a least one it counts from nought."""
        return self.least if self.least is not None else 0, self.limit or HIGHEST[Kind.NUMBER]


def lines_of(text: str) -> list[str]:
    """The choices in an answer, or in what an organiser typed: one a line, each once."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return list(dict.fromkeys(line for line in lines if line))


def fault(asked: Asked, text: str) -> str | None:
    """What is wrong with an answer at any time, draft or not; None when it may be kept."""
    if not text:
        return None
    if asked.kind in COUNTED and asked.limit is not None and len(text) > asked.limit:
        return say("Please shorten this to at most %(n)s characters.", n=asked.limit)
    if asked.kind is Kind.NUMBER:
        return _number_fault(asked, text)
    if asked.kind in CHOSEN:
        return _choice_fault(asked, text)
    return None


def lack(asked: Asked, text: str) -> str | None:
    """What an answer lacks before the committee reads it; None when nothing."""
    if text:
        return _too_little(asked, text)
    if not asked.is_required:
        return None
    if asked.kind is Kind.CONSENT:
        return say("Without this your proposal cannot be handed in.")
    return say("Please answer this.")


def _too_little(asked: Asked, text: str) -> str | None:
    if asked.least is None:
        return None
    if asked.kind in COUNTED and len(text) < asked.least:
        return say("Please write at least %(n)s characters.", n=asked.least)
    if asked.kind is Kind.SEVERAL and len(lines_of(text)) < asked.least:
        return say("Please choose at least %(n)s.", n=asked.least)
    return None


def _number_fault(asked: Asked, text: str) -> str | None:
    least, most = asked.bounds
    if not WHOLE_NUMBER.fullmatch(text) or not least <= int(text) <= most:
        return say("Please enter a number from %(least)s to %(most)s.", least=least, most=most)
    return None


def _choice_fault(asked: Asked, text: str) -> str | None:
    chosen = lines_of(text)
    if not set(chosen) <= set(asked.choices) or (asked.kind is Kind.CHOICE and len(chosen) > 1):
        return say("Please choose one of what is offered.")
    if asked.kind is Kind.SEVERAL and asked.most is not None and len(chosen) > asked.most:
        return say("Please choose at most %(n)s.", n=asked.most)
    return None
