"""How much of what real visitors want a plan lets them see: ours, a greedy one, chance.

``scripts/bench attendance --data FOLDER``: FOLDER holds ``preferences/*.csv`` (attendee, talk_by,
rating), which is no part of this repository. Who gave a talk four or five wants it; every talk
takes half an hour in one of five rooms on two days.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import mean

from cfp.schedule.problem import Demand, Opening, Place, Problem, Room, SlotRaster, Talk, Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.run import solve
from cfp.stars.pairs import wanted_together
from cfp.stars.wishes import Share, Span, of_all

Lists = Sequence[frozenset[int]]

LIKED = 4
ROOMS, DAYS = 5, 2
HALF_HOUR = timedelta(minutes=30)
NINE = datetime(2027, 5, 10, 9, tzinfo=UTC)
CHANCES = 20


def main() -> None:
    """One row a plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="where the files are")
    parser.add_argument("--seconds", type=int, default=60, help="for each plan")
    asked = parser.parse_args()
    print("| plan | wishes that can come true | share |")
    print("|---|---:|---:|")
    for path in sorted((asked.data / "preferences").glob("*.csv")):
        lists = _lists(path)
        talks = sorted({talk for wanted in lists for talk in wanted})
        _row(
            "by chance, mean of 20", *(_share(lists, _by_chance(talks, n)) for n in range(CHANCES))
        )
        _row("greedy: each where the fewest want what runs there", _share(lists, _greedy(lists)))
        told = {"pairs that stand out": _standing_out(lists), "every pair": _every(lists)}
        for name, demand in told.items():
            problem = _problem(talks, demand)
            plan = solve(problem, seconds=asked.seconds, seed=1).timetable
            wrong = sum(1 for _ in clashes(problem, plan))
            _row(f"planned, {name} ({len(demand)}), {wrong} clashes", _share(lists, plan))


def _lists(path: Path) -> Lists:
    found: dict[str, set[int]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if float(row["rating"] or 0) >= LIKED:
                found.setdefault(row["attendee"], set()).add(int(row["talk_by"]))
    return [frozenset(wanted) for wanted in found.values()]


def _problem(talks: list[int], demand: tuple[Demand, ...]) -> Problem:
    length = -(-len(talks) // (ROOMS * DAYS)) * HALF_HOUR
    rooms = tuple(Room(str(n), f"Room {n}") for n in range(ROOMS))
    openings = tuple(
        Opening(room.id, begin, begin + length, SlotRaster(30))
        for room in rooms
        for begin in (NINE + timedelta(days=day) for day in range(DAYS))
    )
    told = tuple(Talk(str(talk), f"Talk {talk}", 30, (f"person {talk}",)) for talk in talks)
    return Problem(told, rooms, openings, demand=demand)


def _standing_out(lists: Lists) -> tuple[Demand, ...]:
    """What the product takes: pairs that five or more want, more often than chance brings about."""
    pairs = wanted_together(lists)
    most = max((pair.both for pair in pairs), default=1)
    return tuple(
        Demand(str(pair.a), str(pair.b), max(1, round(10 * pair.both / most))) for pair in pairs
    )


def _every(lists: Lists) -> tuple[Demand, ...]:
    return tuple(Demand(str(a), str(b), both) for (a, b), both in _together(lists).items())


def _together(lists: Lists) -> Counter[tuple[int, int]]:
    return Counter(pair for wanted in lists for pair in combinations(sorted(wanted), 2))


def _places(talks: int) -> Iterator[Place]:
    """Slot by slot, all rooms."""
    slots = -(-talks // (ROOMS * DAYS))
    for day in range(DAYS):
        for slot in range(slots):
            for room in range(ROOMS):
                yield Place(str(room), NINE + timedelta(days=day) + slot * HALF_HOUR)


def _by_chance(talks: list[int], seed: int) -> Timetable:
    order = list(talks)
    Random(seed).shuffle(order)  # noqa: S311  repeatable
    return Timetable(zip(map(str, order), _places(len(order)), strict=False))


def _greedy(lists: Lists) -> Timetable:
    """The most wanted first."""
    wanted, together = Counter(talk for each in lists for talk in each), _together(lists)
    free = list(_places(len(wanted)))
    at: dict[datetime, list[int]] = {}
    plan = {}
    for talk in sorted(wanted, key=lambda talk: (-wanted[talk], talk)):
        missed = {
            place: sum(together[min(talk, b), max(talk, b)] for b in at.get(place.start, ()))
            for place in free
        }
        place = min(free, key=lambda place: (missed[place], place.start, place.room))
        free.remove(place)
        at.setdefault(place.start, []).append(talk)
        plan[str(talk)] = place
    return Timetable(plan)


def _share(lists: Lists, plan: Timetable) -> Share:
    spans = {
        int(talk): Span(int(talk), place.start, place.start + HALF_HOUR)
        for talk, place in plan.items()
    }
    return of_all(lists, spans)


def _row(name: str, *shares: Share) -> None:
    possible, wanted = mean(share.possible for share in shares), shares[0].wanted
    print(f"| {name} | {possible:.0f} of {wanted} | {100 * possible / wanted:.1f} % |", flush=True)


if __name__ == "__main__":
    main()
