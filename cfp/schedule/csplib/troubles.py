"""What costs in a plan, and the tracks that cause it: where improving is worth a try."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.charges import minding_tracks
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.penalties import Place

Trouble = tuple[int, tuple[int, ...]]  # a price, and tracks


def troubles(instance: Instance, plan: Sequence[Place]) -> list[Trouble]:
    """Everything that costs, with its price; orders only where whole tracks are meant."""
    found = [*_of_cells(instance, plan), *_of_talks(instance, plan), *_of_people(instance, plan)]
    return [(price, tracks) for price, tracks in found if price]


def _of_cells(instance: Instance, plan: Sequence[Place]) -> Iterator[Trouble]:
    cells: dict[tuple[int, int], int] = {}
    for talk, place in zip(instance.talks, plan, strict=True):
        cells[place.session, place.room] = talk.track
    held: dict[int, Counter[int]] = defaultdict(Counter)
    rooms: dict[int, set[int]] = defaultdict(set)
    for (session, room), track in cells.items():
        held[session][track] += 1
        rooms[track].add(room)
        yield instance.price("ts", instance.track_session[track][session]), (track,)
        yield instance.price("tr", instance.track_room[track][room]), (track,)
        yield instance.price("sr", instance.session_room[session][room]), (track,)
    price = {(one, other): each for one, other, each in minding_tracks(instance)}
    for tracks in held.values():
        for track, many in tracks.items():
            yield instance.price("par", many - 1), (track,)
        for pair in combinations(sorted(tracks), 2):
            yield price.get(pair, 0) * tracks[pair[0]] * tracks[pair[1]], pair
    for track, used in rooms.items():
        yield instance.price("rooms", len(used) - 1), (track,)
        sessions = [session for session, tracks in held.items() if track in tracks]
        yield instance.price("cons", max(sessions) - min(sessions) >= len(sessions)), (track,)


def _of_talks(instance: Instance, plan: Sequence[Place]) -> Iterator[Trouble]:
    for talk, place in zip(instance.talks, plan, strict=True):
        zone = conflicts.zone_penalty(instance, talk, instance.sessions[place.session])
        yield instance.price("tz", zone * talk.slots), (talk.track,)
        yield instance.price("ss", talk.by_session[place.session] * talk.slots), (talk.track,)
        yield instance.price("srm", talk.by_room[place.room] * talk.slots), (talk.track,)


def _of_people(instance: Instance, plan: Sequence[Place]) -> Iterator[Trouble]:
    for key, found in (
        ("pres", conflicts.presenters_in_conflict(instance)),
        ("att", conflicts.attendees_in_conflict(instance)),
    ):
        for one, other in found.pairs:
            a, b = plan[one], plan[other]
            if a.session != b.session:
                continue
            first, second = instance.talks[one], instance.talks[other]
            at_once = a.slot < b.slot + second.slots and b.slot < a.slot + first.slots
            price = instance.price(key, a.room != b.room) + instance.price(f"{key}_ts", at_once)
            yield price, (first.track, second.track)
