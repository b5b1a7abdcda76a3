"""How full the house is and how fast it fills: the passages of a day, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cfp.tickets.admission import Passage, Verdict


@dataclass(frozen=True)
class Step:
    """One scan, as far as counting is concerned."""

    at: datetime
    passage: Passage
    verdict: Verdict
    door: str
    ticket: int | None


@dataclass
class Flow:
    """What went through one door."""

    entries: int = 0
    exits: int = 0
    refused: int = 0
    last_at: datetime | None = None


@dataclass
class Crowd:
    """A day at the doors: who came, who is inside, and each door by itself."""

    came: int = 0
    inside: int = 0
    refused: int = 0
    doors: dict[str, Flow] = field(default_factory=dict)


def counted(steps: Iterable[Step]) -> Crowd:
    """The state after these steps; a ticket is inside after an entry until its next exit."""
    crowd = Crowd()
    last: dict[int | None, Passage] = {}
    for step in sorted(steps, key=lambda step: step.at):
        flow = crowd.doors.setdefault(step.door, Flow())
        flow.last_at = step.at
        if step.verdict is not Verdict.OK:
            flow.refused += 1
        elif step.passage is Passage.ENTRY:
            flow.entries += 1
            last[step.ticket] = Passage.ENTRY
        else:
            flow.exits += 1
            last[step.ticket] = Passage.EXIT
    came = {s.ticket for s in steps if s.verdict is Verdict.OK and s.passage is Passage.ENTRY}
    crowd.came = len(came)
    crowd.inside = sum(passage is Passage.ENTRY for passage in last.values())
    crowd.refused = sum(flow.refused for flow in crowd.doors.values())
    return crowd


def rhythm(
    steps: Iterable[Step], doors: Sequence[str], since: datetime, step: timedelta, number: int
) -> list[list[int]]:
    """Entries at each of ``doors`` in ``number`` spans of length ``step`` from ``since`` on."""
    found = Counter(
        (one.door, (one.at - since) // step)
        for one in steps
        if one.verdict is Verdict.OK and one.passage is Passage.ENTRY
    )
    return [[found[door, span] for span in range(number)] for door in doors]
