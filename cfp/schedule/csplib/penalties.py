"""What a plan of blocks costs: each of CSPLib's penalties by its name, and all of them weighted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from cfp.schedule.csplib import conflicts
from cfp.schedule.csplib.instance import KEYS, Instance


class Place(NamedTuple):
    """Where a talk begins; sorting places is the order the audience sees."""

    session: int
    room: int
    slot: int


Plan = Sequence[Place]  # a place for each talk, in the talks' order
Cells = dict[tuple[int, int], int]  # the track of each cell that holds a talk


@dataclass(frozen=True)
class Score:
    """Each penalty before its weight, and their weighted sum."""

    values: dict[str, float]
    objective: float


def faults(instance: Instance, plan: Plan) -> list[str]:
    """Why the plan is no solution: sentences, none if it is one."""
    if len(plan) != len(instance.talks):
        return ["Not every talk has a place."]
    found: list[str] = []
    taken: set[tuple[int, int, int]] = set()
    tracks: Cells = {}
    for talk, place in zip(instance.talks, plan, strict=True):
        session = instance.sessions[place.session]
        if not 0 <= place.slot <= session.slots - talk.slots:
            found.append(f"{talk.name} is longer than {session.name} goes on.")
        for slot in range(place.slot, place.slot + talk.slots):
            if (place.session, place.room, slot) in taken:
                found.append(f"{talk.name} shares a slot of {session.name}.")
            taken.add((place.session, place.room, slot))
        if tracks.setdefault((place.session, place.room), talk.track) != talk.track:
            found.append(f"{talk.name} shares a room of {session.name} with another track.")
    return found


def evaluate(instance: Instance, plan: Plan) -> Score:
    """The penalties of a plan that has no faults."""
    values: dict[str, float] = dict.fromkeys(KEYS, 0)
    values.update(_of_cells(instance, plan))
    values.update(_of_talks(instance, plan))
    values["order"] = _order(instance, plan)
    values["pres"], values["pres_ts"] = _meet(
        instance, plan, conflicts.presenters_in_conflict(instance).pairs
    )
    values["att"], values["att_ts"] = _meet(
        instance, plan, conflicts.attendees_in_conflict(instance).pairs
    )
    return Score(values, plain(sum(values[key] * instance.weights[key] for key in KEYS)))


def plain(number: float) -> float:
    """A whole number without a point; others without the noise of adding them up."""
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _of_cells(instance: Instance, plan: Plan) -> dict[str, float]:
    cells: Cells = {
        (place.session, place.room): talk.track
        for talk, place in zip(instance.talks, plan, strict=True)
    }
    rooms, sessions, together = defaultdict(set), defaultdict(set), defaultdict(list)
    for (session, room), track in cells.items():
        rooms[track].add(room)
        sessions[track].add(session)
        together[session].append(track)
    pairs = [sorted(pair) for held in together.values() for pair in combinations(held, 2)]
    return {
        "ts": sum(instance.track_session[track][session] for (session, _), track in cells.items()),
        "tr": sum(instance.track_room[track][room] for (_, room), track in cells.items()),
        "sr": sum(instance.session_room[session][room] for session, room in cells),
        "sim": sum(instance.similar[one][other] for one, other in pairs if one != other),
        "rooms": sum(len(used) - 1 for used in rooms.values()),
        "par": sum(n - 1 for held in together.values() for n in Counter(held).values()),
        "cons": sum(max(used) - min(used) >= len(used) for used in sessions.values()),
        "chair": sum(conflicts.shares_a_chair(instance, *pair) for pair in pairs),
    }


def _of_talks(instance: Instance, plan: Plan) -> dict[str, float]:
    placed = list(zip(instance.talks, plan, strict=True))
    return {
        "tz": sum(
            conflicts.zone_penalty(instance, talk, instance.sessions[place.session]) * talk.slots
            for talk, place in placed
        ),
        "ss": sum(talk.by_session[place.session] * talk.slots for talk, place in placed),
        "srm": sum(talk.by_room[place.room] * talk.slots for talk, place in placed),
    }


def _order(instance: Instance, plan: Plan) -> int:
    of_track = defaultdict(list)
    for talk, place in zip(instance.talks, plan, strict=True):
        of_track[talk.track].append((place, talk))
    count = 0
    for placed in of_track.values():
        placed.sort(key=lambda each: each[0])
        count += sum(
            talk.order not in (0, position) for position, (_, talk) in enumerate(placed, start=1)
        )
        ordered = [(place, talk.slots) for place, talk in placed if talk.order]
        count += sum(_overlap(a, n, b, m) for (a, n), (b, m) in combinations(ordered, 2))
    return count


def _meet(instance: Instance, plan: Plan, pairs: Iterable[conflicts.Pair]) -> tuple[int, int]:
    """How many pairs share a session in different rooms, and how many share a slot of it."""
    apart = at_once = 0
    for one, other in pairs:
        a, b = plan[one], plan[other]
        apart += a.session == b.session and a.room != b.room
        at_once += _overlap(a, instance.talks[one].slots, b, instance.talks[other].slots)
    return apart, at_once


def _overlap(a: Place, slots_of_a: int, b: Place, slots_of_b: int) -> bool:
    return a.session == b.session and a.slot < b.slot + slots_of_b and b.slot < a.slot + slots_of_a
