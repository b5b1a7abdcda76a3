"""A speaker cancels and a room is lost: few talks move, as few as trying everything would move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from random import Random
from time import process_time

import pytest

from cfp.schedule.problem import Place, Problem, Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.run import solve
from tests.schedule.conferences import FOLDER, read
from tests.schedule.puzzles import at, make_problem, talk

STARTS = ("9:00", "10:00", "11:00")


def announced(seed: int) -> Problem:
    """Seven talks in three rooms and three hours, some of the same people, as released."""
    rng = Random(seed)  # noqa: S311  repeatable conferences
    people = [f"p{n}" for n in range(5)]
    places = [Place(room, at(start)) for room in "ABC" for start in STARTS]
    while True:
        talks = [talk(f"t{n}", 60, speakers=(rng.choice(people),)) for n in range(7)]
        plan = Timetable(zip((t.id for t in talks), rng.sample(places, 7), strict=True))
        problem = make_problem(*talks, rooms="ABC", hours=("9:00", "12:00"), every=60)
        if not list(clashes(problem, plan)):
            return replace(problem, published=plan)


def after_the_news(problem: Problem, who: str, room: str) -> Problem:
    """Without the talks of one person, and without one room."""
    talks = tuple(t for t in problem.talks if t.speakers != (who,))
    names = {t.id for t in talks}
    kept = Timetable((name, at) for name, at in problem.published.items() if name in names)
    openings = tuple(opening for opening in problem.openings if opening.room != room)
    return replace(problem, talks=talks, openings=openings, published=kept)


def moved(problem: Problem, plan: Mapping[str, Place]) -> int:
    return sum(plan.get(name) != place for name, place in problem.published.items())


def least_moves(problem: Problem) -> int | None:
    """Trying every set of talks to move, the smallest first; None where no plan holds them all."""
    free = [Place(o.room, at(start)) for o in problem.openings for start in STARTS]
    names = sorted(problem.published)
    lost = {name for name in names if problem.published[name] not in free}
    for count in range(len(lost), len(names) + 1):
        for move in combinations(names, count):
            stay = {name: problem.published[name] for name in names if name not in move}
            if lost <= set(move) and next(_placed(problem, stay, list(move), free), None):
                return count
    return None


def _placed(problem, plan, waiting, free) -> Iterator[dict[str, Place]]:
    if list(clashes(problem, Timetable(plan))):
        return
    if not waiting:
        yield plan
        return
    for place in free:
        if place not in plan.values():
            yield from _placed(problem, plan | {waiting[0]: place}, waiting[1:], free)


@pytest.mark.parametrize("seed", range(8))
def test_moves_no_more_than_twice_the_proven_minimum(seed):
    problem = announced(seed)
    changed = after_the_news(problem, problem.talks[seed % 7].speakers[0], "ABC"[seed % 3])
    least = least_moves(changed)
    result = solve(changed, seconds=2, deterministic=True)
    assert not list(clashes(changed, result.timetable))
    assert (least is not None) == (not result.unplaced)
    if least is not None:
        assert least <= moved(changed, result.timetable) <= 2 * least


def test_talks_of_a_room_move_up_a_little_to_make_room_for_one_more():
    """Six of 45 minutes a quarter of an hour apart: two that move up leave 45 minutes free."""
    rest = [talk(f"t{n}", 45) for n in range(6)]
    lost = talk("lost", 45)
    plan = {t.id: Place("A", at(f"{9 + n}:00")) for n, t in enumerate(rest)}
    problem = make_problem(*rest, lost, rooms="AB", hours=("9:00", "14:45"), every=5)
    problem = replace(problem, published=Timetable(plan | {"lost": Place("B", at("9:00"))}))
    changed = after_the_news(problem, "nobody", "B")
    result = solve(changed, seconds=1, deterministic=True)
    assert not result.unplaced
    assert moved(changed, result.timetable) == 1 + 2


@pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/schedules here")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["31c3-2014", "debconf-2023"])
def test_a_real_programme_without_a_speaker_and_a_room_is_planned_within_five_seconds(name):
    problem, own = read(name)
    problem = replace(problem, published=own)
    per_room = {room.id: sum(p.room == room.id for p in own.values()) for room in problem.rooms}
    least_used = min((room for room in per_room if per_room[room]), key=per_room.get)
    who = next(t.speakers[0] for t in problem.talks if len(t.speakers) == 1)
    changed = after_the_news(problem, who, least_used)
    began = process_time()  # two workers of the solver, four seconds each
    result = solve(changed, seconds=4)
    assert process_time() - began < 10
    assert not list(clashes(changed, result.timetable))
    assert not result.unplaced
    must = sum(place.room == least_used for place in changed.published.values())
    assert moved(changed, result.timetable) <= 2 * must + 1  # the clock is a busy one
