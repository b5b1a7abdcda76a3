"""Talks that nothing tells apart, planned by their number rather than by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.instance import Instance

Bundle = tuple[int, ...]  # numbers of talks


def bundles(instance: Instance) -> list[Bundle]:
    """Talks of one track and length with equal wishes; ordered or conflicting ones stay alone."""
    minded = (
        conflicts.presenters_in_conflict(instance),
        conflicts.attendees_in_conflict(instance),
    )
    alone = {talk for each in minded for pair in each.talks for talk in pair}
    alone |= {talk for each in minded for talk, _ in each.chaired}
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number, talk in enumerate(instance.talks):
        wishes = (talk.zone, talk.by_session, talk.by_room)
        single = number if talk.order or number in alone else None
        found[(talk.track, talk.slots, wishes, single)].append(number)
    return [tuple(talks) for talks in found.values()]
