"""What one visitor wants of a released schedule: by day, what overlaps, how much is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cfp.site.programme import Day, days, local, zone_of
from cfp.stars.wishes import Share, Span, overlaps, possible

Talk = Mapping[str, Any]


@dataclass(frozen=True)
class Wishes:
    """The wanted talks of a release, and what one person can hear of them."""

    days: list[Day]
    overlaps: list[tuple[Talk, Talk]]
    share: Share


def of(content: Mapping[str, Any], wanted: set[int]) -> Wishes:
    """``wanted`` are ids of talks; those that were cancelled are shown and not counted."""
    shown = [t for t in (*content["talks"], *content["cancelled"]) if t["id"] in wanted]
    talks = {talk["id"]: talk for talk in content["talks"] if talk["id"] in wanted}
    zone = zone_of(content)
    spans = [Span(number, *local(talk, zone)) for number, talk in talks.items()]
    return Wishes(
        days(content, shown),
        [(talks[early.talk], talks[late.talk]) for early, late in overlaps(spans)],
        Share(len(possible(spans)), len(spans)),
    )
