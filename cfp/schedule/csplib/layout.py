"""Blocks as they stand: the rooms that each track has in each session, and its talks there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cfp.schedule.csplib.penalties import Place

Block = tuple[int, int]  # track, session


@dataclass(frozen=True, eq=False)
class Layout:
    """Rooms by track and session, talks of a bundle by session; and the plan seated in them."""

    rooms: Mapping[Block, tuple[int, ...]]
    counts: Mapping[tuple[int, int], int]
    plan: tuple[Place, ...] = ()
    cost: int = 0  # of the plan, in parts of the instance's scale


@dataclass(frozen=True)
class Around:
    """What is planned anew, some tracks in some sessions, while the rest of a layout stays."""

    layout: Layout
    free: frozenset[Block]
    rooms_only: bool = False


def merged(before: Layout, new: Layout, now: Layout) -> Layout | None:
    """What ``new`` changed since ``before``, on top of ``now``; None where they contradict."""
    rooms, counts = dict(now.rooms), dict(now.counts)
    for block in before.rooms.keys() | new.rooms.keys():
        old, wanted = before.rooms.get(block, ()), new.rooms.get(block, ())
        if old != wanted:
            if rooms.get(block, ()) != old:
                return None
            rooms[block] = wanted
    for key in before.counts.keys() | new.counts.keys():
        was, wants = before.counts.get(key, 0), new.counts.get(key, 0)
        if was != wants:
            if counts.get(key, 0) != was:
                return None
            counts[key] = wants
    cells = [(session, room) for (_, session), held in rooms.items() for room in held]
    return Layout(rooms, counts) if len(cells) == len(set(cells)) else None
